import type { RawSearch } from "../../lib/search.ts";

/** What the screen's address says after `?`: with it the same view opens again. */
export interface AccountSearch {}

export function readAccountSearch(_raw: RawSearch): AccountSearch {
  return {};
}
