import { z } from "zod";
import { checkUnreachable, type Condition } from "../checks/unreachable-entries.ts";
import { EFFECT_KINDS } from "../effects/registry.ts";
import { type Blocks, Entry, isBlockOfEntries, itemsIn } from "../entry.ts";
import { duration, freeText, rule } from "../schema-pieces.ts";
import type { AdjustmentDef, Effect, TouchDef } from "../types.ts";
import { isEmpty, type MapEntry, textOf, type YamlNode } from "../yaml/tree.ts";

const baseSchema = z.strictObject({
  when: rule("When", "For which accounts; the first that matches wins."),
  level: z.string().meta({ title: "Level", description: "The level they get." }),
});

const otherwiseSchema = z.strictObject({
  otherwise: z
    .string()
    .meta({ title: "Otherwise", description: "The level of all others; comes last." }),
});

const always = {
  name: freeText("Name", "What it is called wherever it is the reason."),
  when: rule("When", "For which accounts."),
  keep: duration(0, "Keep", "Goes on applying for so long after `when` was last true.").optional(),
  hand_over: z.boolean().optional().meta({
    title: "Hand over",
    description: "A raise brings a new owner too, not touches alone.",
  }),
};

const adjustSchemas = EFFECT_KINDS.map((kind) => z.strictObject({ ...always, ...kind.shape }));

const touchParts = {
  hold: duration(
    0,
    "Hold",
    "A level is lowered only when asked for on so many days in a row.",
  ).optional(),
};

export const touchSchema = z
  .strictObject({
    base: z.array(z.union([baseSchema, otherwiseSchema])).meta({
      title: "Base",
      description: "First match wins; the last entry is an `otherwise`.",
    }),
    adjust: z.array(z.union(adjustSchemas)).optional().meta({
      title: "Adjustments",
      description: "Applied from top to bottom to the running level.",
    }),
    ...touchParts,
  })
  .meta({ title: "Touch", description: "Which level an account is on." });

const outline = z.strictObject({
  base: z.array(z.unknown()),
  adjust: z.array(z.unknown()).optional(),
  ...touchParts,
});

export function readTouch(block: MapEntry | undefined, blocks: Blocks): TouchDef | undefined {
  const { reading } = blocks;
  if (!block || !isBlockOfEntries(reading, "touch", block.value)) return undefined;
  if (!reading.names.hasBlock("levels")) {
    const message = "`touch` gives levels to accounts, and the model has no `levels`.";
    reading.report("missing-block", block.keySpan, message, "Add a `levels` block, highest first.");
  }
  const entry = Entry.of(reading, block, "touch");
  const shape = entry.shape(outline);
  const { base, otherwise } = readBase(entry, blocks);
  const adjust = readAdjustments(entry.field("adjust"), blocks);
  if (!shape || otherwise === undefined) return undefined;
  return { base, otherwise, adjust, hold: shape.hold ?? 0 };
}

function readBase(
  touch: Entry,
  { reading, scopes }: Blocks,
): { readonly base: TouchDef["base"]; readonly otherwise: string | undefined } {
  const entries = itemsIn(reading, touch.field("base"), "a base rule");
  const conditions: Condition[] = [];
  const base: { when: NonNullable<Condition["rule"]>; level: string }[] = [];
  let otherwise: string | undefined;
  let closed = false;
  for (const entry of entries) {
    if (closed) {
      const message = "This entry of base never wins: an `otherwise` stands before it.";
      entry.report("unreachable-entry", message, "Put the `otherwise` last.");
    }
    if (entry.has("otherwise")) {
      entry.shape(otherwiseSchema);
      otherwise = entry.reference("otherwise", "level");
      closed = true;
      continue;
    }
    const shape = entry.shape(baseSchema);
    const when = entry.rule("when", scopes.account("touch"), "boolean");
    const level = entry.reference("level", "level");
    conditions.push({ name: level ?? "", rule: when, at: entry.spanOf("when") });
    if (shape && when && level !== undefined) base.push({ when, level });
  }
  checkUnreachable(reading, conditions, "base");
  const isList = touch.field("base")?.kind === "list";
  if (!closed && isList) {
    const message =
      "The base rules have to end in an `otherwise`, so that every account has a level.";
    touch.report(
      "no-otherwise",
      message,
      "Add a last entry: - { otherwise: LEVEL }",
      baseKey(touch),
    );
  }
  return { base, otherwise };
}

function baseKey(touch: Entry): { start: number; end: number } {
  const found = touch.node.kind === "map" && touch.node.entries.find(({ key }) => key === "base");
  return found ? found.keySpan : touch.at;
}

function readAdjustments(node: YamlNode | undefined, blocks: Blocks): readonly AdjustmentDef[] {
  const { reading } = blocks;
  const names = new Set<string>();
  return itemsIn(reading, node, "an adjustment").flatMap((entry) => {
    const name = textOf(entry.field("name"));
    if (name !== undefined && names.has(name)) {
      const message = `There is an adjustment "${name}" already.`;
      entry.report(
        "duplicate-name",
        message,
        "Reasons are told by name: each needs its own.",
        entry.spanOf("name"),
      );
    }
    if (name !== undefined) names.add(name);
    return readAdjustment(entry, blocks) ?? [];
  });
}

const EFFECT_KEYS = EFFECT_KINDS.map(({ key }) => key);
const looseSchema = z.looseObject(always);

function readAdjustment(entry: Entry, { scopes }: Blocks): AdjustmentDef | undefined {
  const kinds = EFFECT_KINDS.filter((kind) => entry.has(kind.key));
  const kind = kinds[0];
  const schema =
    kinds.length === 1 && kind ? z.strictObject({ ...always, ...kind.shape }) : looseSchema;
  const shape = entry.shape(schema) as z.output<typeof looseSchema> | undefined;
  const when = entry.rule("when", scopes.account("touch"), "boolean");
  let effect: Effect | undefined;
  if (kinds.length === 1) effect = kind?.read(entry);
  else
    reportEffects(
      entry,
      kinds.map(({ key }) => key),
    );
  if (!shape || !when || !effect) return undefined;
  const { name, keep, hand_over } = shape;
  return { name, when, effect, keep, handOver: hand_over ?? false };
}

const KNOWN: ReadonlySet<string> = new Set([
  ...Object.keys(always),
  ...EFFECT_KINDS.flatMap(({ shape }) => Object.keys(shape)),
]);

function reportEffects(entry: Entry, given: readonly string[]): void {
  if (entry.node.kind !== "map") return;
  if (given.length > 1) {
    const message = `An adjustment has one effect, and this has ${given.join(" and ")}.`;
    entry.report("choose-one", message, "Make two adjustments of it.", entry.spanOf("name"));
    return;
  }
  const unknown = entry.node.entries.filter(({ key }) => !KNOWN.has(key));
  for (const { key, keySpan } of unknown) {
    const hint = entry.reading.didYouMean(
      key,
      [...KNOWN],
      `Its effects: ${EFFECT_KEYS.join(", ")}.`,
    );
    entry.report("unknown-key", `"${key}" is no key of an adjustment.`, hint, keySpan);
  }
  if (unknown.length > 0 || isEmpty(entry.node)) return;
  const hint = `Give one of: ${EFFECT_KEYS.join(", ")}.`;
  entry.report("choose-one", "This adjustment has no effect.", hint);
}
