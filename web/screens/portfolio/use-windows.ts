import { keepPreviousData, useQueries, useQuery } from "@tanstack/react-query";
import type { Asked, PortfolioItem, PortfolioPage } from "./portfolio-data.ts";
import { WINDOW, windowQuery } from "./portfolio-data.ts";

export interface Windows {
  /** undefined: not here yet. */
  readonly at: (index: number) => PortfolioItem | undefined;
  /** null: not counted yet. */
  readonly total: number | null;
  /** How many rows the list has room for: what is known of. */
  readonly rows: number;
  readonly revenue: number | null;
  readonly loading: PortfolioPage["loading"];
  /** Nothing of what is asked for has come yet. */
  readonly isFirst: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
}

/** Which windows rows `from` to `to` need, and the next one in the direction of scrolling. */
export function windowsFor(from: number, to: number, isDown: boolean, total: number): number[] {
  const first = Math.floor(from / WINDOW);
  const last = Math.floor(Math.max(from, to) / WINDOW);
  const wanted = new Set<number>([0]);
  for (let window = first; window <= last; window++) wanted.add(window);
  const next = isDown ? last + 1 : first - 1;
  if (next >= 0 && next * WINDOW < total) wanted.add(next);
  return [...wanted].filter((window) => window >= 0).toSorted((a, b) => a - b);
}

/** Rows in sight, and whether one scrolls down. */
export interface Range {
  readonly from: number;
  readonly to: number;
  readonly isDown: boolean;
}

/** The rows that are seen, fetched window by window. */
export function useWindows(asked: Asked, { from, to, isDown }: Range): Windows {
  // the first one says how many there are: it stays until the new one is here
  const first = useQuery({ ...windowQuery(asked, 0), placeholderData: keepPreviousData });
  const total = first.data?.total ?? null;
  const wanted = windowsFor(from, to, isDown, total ?? 0).filter((window) => window > 0);
  const found = useQueries({ queries: wanted.map((window) => windowQuery(asked, window)) });
  const pages = new Map(wanted.map((window, n) => [window, found[n]?.data]));
  pages.set(0, first.data);
  const failed = [first, ...found].find((one) => one.error && !one.data);
  return {
    at: (index) => pages.get(Math.floor(index / WINDOW))?.items[index % WINDOW],
    total,
    rows: total ?? first.data?.items.length ?? 0,
    revenue: first.data?.revenue ?? null,
    loading: first.data?.loading ?? null,
    isFirst: first.data === undefined || first.isPlaceholderData,
    error: failed?.error ?? null,
    retry: () => void failed?.refetch(),
  };
}
