import type { RuleKind } from "./types.ts";

/** How people are told of a kind. */
export const KIND_WORDS: Readonly<Record<RuleKind, string>> = {
  number: "a number",
  string: "a text",
  boolean: "true or false",
  date: "a date",
  time: "a time",
  any: "a value of an event",
};

/** Kinds that are computed with as doubles: numbers, dates (Day) and times (Instant). */
export type NumericKind = "number" | "date" | "time";

export function isNumeric(kind: RuleKind): kind is NumericKind {
  return kind === "number" || kind === "date" || kind === "time";
}

/**
 * The kind as which values of two kinds meet, in a comparison or as the branches of `? :`:
 * their own when they agree; a time meets a date as its local day; what an event brings meets
 * anything as that. Undefined: they never meet.
 */
export function meet(a: RuleKind, b: RuleKind): RuleKind | undefined {
  if (a === b || b === "any") return a;
  if (a === "any") return b;
  const days = (a === "date" && b === "time") || (a === "time" && b === "date");
  return days ? "date" : undefined;
}

/** May a value of kind `is` stand where `wanted` is needed? */
export function fits(is: RuleKind, wanted: RuleKind): boolean {
  return is === wanted || is === "any" || (wanted === "date" && is === "time");
}
