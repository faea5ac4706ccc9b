import { allParts, rulePart, valuePart } from "../parts.ts";
import type { BlockThings } from "./block-things.ts";

const MEASURED = { decides: false } as const;

export const benchmarkThings: BlockThings = ({ benchmarks }, naming) => [
  {
    path: "benchmarks",
    block: "benchmarks",
    word: "benchmark",
    lead: "benchmark ",
    decides: false,
    things: benchmarks.map((one) => ({
      name: one.name,
      summary: one.metric,
      parts: allParts(
        valuePart("metric", "the metric", one.metric, MEASURED),
        valuePart(
          "touch",
          "the touchpoint",
          one.touch && naming.thing("touchpoints", one.touch),
          MEASURED,
        ),
        valuePart("channel", "the channel", one.channel, MEASURED),
        rulePart("when", "", one.when, naming, MEASURED),
        rulePart("of", "whom it is about", one.compare?.of, naming, MEASURED),
        rulePart("with", "whom it compares with", one.compare?.with, naming, MEASURED),
        valuePart("at_least", "the least", one.atLeast, MEASURED),
        valuePart("at_most", "the most", one.atMost, MEASURED),
      ),
      lists: [],
    })),
  },
];
