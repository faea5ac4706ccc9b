import { z } from "zod";
import { type Blocks, Entry, entriesIn, isBlockOfEntries } from "../entry.ts";
import { checkName } from "../names.ts";
import { freeText, nameText, rule } from "../schema-pieces.ts";
import type { HealthDef } from "../types.ts";
import { entriesOf, isEmpty, type MapEntry, type YamlNode } from "../yaml/tree.ts";

const weight = z.number().positive().meta({
  title: "Weight",
  description: "How much it counts among the measures; a missing one's weight goes to the others.",
});

export const measureSchema = z.strictObject({
  score: rule("Score", "A number, clamped to 0 to 100: adoption * 100."),
  weight,
});

export const healthCapSchema = z.strictObject({
  when: rule("When", "While this holds the score is held down."),
  at_most: z
    .number()
    .min(0)
    .max(100)
    .meta({ title: "At most", description: "The highest score then." }),
});

const healthParts = {
  bands: z.record(nameText("Band"), z.number().min(0).max(100)).meta({
    title: "Bands",
    description: "Each with the score at which it starts; the first starts at 0.",
  }),
  min_coverage: z.number().min(0).max(1).optional().meta({
    title: "Least coverage",
    description: "Share of the weights, 0 to 1, that has to be known; below it health is unknown.",
  }),
};

export const healthSchema = z
  .strictObject({
    measures: z.record(freeText("Measure"), measureSchema).meta({ title: "Measures" }),
    caps: z.record(freeText("Cap"), healthCapSchema).optional().meta({
      title: "Caps",
      description: "Named reasons that hold the score down.",
    }),
    ...healthParts,
  })
  .meta({ title: "Health", description: "A weighted score from 0 to 100." });

/** The block's own keys; what stands under measures and caps is checked entry by entry. */
const outline = z.strictObject({
  measures: z.unknown(),
  caps: z.unknown().optional(),
  ...healthParts,
});

export function readHealth(block: MapEntry | undefined, blocks: Blocks): HealthDef | undefined {
  const { reading } = blocks;
  if (!block || !isBlockOfEntries(reading, "health", block.value)) return undefined;
  const entry = Entry.of(reading, block, "health");
  const shape = entry.shape(outline);
  const measures = readMeasures(entry.field("measures"), entry, blocks);
  const caps = readCaps(entry.field("caps"), blocks);
  const bands = readBands(entry.field("bands"), blocks);
  if (!shape) return undefined;
  return { measures, caps, bands, minCoverage: shape.min_coverage ?? 0 };
}

function readMeasures(
  node: YamlNode | undefined,
  health: Entry,
  { reading, scopes }: Blocks,
): HealthDef["measures"] {
  if (!isBlockOfEntries(reading, "measures", node) || node.entries.length === 0) {
    if (isEmpty(node) || node?.kind === "map")
      health.report("missing-key", "Health needs at least one measure.");
    return [];
  }
  return entriesIn(reading, node, "a measure").flatMap((entry) => {
    const shape = entry.shape(measureSchema);
    const score = entry.rule("score", scopes.account("health"), "number");
    return shape && score ? [{ name: entry.name, score, weight: shape.weight }] : [];
  });
}

function readCaps(node: YamlNode | undefined, { reading, scopes }: Blocks): HealthDef["caps"] {
  if (!isBlockOfEntries(reading, "caps", node)) return [];
  return entriesIn(reading, node, "a cap of health").flatMap((entry) => {
    const shape = entry.shape(healthCapSchema);
    const when = entry.rule("when", scopes.account("health"), "boolean");
    return shape && when ? [{ name: entry.name, when, atMost: shape.at_most }] : [];
  });
}

function readBands(node: YamlNode | undefined, { reading }: Blocks): HealthDef["bands"] {
  const bands: { name: string; from: number }[] = [];
  for (const { key, keySpan, value } of entriesOf(node)) {
    const entry = new Entry(reading, value, keySpan, "a band", key);
    if (checkName(entry) && key === "unknown") {
      const message = '"unknown" is the band of accounts whose health is not known.';
      entry.report("reserved-name", message, "Choose another name.");
    }
    if (value.kind !== "scalar" || typeof value.value !== "number") continue;
    checkBandStart(entry, value.value, bands.at(-1));
    bands.push({ name: key, from: value.value });
  }
  if (node?.kind === "map" && node.entries.length === 0) {
    reading.report("band-order", node, "Health needs at least one band, starting at 0.");
  }
  return bands;
}

function checkBandStart(
  entry: Entry,
  from: number,
  before: { readonly name: string; readonly from: number } | undefined,
): void {
  if (!before && from !== 0) {
    const message = `The first band has to start at 0, and ${entry.name} starts at ${from}.`;
    entry.report("band-order", message, `Write ${entry.name}: 0.`, entry.node);
  }
  if (before && from <= before.from) {
    const message = `Bands ascend: ${entry.name} cannot start at ${from}, after ${before.name} at ${before.from}.`;
    entry.report("band-order", message, undefined, entry.node);
  }
}
