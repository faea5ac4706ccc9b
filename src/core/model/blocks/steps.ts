import { z } from "zod";
import { type Blocks, type Entry, itemsIn } from "../entry.ts";
import { duration } from "../schema-pieces.ts";
import type { StepDef } from "../types.ts";
import { textOf } from "../yaml/tree.ts";

const always = {
  touch: z.string().meta({ title: "Touch", description: "The touchpoint." }),
  minutes: z.number().min(0).max(10_000).optional().meta({
    title: "Minutes",
    description: "Working time, where it differs from the touchpoint's.",
  }),
};

const timings = {
  after: z.strictObject({
    ...always,
    after: duration(0, "After", "So long after the run began; 0d is that day."),
  }),
  every: z.strictObject({
    ...always,
    every: duration(1, "Every", "Again and again, so long apart."),
    first: duration(
      0,
      "First",
      "When the first is due; default: one period after the run began.",
    ).optional(),
  }),
  before: z.strictObject({
    ...always,
    before: z.string().meta({ title: "Before", description: "A fact that is a date." }),
    days: z
      .array(duration(0, "Days", "So long before the date."))
      .min(1)
      .meta({ title: "Days", description: "How long before the date: [60d, 30d, 14d]." }),
  }),
};

export const stepSchema = z.union([timings.after, timings.every, timings.before]);

type Timing = keyof typeof timings;
const TIMINGS: readonly Timing[] = ["after", "every", "before"];
const KEYS = new Set(TIMINGS.flatMap((timing) => Object.keys(timings[timing].shape)));

/** The steps of a program; undefined when one is in error. */
export function readSteps(
  program: Entry,
  minutes: ReadonlyMap<string, number>,
  blocks: Blocks,
): readonly StepDef[] | undefined {
  const ordinals = new Map<string, number>();
  const entries = itemsIn(blocks.reading, program.field("steps"), "a step");
  const steps = entries.map((entry) => {
    const touchpoint = entry.reference("touch", "touchpoint");
    const read = readTiming(entry, blocks);
    if (touchpoint === undefined || !read) return undefined;
    const ordinal = (ordinals.get(touchpoint) ?? 0) + 1;
    ordinals.set(touchpoint, ordinal);
    const time = read.minutes ?? minutes.get(touchpoint) ?? 0;
    return { touchpoint, ordinal, minutes: time, timing: read.timing };
  });
  const read = steps.filter((step) => step !== undefined);
  return read.length === steps.length ? read : undefined;
}

interface ReadTiming {
  readonly minutes: number | undefined;
  readonly timing: StepDef["timing"];
}

function readTiming(entry: Entry, blocks: Blocks): ReadTiming | undefined {
  const given = TIMINGS.filter((timing) => entry.has(timing));
  const [timing, other] = given;
  if (timing === undefined || other !== undefined) {
    reportTiming(entry, given);
    return undefined;
  }
  switch (timing) {
    case "after": {
      const shape = entry.shape(timings.after);
      return shape && { minutes: shape.minutes, timing: { kind: "after", days: shape.after } };
    }
    case "every": {
      const shape = entry.shape(timings.every);
      if (!shape) return undefined;
      const { every, first, minutes } = shape;
      return { minutes, timing: { kind: "every", period: every, first: first ?? every } };
    }
    case "before":
      return readBefore(entry, blocks);
  }
}

function readBefore(entry: Entry, { scopes }: Blocks): ReadTiming | undefined {
  const shape = entry.shape(timings.before);
  const date = entry.reference("before", "fact");
  const type = date === undefined ? undefined : scopes.facts.get(date)?.type;
  if (type && type.kind !== "date") {
    const message = `\`before\` needs a date, and ${date ?? ""} is a ${type.kind}.`;
    entry.report("fact-type", message, "Name a fact of type date.", entry.spanOf("before"));
    return undefined;
  }
  if (!shape || date === undefined) return undefined;
  const { days, minutes } = shape;
  return { minutes, timing: { kind: "before", date, days: [...new Set(days)] } };
}

function reportTiming(entry: Entry, given: readonly string[]): void {
  if (entry.node.kind !== "map") {
    entry.report("wrong-type", "A step needs a block.", "Like - { touch: check_in, every: 2w }.");
    return;
  }
  if (given.length > 1) {
    const message = `A step has one timing, and this has ${given.join(" and ")}.`;
    entry.report("choose-one", message, "Make two steps of it.", entry.spanOf(given[1] ?? "touch"));
    return;
  }
  const unknown = entry.node.entries.filter(({ key }) => !KEYS.has(key));
  for (const { key, keySpan } of unknown) {
    const hint = entry.reading.didYouMean(key, [...KEYS], `Its keys: ${[...KEYS].join(", ")}.`);
    entry.report("unknown-key", `"${key}" is no key of a step.`, hint, keySpan);
  }
  if (!entry.has("touch")) entry.report("missing-key", 'A step needs "touch".');
  if (unknown.length > 0) return;
  const what = textOf(entry.field("touch")) ?? "this step";
  entry.report(
    "choose-one",
    `Nothing says when ${what} is due.`,
    "Give one of: after, every, before.",
  );
}
