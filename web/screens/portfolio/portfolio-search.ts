import { listOf, type RawSearch, wholeNumber } from "../../lib/search.ts";

/** Which accounts are meant; shared by portfolio and board. */
export interface AccountFilter {
  readonly q?: string | undefined;
  readonly where?: string | undefined;
  readonly level?: readonly string[] | undefined;
  readonly stage?: readonly string[] | undefined;
  readonly band?: readonly string[] | undefined;
  readonly owner?: readonly string[] | undefined;
  readonly segment?: readonly string[] | undefined;
  /** Renewal within so many days. */
  readonly renewal?: number | undefined;
}

/** What the screen's address says after `?`: with it the same view opens again. */
export interface PortfolioSearch extends AccountFilter {
  readonly sort?: string | undefined;
  readonly columns?: readonly string[] | undefined;
  /** `arr:120,owner:160`. */
  readonly widths?: string | undefined;
  /** The saved view it began with. */
  readonly view?: string | undefined;
  /** The account in the preview. */
  readonly open?: string | undefined;
}

/** What stands there without a value says nothing. */
export function said(value: string | undefined): string | undefined {
  return value === "" ? undefined : value;
}

export function readFilter(raw: RawSearch): AccountFilter {
  return {
    q: said(raw["q"]),
    where: said(raw["where"]),
    level: listOf(raw["level"]),
    stage: listOf(raw["stage"]),
    band: listOf(raw["band"]),
    owner: listOf(raw["owner"]),
    segment: listOf(raw["segment"]),
    renewal: wholeNumber(raw["renewal"]),
  };
}

export function readPortfolioSearch(raw: RawSearch): PortfolioSearch {
  return {
    ...readFilter(raw),
    sort: said(raw["sort"]),
    columns: listOf(raw["columns"]),
    widths: said(raw["widths"]),
    view: said(raw["view"]),
    open: said(raw["open"]),
  };
}

/** The lists among the filters. */
export const LISTS = ["level", "stage", "band", "owner", "segment"] as const;
export type ListName = (typeof LISTS)[number];

export function filterOf(search: AccountFilter): AccountFilter {
  const { q, where, level, stage, band, owner, segment, renewal } = search;
  return { q, where, level, stage, band, owner, segment, renewal };
}

export function isFiltered(filter: AccountFilter): boolean {
  return Object.values(filterOf(filter)).some((value) => value !== undefined);
}

/** With one value more or less in a list. */
export function toggled(
  list: readonly string[] | undefined,
  value: string,
): readonly string[] | undefined {
  const before = list ?? [];
  const after = before.includes(value) ? before.filter((one) => one !== value) : [...before, value];
  return after.length === 0 ? undefined : after;
}

/** What a saved view keeps: everything but the view itself and the open preview. */
export function viewContent(search: PortfolioSearch): Record<string, string | number> {
  const { view: _, open: __, ...kept } = search;
  return Object.fromEntries(
    Object.entries(kept).flatMap(([name, value]) => {
      if (value === undefined || value === "") return [];
      return [[name, Array.isArray(value) ? value.join(",") : (value as string | number)]];
    }),
  );
}

export function searchOfView(id: string, content: Record<string, unknown>): PortfolioSearch {
  const raw = Object.fromEntries(
    Object.entries(content).map(([name, value]) => [name, String(value as string | number)]),
  );
  return { ...readPortfolioSearch(raw), view: id };
}

export function isSameView(search: PortfolioSearch, content: Record<string, unknown>): boolean {
  const sorted = (one: Record<string, unknown>): string =>
    Object.entries(one)
      .map(([name, value]) => `${name}=${String(value)}`)
      .toSorted()
      .join("&");
  return sorted(viewContent(search)) === sorted(content);
}
