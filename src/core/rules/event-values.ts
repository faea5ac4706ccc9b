import { type Day, type Instant, parseDay } from "../time/day.ts";
import { parseInstant } from "../time/zone.ts";
import { truth, type Truth } from "./three-valued.ts";
import type { Env, RuleKind, Value } from "./types.ts";

/**
 * What an event brings has no declared type: it is taken as what its place in the rule needs,
 * and is unknown where it is no such thing. Days and instants come as ISO texts.
 */
export function asNumber(value: Value): number {
  return typeof value === "number" && Number.isFinite(value) ? value : Number.NaN;
}

export function asText(value: Value): string | null {
  return typeof value === "string" ? value : null;
}

export function asDay(value: Value, env: Env): Day {
  if (typeof value !== "string") return Number.NaN;
  const at = asInstant(value);
  return parseDay(value) ?? (Number.isNaN(at) ? at : env.localDay(at));
}

export function asInstant(value: Value): Instant {
  return typeof value === "string" ? (parseInstant(value) ?? Number.NaN) : Number.NaN;
}

export function asTruth(value: Value): Truth {
  return truth(value === true, value === false);
}

/** A value of kind `from` as the kind in which it meets another (see `meet`). */
export function converted(value: Value, from: RuleKind, to: RuleKind, env: Env): Value {
  if (value === null || from === to) return value;
  if (from === "time") return typeof value === "number" ? env.localDay(value) : null;
  switch (to) {
    case "number":
      return known(asNumber(value));
    case "date":
      return known(asDay(value, env));
    case "time":
      return known(asInstant(value));
    case "string":
      return asText(value);
    case "boolean":
      return typeof value === "boolean" ? value : null;
    case "any":
      return value;
  }
}

function known(x: number): Value {
  return Number.isNaN(x) ? null : x;
}
