import type { LifecycleDef, StageDef } from "../../types.ts";
import type { Naming } from "../canonical-rule.ts";
import { allParts, daysPart, inDays, rulePart, setPart, valuePart } from "../parts.ts";
import type { Thing, ThingList } from "../thing.ts";
import type { BlockThings } from "./block-things.ts";

const STAGES = "lifecycle.stages";

export const lifecycleThings: BlockThings = ({ lifecycle }, naming) => {
  const list = { path: "lifecycle", block: "lifecycle", word: "", lead: "the lifecycle" };
  if (!lifecycle) return [{ ...list, fixed: true, things: [] }];
  const stages: ThingList = {
    path: STAGES,
    block: "lifecycle",
    word: "stage",
    lead: "stage ",
    order: "the first stage that can be entered is",
    renaming: "accounts in it start again where the lifecycle starts",
    things: lifecycle.stages.map((stage) => stageThing(stage, naming)),
  };
  const summary = `stages ${lifecycle.stages.map(({ name }) => name).join(", ")}`;
  const whole: Thing = {
    name: "",
    summary,
    parts: [],
    lists: [startList(lifecycle, naming), stages],
  };
  return [{ ...list, fixed: true, things: [whole] }];
};

function startList({ start }: LifecycleDef, naming: Naming): ThingList {
  return {
    path: "lifecycle.start",
    block: "lifecycle",
    word: "rule for",
    lead: "lifecycle start: ",
    order: "the first that holds counts",
    nameless: true,
    things: start.map(({ when, stage }) => ({
      name: naming.thing(STAGES, stage),
      summary: `\`${when.text}\``,
      parts: allParts(
        valuePart("stage", "the stage", naming.thing(STAGES, stage)),
        rulePart("when", "", when, naming),
      ),
      lists: [],
    })),
  };
}

function stageThing(stage: StageDef, naming: Naming): Thing {
  const named = (name: string): string => naming.thing(STAGES, name);
  const summary = [
    stage.enter ? `entered when \`${stage.enter.text}\`` : "",
    stage.exit.length > 0 ? `left when ${stage.exit.map(({ name }) => name).join(", ")}` : "",
    stage.expect === undefined ? "" : `expected to last ${inDays(stage.expect)}`,
  ].filter((text) => text !== "");
  return {
    name: stage.name,
    summary: summary.join("; ") || "final",
    parts: allParts(
      daysPart("expect", "how long it is expected to last", stage.expect),
      rulePart("enter", "entering it", stage.enter, naming, { weight: 2 }),
      // where nobody can enter, nobody comes from anywhere
      stage.enter && setPart("from", "the stages that may be left for it", stage.from, { named }),
      valuePart("next", "the next stage", stage.next && named(stage.next)),
    ),
    lists: [
      {
        path: `${STAGES}.${named(stage.name)}.exit`,
        block: "lifecycle",
        word: "exit criterion",
        lead: `stage ${named(stage.name)}: exit criterion `,
        things: stage.exit.map(({ name, rule }) => ({
          name,
          summary: `\`${rule.text}\``,
          parts: allParts(rulePart("rule", "", rule, naming)),
          lists: [],
        })),
      },
    ],
  };
}
