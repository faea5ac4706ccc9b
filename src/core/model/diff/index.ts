import type { Model } from "../types.ts";
import { benchmarkThings } from "./blocks/benchmarks.ts";
import type { BlockThings } from "./blocks/block-things.ts";
import { capThings } from "./blocks/caps.ts";
import { experimentThings } from "./blocks/experiments.ts";
import { contactTraitThings, factThings } from "./blocks/facts.ts";
import { healthThings } from "./blocks/health.ts";
import { levelThings } from "./blocks/levels.ts";
import { lifecycleThings } from "./blocks/lifecycle.ts";
import { programThings } from "./blocks/programs.ts";
import { segmentThings } from "./blocks/segments.ts";
import { touchThings } from "./blocks/touch.ts";
import { touchpointThings } from "./blocks/touchpoints.ts";
import { workspaceThings } from "./blocks/workspace.ts";
import { AS_WRITTEN, type Naming } from "./canonical-rule.ts";
import { diffThings } from "./diff-things.ts";
import { findRenames } from "./renames.ts";
import type { ThingList } from "./thing.ts";
import type { ModelChange } from "./types.ts";

export { FactMeanings } from "./same-facts.ts";
export type { ModelChange } from "./types.ts";

/** Every block as things, in the order of evaluation; a new one is a file there and a line here. */
const BLOCKS: readonly BlockThings[] = [
  workspaceThings,
  factThings,
  contactTraitThings,
  healthThings,
  lifecycleThings,
  segmentThings,
  levelThings,
  touchThings,
  touchpointThings,
  programThings,
  capThings,
  benchmarkThings,
  experimentThings,
];

/**
 * What differs between two models by meaning, in the order in which the blocks are evaluated.
 * Comments, the order of what has none, spelling of durations and of rules are no difference;
 * what has another name and is else the same (or much the same) is renamed, and what refers to
 * it is not changed by that.
 */
export function diffModels(before: Model, after: Model): readonly ModelChange[] {
  if (before.source === after.source) return [];
  const earlier = (naming: Naming): readonly ThingList[] => thingsOf(before, naming);
  const later = thingsOf(after, AS_WRITTEN);
  const renames = findRenames(earlier, later);
  const naming = renames.naming();
  const units = new Map(after.facts.map(({ name, unit }) => [name, unit]));
  const words = { naming, unitOf: (fact: string) => units.get(fact) };
  const had = new Map(earlier(naming).map((list) => [list.path, list]));
  return later.flatMap((list) => {
    const other = had.get(list.path);
    return other ? diffThings(other, list, { renames, words }) : [];
  });
}

function thingsOf(model: Model, naming: Naming): readonly ThingList[] {
  return BLOCKS.flatMap((things) => things(model, naming));
}
