import { z } from "zod";
import type { RuleType } from "../../rules/types.ts";
import type { Blocks, Entry } from "../entry.ts";
import { readEventPattern } from "../event-patterns.ts";
import { duration, freeText, rule } from "../schema-pieces.ts";
import type { EventAggregate } from "../types.ts";
import { textOf } from "../yaml/tree.ts";
import type { FactKind, ReadFact } from "./fact-kind.ts";

type Kind = EventAggregate["kind"];

interface Aggregate {
  readonly key: Kind;
  readonly result: "number" | "time";
  /** Whether it is of a property (`EVENT.property`) rather than of the events themselves. */
  readonly ofProperty: boolean;
  readonly says: string;
}

const AGGREGATES: readonly Aggregate[] = [
  { key: "count", result: "number", ofProperty: false, says: "How many such events there were." },
  {
    key: "users",
    result: "number",
    ofProperty: false,
    says: "How many different users had such an event.",
  },
  {
    key: "days",
    result: "number",
    ofProperty: false,
    says: "On how many different days there was such an event.",
  },
  {
    key: "sum",
    result: "number",
    ofProperty: true,
    says: "The sum of a number among the events' properties.",
  },
  {
    key: "avg",
    result: "number",
    ofProperty: true,
    says: "The average of a number among the events' properties.",
  },
  {
    key: "latest",
    result: "number",
    ofProperty: true,
    says: "The latest value of a number among the events' properties.",
  },
  {
    key: "max",
    result: "number",
    ofProperty: true,
    says: "The largest value of a number among the events' properties.",
  },
  {
    key: "min",
    result: "number",
    ofProperty: true,
    says: "The smallest value of a number among the events' properties.",
  },
  {
    key: "nps",
    result: "number",
    ofProperty: true,
    says: "The net promoter score, -100 to 100, from each user's latest answer.",
  },
  { key: "first", result: "time", ofProperty: false, says: "When the first such event happened." },
  { key: "last", result: "time", ofProperty: false, says: "When the last such event happened." },
];

/** `{ count: Logged In, over: 28d }`: facts over the events of an account. */
export const eventKinds: readonly FactKind[] = AGGREGATES.map((aggregate) => ({
  key: aggregate.key,
  schema: schemaOf(aggregate),
  madeOf: () => [],
  read: (entry, blocks) => readAggregate(aggregate, entry, blocks),
}));

function schemaOf({ key, ofProperty, says }: Aggregate): z.ZodObject {
  const of = ofProperty ? "EVENT.property" : "An event's name; * at its end stands for any ending";
  return z.strictObject({
    [key]: freeText(key, `${says} ${of}.`),
    where: rule(
      "Where",
      'Only events for which this holds: properties.feature == "search".',
    ).optional(),
    over: duration(
      1,
      "Over",
      "The days that count, today included; without it all history.",
    ).optional(),
    unit: freeText("Unit", "What the number counts, for people.").optional(),
  });
}

const whole = z.object({ over: duration(1, "", "").optional() });

function readAggregate(aggregate: Aggregate, entry: Entry, blocks: Blocks): ReadFact {
  const type: RuleType = { kind: aggregate.result };
  const valid = entry.shape(schemaOf(aggregate)) !== undefined;
  const where = entry.rule("where", blocks.scopes.event(), "boolean");
  const of = textOf(entry.field(aggregate.key));
  if (of === undefined) return { type, source: undefined };
  const named = aggregate.ofProperty ? splitProperty(entry, aggregate.key, of) : { event: of };
  if (!named) return { type, source: undefined };
  const pattern = readEventPattern(blocks.reading, named.event, entry.spanOf(aggregate.key));
  if (!pattern || !valid || (entry.has("where") && !where)) return { type, source: undefined };
  const { over } = whole.parse({ over: textOf(entry.field("over")) });
  const property = "property" in named ? named.property : undefined;
  return {
    type,
    source: { kind: "event", aggregate: { kind: aggregate.key, pattern, property, where, over } },
  };
}

/** `EVENT.property` splits at the last dot. */
function splitProperty(
  entry: Entry,
  key: string,
  text: string,
): { readonly event: string; readonly property: string } | undefined {
  const dot = text.lastIndexOf(".");
  const property = text.slice(dot + 1);
  if (dot > 0 && property !== "") return { event: text.slice(0, dot), property };
  const hint = `Write EVENT.property, like ${key}: API Called.calls.`;
  const message = `${key} is about a property of events, and "${text}" names none.`;
  entry.report("bad-event", message, hint, entry.spanOf(key));
  return undefined;
}
