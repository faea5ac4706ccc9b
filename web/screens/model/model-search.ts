import { oneOf, type RawSearch, wholeNumber } from "../../lib/search.ts";

export const TABS = [
  "levels",
  "segments",
  "lifecycle",
  "cadence",
  "scenarios",
  "plan",
  "history",
] as const;
export type ModelTab = (typeof TABS)[number];

/** What the screen's address says after `?`: with it the same view opens again. */
export interface ModelSearch {
  readonly tab?: ModelTab | undefined;
  /** Whether the files are shown beside the view; by default where there is room for both. */
  readonly yaml?: "no" | "yes" | undefined;
  /** The file that is open: `model.yaml`, `messages/welcome.en.liquid`, `scenarios.yaml`. */
  readonly file?: string | undefined;
  /** Versions that are compared. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  /** Overdue accounts of a stage, and of one of its criteria. */
  readonly stage?: string | undefined;
  readonly criterion?: string | undefined;
  /** The program whose calendar is shown. */
  readonly program?: string | undefined;
}

export function readModelSearch(raw: RawSearch): ModelSearch {
  return {
    tab: oneOf(raw["tab"], TABS),
    yaml: oneOf(raw["yaml"], ["no", "yes"] as const),
    file: raw["file"],
    from: wholeNumber(raw["from"]),
    to: wholeNumber(raw["to"]),
    stage: raw["stage"],
    criterion: raw["criterion"],
    program: raw["program"],
  };
}
