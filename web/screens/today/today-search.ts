import { oneOf, type RawSearch } from "../../lib/search.ts";

/** What the screen's address says after `?`: with it the same view opens again. */
export interface TodaySearch {
  /** Whose day, or `all`; undefined: one's own. */
  readonly owner?: string | undefined;
  /** Undefined: the list. */
  readonly view?: "week" | undefined;
  /** The touch whose panel is open. */
  readonly touch?: string | undefined;
  /** Only rows in which this is found. */
  readonly q?: string | undefined;
}

export function readTodaySearch(raw: RawSearch): TodaySearch {
  return {
    owner: raw["owner"],
    view: oneOf(raw["view"], ["week"]),
    touch: raw["touch"],
    q: raw["q"],
  };
}
