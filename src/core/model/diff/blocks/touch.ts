import { describeEffect } from "../../describe-effect.ts";
import type { AdjustmentDef, Effect, TouchDef } from "../../types.ts";
import type { Naming } from "../canonical-rule.ts";
import { allParts, daysPart, flagPart, inDays, rulePart, valuePart } from "../parts.ts";
import type { Thing, ThingList } from "../thing.ts";
import type { BlockThings } from "./block-things.ts";

export const touchThings: BlockThings = ({ touch }, naming) => {
  const list = { path: "touch", block: "touch", word: "", lead: "touch", fixed: true } as const;
  if (!touch) return [{ ...list, things: [] }];
  const adjustments: ThingList = {
    path: "touch.adjust",
    block: "touch",
    word: "adjustment",
    lead: "adjustment ",
    order: "they apply from top to bottom",
    renaming: "what it keeps begins anew",
    things: touch.adjust.map((one) => adjustment(one, naming)),
  };
  const parts = allParts(
    valuePart(
      "otherwise",
      "the level when nothing else holds",
      naming.thing("levels", touch.otherwise),
    ),
    daysPart("hold", "how long a level is held before it is lowered", touch.hold),
  );
  const whole: Thing = {
    name: "",
    summary: "",
    parts,
    lists: [baseRules(touch, naming), adjustments],
  };
  return [{ ...list, things: [whole] }];
};

function baseRules({ base }: TouchDef, naming: Naming): ThingList {
  return {
    path: "touch.base",
    block: "touch",
    word: "rule for",
    lead: "base level: ",
    order: "the first that holds counts",
    nameless: true,
    things: base.map(({ when, level }) => ({
      name: naming.thing("levels", level),
      summary: `\`${when.text}\``,
      parts: allParts(
        valuePart("level", "the level", naming.thing("levels", level)),
        rulePart("when", "", when, naming),
      ),
      lists: [],
    })),
  };
}

function adjustment({ name, when, effect, keep, handOver }: AdjustmentDef, naming: Naming): Thing {
  const does = describeEffect(renamed(effect, naming));
  const kept = keep === undefined ? "" : `, kept for ${inDays(keep)}`;
  return {
    name,
    summary: `${does} when \`${when.text}\`${kept}`,
    parts: allParts(
      rulePart("when", "", when, naming, { weight: 2 }),
      valuePart("effect", "what it does", does),
      daysPart("keep", "how long it is kept", keep),
      flagPart("hand_over", "hands the account over", handOver),
    ),
    lists: [],
  };
}

function renamed(effect: Effect, naming: Naming): Effect {
  const level = (name: string): string => naming.thing("levels", name);
  if ("level" in effect) return { ...effect, level: level(effect.level) };
  return { ...effect, bound: effect.bound === undefined ? undefined : level(effect.bound) };
}
