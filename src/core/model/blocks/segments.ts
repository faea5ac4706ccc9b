import { z } from "zod";
import { checkUnreachable, type Condition } from "../checks/unreachable-entries.ts";
import { type Blocks, type Entry, entriesIn, isBlockOfEntries, readRule } from "../entry.ts";
import { checkName, checkPrefixedName } from "../names.ts";
import { duration, nameText, rule, ruleText } from "../schema-pieces.ts";
import type { SegmentDef } from "../types.ts";
import type { YamlNode } from "../yaml/tree.ts";

export const oneSchema = z.strictObject({
  one: z.record(nameText("Segment"), ruleText).meta({
    title: "One of",
    description: "Segments that exclude each other: the first whose rule is true wins.",
  }),
});

export const flagSchema = z.strictObject({
  when: rule("When", "Accounts for which this holds are in the segment."),
  for: duration(1, "For", "Joined only after `when` has held on so many days in a row.").optional(),
  until: rule("Until", "Once in, an account stays until this holds.").optional(),
});

export const segmentsSchema = z
  .record(
    nameText("Segment"),
    z.union([
      ruleText.meta({
        title: "Rule",
        description: "Accounts for which this holds are in the segment.",
      }),
      flagSchema,
      oneSchema,
    ]),
  )
  .meta({ title: "Segments", description: "An account can be in many at once." });

export function readSegments(node: YamlNode | undefined, blocks: Blocks): readonly SegmentDef[] {
  const { reading, scopes } = blocks;
  if (!isBlockOfEntries(reading, "segments", node)) return [];
  return entriesIn(reading, node, "a segment").flatMap((entry) => {
    const named = checkPrefixedName(entry);
    const segment = readSegment(entry, blocks);
    scopes.seeSegment(entry.name);
    return named && segment ? [segment] : [];
  });
}

function readSegment(entry: Entry, blocks: Blocks): SegmentDef | undefined {
  if (entry.has("one")) return readOne(entry, blocks);
  if (entry.node.kind === "map") return readFlag(entry, blocks);
  const { reading, scopes } = blocks;
  if (entry.node.kind === "list" || entry.node.value === null) {
    const hint = `Write ${entry.name}: RULE, or a block with \`when\` or \`one\`.`;
    entry.report("wrong-type", "A segment needs a rule.", hint);
    return undefined;
  }
  const when = readRule(reading, entry.node, scopes.account("segments"), "boolean");
  return when && { kind: "flag", name: entry.name, when, for: 1, until: undefined };
}

function readFlag(entry: Entry, { scopes }: Blocks): SegmentDef | undefined {
  const shape = entry.shape(flagSchema);
  const when = entry.rule("when", scopes.account("segments"), "boolean");
  const until = entry.rule("until", scopes.account("segments"), "boolean");
  if (!shape || !when || (entry.has("until") && !until)) return undefined;
  return { kind: "flag", name: entry.name, when, for: shape.for ?? 1, until };
}

function readOne(entry: Entry, { reading, scopes }: Blocks): SegmentDef | undefined {
  const shape = entry.shape(oneSchema);
  const conditions: Condition[] = [];
  const entries = entriesIn(reading, entry.field("one"), "a segment").flatMap((each) => {
    const named = checkName(each);
    const found = readRule(reading, each.node, scopes.account("segments"), "boolean");
    conditions.push({ name: each.name, rule: found, at: each.at });
    return named && found ? [{ name: each.name, rule: found }] : [];
  });
  if (shape && Object.keys(shape.one).length === 0) {
    entry.report("missing-key", `${entry.name} needs at least one segment under \`one\`.`);
  }
  checkUnreachable(reading, conditions, entry.name);
  return shape && { kind: "one", name: entry.name, entries };
}
