import { z } from "zod";
import { type Blocks, type Entry, entriesIn, isBlockOfEntries } from "../entry.ts";
import { checkName, checkPrefixedName } from "../names.ts";
import { nameText, rule } from "../schema-pieces.ts";
import type { ExperimentDef } from "../types.ts";
import { textOf, type YamlNode } from "../yaml/tree.ts";

export const experimentSchema = z.strictObject({
  unit: z.enum(["account", "contact"]).meta({
    title: "Unit",
    description: "Who is put into an arm: an account or a contact.",
  }),
  among: rule("Among", "Only accounts for which this holds.").optional(),
  metric: nameText("Metric").meta({
    title: "Metric",
    description: "What is compared between the arms.",
  }),
  arms: z.record(nameText("Arm"), z.number().positive().max(1)).meta({
    title: "Arms",
    description: "Each with its part of the accounts; together 1.",
  }),
});

export const experimentsSchema = z
  .record(nameText("Experiment"), experimentSchema)
  .meta({ title: "Experiments", description: 'Programs ask experiments.NAME == "ARM".' });

export function readExperiments(
  node: YamlNode | undefined,
  blocks: Blocks,
): readonly ExperimentDef[] {
  const { reading } = blocks;
  if (!isBlockOfEntries(reading, "experiments", node)) return [];
  return entriesIn(reading, node, "an experiment").flatMap((entry) => {
    const named = checkPrefixedName(entry);
    const experiment = readExperiment(entry, blocks);
    return named && experiment ? [experiment] : [];
  });
}

function readExperiment(entry: Entry, { reading, scopes }: Blocks): ExperimentDef | undefined {
  const shape = entry.shape(experimentSchema);
  const among = entry.rule("among", scopes.account("programs"), "boolean");
  reading.use("fact", textOf(entry.field("metric")) ?? "");
  for (const arm of entriesIn(reading, entry.field("arms"), "an arm")) checkName(arm);
  if (!shape) return undefined;
  const arms = Object.entries(shape.arms).map(([name, weight]) => ({ name, weight }));
  checkArms(entry, arms);
  if (entry.has("among") && !among) return undefined;
  return { name: entry.name, unit: shape.unit, among, metric: shape.metric, arms };
}

function checkArms(entry: Entry, arms: ExperimentDef["arms"]): void {
  const total = arms.reduce((sum, { weight }) => sum + weight, 0);
  const at = entry.spanOf("arms");
  if (arms.length < 2) {
    entry.report("arm-weights", "An experiment compares at least two arms.", undefined, at);
  } else if (Math.abs(total - 1) > 1e-6) {
    const shown = Math.round(total * 1e6) / 1e6;
    entry.report(
      "arm-weights",
      `The arms add up to ${shown}, and have to add up to 1.`,
      undefined,
      at,
    );
  }
}
