import { z } from "zod";
import { type Blocks, Entry, entriesIn, isBlockOfEntries } from "../entry.ts";
import { checkName } from "../names.ts";
import { CHANNELS, nameText, rule } from "../schema-pieces.ts";
import type { BenchmarkDef } from "../types.ts";
import { textOf, type YamlNode } from "../yaml/tree.ts";

const metric = nameText("Metric").meta({
  title: "Metric",
  description: "What is measured: attendance, open_rate, nps, …",
});

const bar = {
  at_least: z.number().optional().meta({ title: "At least", description: "The bar to reach." }),
  at_most: z.number().optional().meta({ title: "At most", description: "The bar not to pass." }),
};

const plainSchema = z.strictObject({
  metric,
  touch: z.string().optional().meta({ title: "Touch", description: "Only of this touchpoint." }),
  channel: z
    .enum(CHANNELS)
    .optional()
    .meta({ title: "Channel", description: "Only of this channel." }),
  when: rule("When", "Only of accounts for which this holds.").optional(),
  ...bar,
});

const compareSchema = z.strictObject({
  compare: z
    .strictObject({
      metric,
      of: rule("Of", "The accounts that are measured."),
      with: rule("With", "The accounts that they are compared with."),
    })
    .meta({ title: "Compare", description: "A metric of some accounts less that of others." }),
  ...bar,
});

export const benchmarksSchema = z
  .record(nameText("Benchmark"), z.union([plainSchema, compareSchema]))
  .meta({ title: "Benchmarks", description: "A metric, for whom, and the bar." });

export function readBenchmarks(
  node: YamlNode | undefined,
  blocks: Blocks,
): readonly BenchmarkDef[] {
  const { reading } = blocks;
  if (!isBlockOfEntries(reading, "benchmarks", node)) return [];
  return entriesIn(reading, node, "a benchmark").flatMap((entry) => {
    const named = checkName(entry);
    const benchmark = entry.has("compare") ? readCompare(entry, blocks) : readPlain(entry, blocks);
    const barless = entry.node.kind === "map" && !entry.has("at_least") && !entry.has("at_most");
    if (barless) {
      const message = `The benchmark ${entry.name} has no bar.`;
      entry.report("missing-key", message, "Give it `at_least` or `at_most`.");
    }
    return named && benchmark && !barless ? [benchmark] : [];
  });
}

function readPlain(entry: Entry, { reading, scopes }: Blocks): BenchmarkDef | undefined {
  const shape = entry.shape(plainSchema);
  const touch = entry.reference("touch", "touchpoint");
  const when = entry.rule("when", scopes.account("programs"), "boolean");
  reading.use("fact", textOf(entry.field("metric")) ?? "");
  const inError = (entry.has("touch") && touch === undefined) || (entry.has("when") && !when);
  if (!shape || inError) return undefined;
  return {
    name: entry.name,
    metric: shape.metric,
    touch,
    channel: shape.channel,
    when,
    compare: undefined,
    atLeast: shape.at_least,
    atMost: shape.at_most,
  };
}

function readCompare(entry: Entry, { reading, scopes }: Blocks): BenchmarkDef | undefined {
  const shape = entry.shape(compareSchema);
  const compare = new Entry(reading, entry.field("compare") ?? entry.node, entry.at, "compare");
  const of = compare.rule("of", scopes.account("programs"), "boolean");
  const against = compare.rule("with", scopes.account("programs"), "boolean");
  reading.use("fact", textOf(compare.field("metric")) ?? "");
  if (!shape || !of || !against) return undefined;
  return {
    name: entry.name,
    metric: shape.compare.metric,
    touch: undefined,
    channel: undefined,
    when: undefined,
    compare: { of, with: against },
    atLeast: shape.at_least,
    atMost: shape.at_most,
  };
}
