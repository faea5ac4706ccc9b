import { oneOf, type RawSearch } from "../../lib/search.ts";

/** What the screen's address says after `?`: with it the same view opens again. */
export interface ImportsSearch {
  readonly view?: "new" | "history" | undefined;
  /** The import whose panel is open. */
  readonly run?: string | undefined;
}

export function readImportsSearch(raw: RawSearch): ImportsSearch {
  return { view: oneOf(raw["view"], ["new", "history"]), run: raw["run"] };
}
