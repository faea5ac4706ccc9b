import type { RawSearch } from "../../lib/search.ts";

/** What the screen's address says after `?`: with it the same view opens again. */
export interface PortfolioSearch {}

export function readPortfolioSearch(_raw: RawSearch): PortfolioSearch {
  return {};
}
