import { dayText, listOf, oneOf, type RawSearch, wholeNumber } from "../../lib/search.ts";

export const TABS = ["load", "unfit", "coverage", "busy", "owners"] as const;
export type Tab = (typeof TABS)[number];

/** What the screen's address says after `?`: with it the same view opens again. */
export interface CapacitySearch {
  readonly tab?: Tab | undefined;
  readonly weeks?: number | undefined;
  /** Whose touches are open beside the page, and of which week. */
  readonly who?: string | undefined;
  readonly week?: string | undefined;
  /** What is tried: `csm:1`, a role and how many heads more or fewer. */
  readonly heads?: readonly string[] | undefined;
  /** Hours a week that each person has more or fewer. */
  readonly hours?: string | undefined;
  /** `ann:2026-12-07:2026-12-11` */
  readonly leave?: readonly string[] | undefined;
  /** `arr 100000:80000`: a threshold of the level rules and its other value. */
  readonly thresholds?: readonly string[] | undefined;
}

export function readCapacitySearch(raw: RawSearch): CapacitySearch {
  const weeks = wholeNumber(raw["weeks"]);
  return {
    tab: oneOf(raw["tab"], TABS),
    weeks: weeks !== undefined && weeks >= 1 && weeks <= 26 ? weeks : undefined,
    who: raw["who"] === "" ? undefined : raw["who"],
    week: dayText(raw["week"]),
    heads: listOf(raw["heads"]),
    hours: raw["hours"] === "" ? undefined : raw["hours"],
    leave: listOf(raw["leave"]),
    thresholds: listOf(raw["thresholds"]),
  };
}
