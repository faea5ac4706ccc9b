import { inDays } from "../parts.ts";
import { allParts, daysPart, rulePart, valuePart } from "../parts.ts";
import type { Naming } from "../canonical-rule.ts";
import type { SegmentDef } from "../../types.ts";
import type { Thing } from "../thing.ts";
import type { BlockThings } from "./block-things.ts";

export const segmentThings: BlockThings = ({ segments }, naming) => [
  {
    path: "segments",
    block: "segments",
    word: "segment",
    lead: "segment ",
    renaming: "whoever is in it joins anew",
    things: segments.map((segment) => thingOf(segment, naming)),
  },
];

function thingOf(segment: SegmentDef, naming: Naming): Thing {
  const later = naming.thing("segments", segment.name);
  const entries = segment.kind === "one" ? segment.entries : [];
  const list = {
    path: `segments.${later}`,
    block: "segments",
    word: "entry",
    lead: `segment ${later}: `,
    order: "the first that holds counts",
    renaming: "whoever is in it joins anew",
    things: entries.map(({ name, rule }) => ({
      name,
      summary: `\`${rule.text}\``,
      parts: allParts(rulePart("rule", "", rule, naming)),
      lists: [],
    })),
  };
  if (segment.kind === "one") {
    return {
      name: segment.name,
      summary: `one of ${entries.map(({ name }) => name).join(", ")}`,
      parts: allParts(valuePart("kind", "what it is", "one of several")),
      lists: [list],
    };
  }
  const { when, until } = segment;
  const days = segment.for > 1 ? `, for ${inDays(segment.for)}` : "";
  return {
    name: segment.name,
    summary: `\`${when.text}\`${days}${until ? `, until \`${until.text}\`` : ""}`,
    parts: allParts(
      valuePart("kind", "what it is", "in or out", { weight: 0 }),
      rulePart("when", "", when, naming),
      segment.for > 1 ? daysPart("for", "how long it must hold", segment.for) : undefined,
      rulePart("until", "leaving it", until, naming),
    ),
    lists: [list],
  };
}
