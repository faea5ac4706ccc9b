import { dayText, oneOf, type RawSearch } from "../../lib/search.ts";

export const TABS = ["overview", "timeline", "touches", "usage", "contacts", "facts"] as const;
export type Tab = (typeof TABS)[number];
export const TIMELINE_KINDS = ["moves", "touches", "people", "events"] as const;
export type TimelineKind = (typeof TIMELINE_KINDS)[number];
const TOUCH_VIEWS = ["month", "weeks", "list"] as const;
export type TouchView = (typeof TOUCH_VIEWS)[number];
const SPANS = ["30", "90", "180", "365"] as const;

/** What the screen's address says after `?`: with it the same view opens again. */
export interface AccountSearch {
  readonly tab?: Tab | undefined;
  /** The account as it was on this day. */
  readonly at?: string | undefined;
  /** What explains itself at the moment: `level`, `health`, … */
  readonly why?: string | undefined;
  readonly kind?: TimelineKind | undefined;
  readonly q?: string | undefined;
  /** An entry of the timeline, by its instant and kind. */
  readonly entry?: string | undefined;
  readonly view?: TouchView | undefined;
  /** A day of the month that the calendar shows. */
  readonly on?: string | undefined;
  readonly touch?: string | undefined;
  readonly contact?: string | undefined;
  readonly days?: (typeof SPANS)[number] | undefined;
  readonly by?: "day" | "week" | undefined;
  readonly fact?: string | undefined;
}

export function readAccountSearch(raw: RawSearch): AccountSearch {
  return {
    tab: oneOf(raw["tab"], TABS),
    at: dayText(raw["at"]),
    why: raw["why"],
    kind: oneOf(raw["kind"], TIMELINE_KINDS),
    q: raw["q"],
    entry: raw["entry"],
    view: oneOf(raw["view"], TOUCH_VIEWS),
    on: dayText(raw["on"]),
    touch: raw["touch"],
    contact: raw["contact"],
    days: oneOf(raw["days"], SPANS),
    by: oneOf(raw["by"], ["day", "week"] as const),
    fact: raw["fact"],
  };
}
