import type { Model } from "../../types.ts";
import type { Naming } from "../canonical-rule.ts";
import type { Part, Thing, ThingList } from "../thing.ts";

/** How one block of a model reads as named things; `naming` gives each name its later one. */
export type BlockThings = (model: Model, naming: Naming) => readonly ThingList[];

/** A block of which there is one, always: the workspace, the caps. */
export function oneThing(
  block: string,
  lead: string,
  parts: readonly Part[],
  lists: readonly ThingList[] = [],
): ThingList {
  const thing: Thing = { name: "", summary: "", parts, lists };
  return { path: block, block, word: "", lead, fixed: true, things: [thing] };
}
