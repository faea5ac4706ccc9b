import { z } from "zod";
import type { Rule } from "../../rules/types.ts";
import { type Blocks, Entry, entriesIn, isBlockOfEntries, itemsIn, readRule } from "../entry.ts";
import { checkName } from "../names.ts";
import { duration, freeText, nameText, rule, ruleText } from "../schema-pieces.ts";
import type { LifecycleDef, StageDef } from "../types.ts";
import { checkUnreachable, type Condition } from "../checks/unreachable-entries.ts";
import { checkStageGraph } from "../checks/stage-graph.ts";
import { isEmpty, itemsOf, type MapEntry, textOf, type YamlNode } from "../yaml/tree.ts";

export const stageSchema = z.strictObject({
  expect: duration(1, "Expected", "Longer than this in the stage is overdue.").optional(),
  enter: rule(
    "Enter",
    "When this holds, an account comes here from a stage it may leave for it.",
  ).optional(),
  from: z.array(z.string()).optional().meta({
    title: "From",
    description: "Stages that may be left for this one; default: every earlier stage.",
  }),
  exit: z.record(freeText("Criterion"), ruleText).optional().meta({
    title: "Exit criteria",
    description: "Named rules; when all hold, the account goes on to the next stage.",
  }),
  next: z.string().optional().meta({
    title: "Next",
    description: "Where exit leads; default: the next stage in the file.",
  }),
});

export const startSchema = z.strictObject({
  when: rule("When", "For which newly seen accounts."),
  stage: z.string().meta({ title: "Stage", description: "Where they begin." }),
});

export const lifecycleSchema = z
  .strictObject({
    start: z.array(startSchema).optional().meta({
      title: "Start",
      description: "Where a newly seen account begins: first match, else the first stage.",
    }),
    stages: z.record(nameText("Stage"), stageSchema.nullable()).meta({
      title: "Stages",
      description: "In their order; an account is in exactly one at a time.",
    }),
  })
  .meta({ title: "Lifecycle", description: "Stages that are left by measurable exit criteria." });

const outline = z.strictObject({ start: z.array(z.unknown()).optional(), stages: z.unknown() });

export function readLifecycle(
  block: MapEntry | undefined,
  blocks: Blocks,
): LifecycleDef | undefined {
  const { reading } = blocks;
  if (!block || !isBlockOfEntries(reading, "lifecycle", block.value)) return undefined;
  const entry = Entry.of(reading, block, "the lifecycle");
  const shape = entry.shape(outline);
  const start = readStart(entry.field("start"), blocks);
  const stagesNode = entry.field("stages");
  const isBlock = isBlockOfEntries(reading, "stages", stagesNode);
  const stages = isBlock ? entriesIn(reading, stagesNode, "a stage") : [];
  if (stages.length === 0 && (isBlock || isEmpty(stagesNode))) {
    entry.report("missing-key", "The lifecycle needs at least one stage.");
  }
  const read = stages.map((stage, i) => readStage(stage, i, stages, blocks));
  if (read.every((stage) => stage !== undefined)) checkStageGraph(read, start, stages, reading);
  return shape && { start, stages: read.filter((stage) => stage !== undefined) };
}

function readStart(node: YamlNode | undefined, { reading, scopes }: Blocks): LifecycleDef["start"] {
  const conditions: Condition[] = [];
  const start = itemsIn(reading, node, "a start").flatMap((entry) => {
    const shape = entry.shape(startSchema);
    const when = entry.rule("when", scopes.account("start"), "boolean");
    const stage = entry.reference("stage", "stage");
    conditions.push({ name: stage ?? "", rule: when, at: entry.spanOf("when") });
    return shape && when && stage !== undefined ? [{ when, stage }] : [];
  });
  checkUnreachable(reading, conditions, "start");
  return start;
}

/** Undefined when a name in it leads nowhere, so that no more can be said of the stages together. */
function readStage(
  entry: Entry,
  position: number,
  stages: readonly Entry[],
  { reading, scopes }: Blocks,
): StageDef | undefined {
  const named = checkName(entry);
  const shape = entry.shape(stageSchema);
  const enter = entry.rule("enter", scopes.account("lifecycle"), "boolean");
  const exit = readExit(entry, { reading, scopes });
  const fromNames = itemsOf(entry.field("from")).map((item) => reading.reference("stage", item));
  const next = readNext(entry, stages[position + 1]);
  const from = fromNames.filter((name) => name !== undefined);
  if (!named || !shape || from.length < fromNames.length || next === "error") return undefined;
  const earlier = stages.slice(0, position).map(({ name }) => name);
  return {
    name: entry.name,
    expect: shape.expect,
    enter,
    from: entry.has("from") ? [...new Set(from)] : earlier,
    exit,
    next: next?.stage,
  };
}

function readExit(entry: Entry, { reading, scopes }: Blocks): { name: string; rule: Rule }[] {
  const node = entry.field("exit");
  const empty = node?.kind === "map" && node.entries.length === 0;
  if (empty || (node && isEmpty(node))) {
    const hint = "Name what has to hold, or leave `exit` out.";
    entry.report("empty-exit", `The exit of ${entry.name} lists no criterion.`, hint, node);
  }
  return entriesIn(reading, node, "a criterion").flatMap((criterion) => {
    const found = readRule(reading, criterion.node, scopes.account("lifecycle"), "boolean");
    return found ? [{ name: criterion.name, rule: found }] : [];
  });
}

function readNext(
  entry: Entry,
  following: Entry | undefined,
): { readonly stage: string } | "error" | undefined {
  const written = textOf(entry.field("next"));
  if (written !== undefined) {
    const stage = entry.reference("next", "stage");
    if (stage === undefined) return "error";
    if (stage !== entry.name) return entry.has("exit") ? { stage } : undefined;
    const hint = "Name the stage that comes after it.";
    entry.report(
      "missing-next",
      `The next stage of ${stage} is itself.`,
      hint,
      entry.spanOf("next"),
    );
    return "error";
  }
  if (!entry.has("exit")) return undefined;
  if (following) return { stage: following.name };
  const message = `${entry.name} has an exit, and no stage comes after it in the file.`;
  entry.report("missing-next", message, "Say where it leads: next: STAGE.");
  return "error";
}
