import { queryOptions } from "@tanstack/react-query";
import { api, ask } from "../../lib/api.ts";
import type { components } from "../../lib/api-types.ts";
import type { AccountFilter } from "./portfolio-search.ts";

export type Described = components["schemas"]["PortfolioDescription"];
export type Column = components["schemas"]["PortfolioColumn"];
export type PortfolioPage = components["schemas"]["PortfolioPage"];
export type PortfolioItem = PortfolioPage["items"][number];
export type View = components["schemas"]["SavedView"];
export type Facets = components["schemas"]["PortfolioFacets"];

/** Rows that are asked for at once. */
export const WINDOW = 100;

/** The filter as the API takes it. */
export function asQuery(filter: AccountFilter) {
  const { q, where, renewal } = filter;
  const list = (values: readonly string[] | undefined): string | undefined => values?.join(",");
  return {
    q,
    where,
    level: list(filter.level),
    stage: list(filter.stage),
    band: list(filter.band),
    owner: list(filter.owner),
    segment: list(filter.segment),
    renewal_within: renewal,
  };
}

/** The same in a body. */
export function asBody(filter: AccountFilter) {
  const { q, where, level, stage, band, owner, segment, renewal } = filter;
  return {
    ...(q === undefined ? {} : { q }),
    ...(where === undefined ? {} : { where }),
    ...(level ? { level: [...level] } : {}),
    ...(stage ? { stage: [...stage] } : {}),
    ...(band ? { band: [...band] } : {}),
    ...(owner ? { owner: [...owner] } : {}),
    ...(segment ? { segment: [...segment] } : {}),
    ...(renewal === undefined ? {} : { renewal_within: renewal }),
  };
}

export const columnsQuery = queryOptions({
  queryKey: ["portfolio", "columns"],
  queryFn: () => ask(api.GET("/api/portfolio/columns")),
  staleTime: 60_000,
});

export const viewsQuery = queryOptions({
  queryKey: ["views"],
  queryFn: () => ask(api.GET("/api/views")),
});

export const teamQuery = queryOptions({
  queryKey: ["team"],
  queryFn: () => ask(api.GET("/api/team")),
  staleTime: 60_000,
});

export interface Asked {
  readonly filter: AccountFilter;
  readonly sort: string | undefined;
  readonly columns: readonly string[];
}

export function windowQuery({ filter, sort, columns }: Asked, window: number, size = WINDOW) {
  return queryOptions({
    queryKey: ["portfolio", "rows", filter, sort ?? "", columns.join(","), window, size],
    queryFn: ({ signal }) =>
      ask(
        api.GET("/api/portfolio", {
          params: {
            query: {
              ...asQuery(filter),
              sort,
              columns: columns.join(","),
              offset: window * size,
              limit: size,
            },
          },
          signal,
        }),
      ),
    // while the book is being loaded the total is not known: ask again soon
    refetchInterval: ({ state }) => (state.data?.loading ? 700 : false),
  });
}

export function facetsQuery(filter: AccountFilter) {
  return queryOptions({
    queryKey: ["portfolio", "facets", filter],
    queryFn: ({ signal }) =>
      ask(api.GET("/api/portfolio/facets", { params: { query: asQuery(filter) }, signal })),
  });
}

/** Where the list as it is shown can be had for a spreadsheet. */
export function exportAddress({ filter, sort, columns }: Asked): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries({
    ...asQuery(filter),
    sort,
    columns: columns.join(","),
  })) {
    if (value !== undefined && value !== "") params.set(name, String(value));
  }
  return `/api/export/accounts.csv?${params.toString()}`;
}
