import { allParts, formulaPart, number, rulePart, valuePart } from "../parts.ts";
import type { ThingList } from "../thing.ts";
import type { BlockThings } from "./block-things.ts";

export const healthThings: BlockThings = ({ health }, naming) => {
  if (!health) return [{ ...LIST, things: [] }];
  const measures: ThingList = {
    path: "health.measures",
    block: "health",
    word: "measure",
    lead: "health measure ",
    things: health.measures.map(({ name, score, weight }) => ({
      name,
      summary: `score \`${score.text}\`, weight ${number(weight)}`,
      parts: allParts(
        formulaPart("score", "its score", score, naming, { weight: 3 }),
        valuePart("weight", "weighs", weight, { isVerb: true }),
      ),
      lists: [],
    })),
  };
  const caps: ThingList = {
    path: "health.caps",
    block: "health",
    word: "cap",
    lead: "health cap ",
    things: health.caps.map(({ name, when, atMost }) => ({
      name,
      summary: `at most ${number(atMost)} when \`${when.text}\``,
      parts: allParts(
        rulePart("when", "", when, naming, { weight: 2 }),
        valuePart("at_most", "leaves at most", atMost, { isVerb: true }),
      ),
      lists: [],
    })),
  };
  const bands: ThingList = {
    path: "health.bands",
    block: "health",
    word: "band",
    lead: "health band ",
    renaming: "accounts enter it anew",
    things: health.bands.map(({ name, from }) => ({
      name,
      summary: `from ${number(from)}`,
      parts: allParts(valuePart("from", "starts at", from, { isVerb: true })),
      lists: [],
    })),
  };
  const parts = allParts(
    valuePart("min_coverage", "the share that must be known", health.minCoverage, {
      shown: `${number(health.minCoverage * 100)}%`,
    }),
  );
  const summary = `measures ${health.measures.map(({ name }) => name).join(", ")}`;
  return [{ ...LIST, things: [{ name: "", summary, parts, lists: [measures, caps, bands] }] }];
};

const LIST = { path: "health", block: "health", word: "", lead: "health", fixed: true } as const;
