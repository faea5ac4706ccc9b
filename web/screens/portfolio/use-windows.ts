import { keepPreviousData, useQueries } from "@tanstack/react-query";
import { useRef } from "react";
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

/** The rows that are seen, fetched window by window. */
export function useWindows(asked: Asked, range: { from: number; to: number }): Windows {
  const before = useRef({ from: 0, total: 0 });
  const isDown = range.from >= before.current.from;
  const wanted = windowsFor(range.from, range.to, isDown, before.current.total);
  const found = useQueries({
    queries: wanted.map((window) => ({
      ...windowQuery(asked, window),
      // the first one says how many there are: it stays until the new one is here
      ...(window === 0 ? { placeholderData: keepPreviousData } : {}),
    })),
  });
  const [first] = found;
  const pages = new Map(wanted.map((window, n) => [window, found[n]?.data]));
  const newest = found.findLast((one) => one.data?.total !== undefined && !one.isPlaceholderData);
  const head = newest?.data ?? first?.data;
  const total = head?.total ?? null;
  before.current = { from: range.from, total: total ?? 0 };
  const failed = found.find((one) => one.error && !one.data);
  return {
    at: (index) => pages.get(Math.floor(index / WINDOW))?.items[index % WINDOW],
    total,
    rows: total ?? head?.items.length ?? 0,
    revenue: head?.revenue ?? null,
    loading: head?.loading ?? null,
    isFirst: first?.data === undefined || first.isPlaceholderData,
    error: failed?.error ?? null,
    retry: () => void failed?.refetch(),
  };
}
