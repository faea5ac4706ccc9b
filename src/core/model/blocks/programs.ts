import { z } from "zod";
import { type Blocks, Entry, entriesIn, isBlockOfEntries } from "../entry.ts";
import { readEventPattern } from "../event-patterns.ts";
import { checkName } from "../names.ts";
import { coded, duration, freeText, nameText, rule } from "../schema-pieces.ts";
import type { ProgramDef } from "../types.ts";
import { fieldOf, isEmpty, textOf, type YamlNode } from "../yaml/tree.ts";
import { readSteps, stepSchema } from "./steps.ts";

const onSchema = z.union([
  freeText("Event", "The event that starts a run; * at its end stands for any ending."),
  z.strictObject({
    event: freeText("Event", "The event that starts a run; * at its end stands for any ending."),
    where: rule("Where", 'Only events for which this holds: properties.plan == "pro".').optional(),
  }),
]);

const AGAIN = "Write never, after_leaving, or a time like 30d.";

const againSchema = z
  .union(
    [
      z.enum(["never", "after_leaving"]).transform((kind) => ({ kind })),
      duration(0, "Again", "Not before so long after the last run began.").transform((days) => ({
        kind: "after" as const,
        days,
      })),
    ],
    { error: coded("bad-duration", "This does not say when a run may start again.", AGAIN) },
  )
  .meta({
    title: "Again",
    description:
      "Whether a new run may start: never, after_leaving (default), or a time like 30d after the last began.",
  });

const parts = {
  for: z.enum(["account", "contact"]).optional().meta({
    title: "For",
    description: "account (default): one run per account; contact: one per contact.",
  }),
  when: rule(
    "When",
    "A run starts when this turns true and is left when it no longer is.",
  ).optional(),
  again: againSchema.optional(),
  finish: z.boolean().optional().meta({
    title: "Finish",
    description: "When `when` stops holding, what is planned runs out instead of being cancelled.",
  }),
};

export const programSchema = z.strictObject({
  ...parts,
  on: onSchema.optional().meta({ title: "On", description: "An event that starts a run." }),
  steps: z.array(stepSchema).meta({ title: "Steps", description: "Which touches, and when." }),
});

const outline = z.strictObject({
  ...parts,
  on: z.unknown().optional(),
  steps: z.array(z.unknown()).min(1),
});

export const programsSchema = z
  .record(nameText("Program"), programSchema)
  .meta({ title: "Programs", description: "Sets of touches with a cadence, and who gets them." });

export function readPrograms(
  node: YamlNode | undefined,
  minutes: ReadonlyMap<string, number>,
  blocks: Blocks,
): readonly ProgramDef[] {
  const { reading } = blocks;
  if (!isBlockOfEntries(reading, "programs", node)) return [];
  return entriesIn(reading, node, "a program").flatMap((entry) => {
    const named = checkName(entry);
    const program = readProgram(entry, minutes, blocks);
    return named && program ? [program] : [];
  });
}

function readProgram(
  entry: Entry,
  minutes: ReadonlyMap<string, number>,
  blocks: Blocks,
): ProgramDef | undefined {
  const shape = entry.shape(outline);
  const forContact = textOf(entry.field("for")) === "contact";
  const when = entry.rule("when", blocks.scopes.account("programs", forContact), "boolean");
  const on = readOn(entry, blocks);
  const steps = readSteps(entry, minutes, blocks);
  if (entry.node.kind === "map" && !entry.has("when") && !entry.has("on")) {
    const message = `The program ${entry.name} does not say when it runs.`;
    entry.report("missing-key", message, "Give it a `when`, an `on`, or both.");
  }
  const inError = (entry.has("when") && !when) || (entry.has("on") && !on) || !steps;
  if (!shape || inError) return undefined;
  return {
    name: entry.name,
    forContact,
    when,
    on,
    steps,
    again: shape.again ?? { kind: "after_leaving" },
    finish: shape.finish ?? false,
    usesLevel: when?.names.includes("level") ?? false,
  };
}

const onBlock = z.strictObject({ event: z.string(), where: z.unknown().optional() });

/** `on: EVENT`, or `on: { event: EVENT, where: RULE }`. */
function readOn(entry: Entry, { reading, scopes }: Blocks): ProgramDef["on"] {
  const node = entry.field("on");
  if (!node) return undefined;
  if (node.kind === "map") {
    const on = new Entry(reading, node, node, "`on`");
    const shape = on.shape(onBlock);
    const where = on.rule("where", scopes.event(), "boolean");
    const eventNode = fieldOf(node, "event");
    const pattern = shape && eventNode && readEventPattern(reading, shape.event, eventNode);
    return pattern && !(on.has("where") && !where) ? { pattern, where } : undefined;
  }
  const text = textOf(node);
  if (text === undefined) {
    const message = isEmpty(node) ? '"on" has no value.' : '"on" needs the name of an event.';
    reading.report("wrong-type", node, message, "Like on: segment:at_risk:entered.");
    return undefined;
  }
  const pattern = readEventPattern(reading, text, node);
  return pattern && { pattern, where: undefined };
}
