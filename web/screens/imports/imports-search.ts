import type { RawSearch } from "../../lib/search.ts";

/** What the screen's address says after `?`: with it the same view opens again. */
export interface ImportsSearch {}

export function readImportsSearch(_raw: RawSearch): ImportsSearch {
  return {};
}
