import type { RuleType, Value } from "../rules/types.ts";
import { type Day, formatDay, type Instant, parseDay } from "../time/day.ts";
import { localDay, parseInstant, startOfDay } from "../time/zone.ts";

import type { Json } from "./types.ts";

/**
 * A trait's value as its declared type. Numbers and booleans written as text are read; null and
 * "" are unknown (null). undefined: it does not fit and is refused, so that the old value stays.
 * A bare day is a day in `zone`; an instant given for a date is its day there; one without an
 * offset is the clock of `zone`.
 */
export function readTyped(type: RuleType, raw: Json, zone: string): Value | undefined {
  if (raw === null || raw === "") return null;
  if (typeof raw === "object") return undefined;
  switch (type.kind) {
    case "number":
      return readNumber(raw);
    case "boolean":
      return readBoolean(raw);
    case "date":
      return typeof raw === "string" ? readDay(raw, zone) : undefined;
    case "time":
      return typeof raw === "string" ? readInstant(raw, zone) : undefined;
    case "string":
      return String(raw);
    case "any":
      return raw;
  }
}

function readNumber(raw: string | number | boolean): number | undefined {
  if (typeof raw === "boolean") return undefined;
  if (typeof raw === "string" && !/^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?\s*$/.test(raw))
    return undefined;
  const value = Number(raw);
  return Number.isFinite(value) ? value : undefined;
}

function readBoolean(raw: string | number | boolean): boolean | undefined {
  if (typeof raw === "boolean") return raw;
  const text = typeof raw === "string" ? raw.trim().toLowerCase() : "";
  if (text === "true") return true;
  return text === "false" ? false : undefined;
}

/** `2026-03-01`, or an instant, as a local day. */
export function readDay(text: string, zone: string): Day | undefined {
  const day = parseDay(text.trim());
  if (day !== undefined) return day;
  const at = parseInstant(text.trim(), zone);
  return at === undefined ? undefined : localDay(at, zone);
}

/** An instant, or a bare day as its local midnight. */
export function readInstant(text: string, zone: string): Instant | undefined {
  const at = parseInstant(text.trim(), zone);
  if (at !== undefined) return at;
  const day = parseDay(text.trim());
  return day === undefined ? undefined : startOfDay(day, zone);
}

/** How a typed value looks in JSON: dates as days, times as instants in UTC. */
export function showTyped(type: RuleType, value: Value): string | number | boolean | null {
  if (typeof value !== "number") return value;
  if (type.kind === "date") return formatDay(value);
  return type.kind === "time" ? new Date(value).toISOString() : value;
}
