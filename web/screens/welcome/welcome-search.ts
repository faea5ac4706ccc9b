import { oneOf, type RawSearch } from "../../lib/search.ts";

export const STEPS = ["model", "data", "facts", "live"] as const;
export type Step = (typeof STEPS)[number];

/** What the screen's address says after `?`: with it the same view opens again. */
export interface WelcomeSearch {
  /** Left out: where the database says that one is. */
  readonly step?: Step | undefined;
}

export function readWelcomeSearch(raw: RawSearch): WelcomeSearch {
  return { step: oneOf(raw["step"], STEPS) };
}
