import { readTyped, showTyped } from "../../core/facts/read-typed.ts";
import type { Json } from "../../core/facts/types.ts";
import type { RuleType } from "../../core/rules/types.ts";
import { storableText } from "../../core/text/storable-text.ts";
import type { RowScalar } from "../ports.ts";
import { LIMITS } from "./limits.ts";

/** Any object of a message, before anybody looked at it. */
export type Fields = { readonly [key: string]: unknown };

export function asFields(value: unknown): Fields | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : null;
}

/** Trimmed text, storable before ids are compared; numbers are read as text; anything else, and nothing, is null. */
export function textOf(value: unknown): string | null {
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : null;
  if (typeof value !== "string") return null;
  const text = storableText(value).trim();
  return text === "" ? null : text;
}

export function isTooLong(text: string, most: number = LIMITS.nameBytes): boolean {
  // A character is at most three bytes per UTF-16 unit, so short ones need no counting.
  return text.length * 3 > most && Buffer.byteLength(text) > most;
}

export interface ValuesRead<T> {
  readonly values: Record<string, T>;
  /** What of them was left out, and why. */
  readonly warnings: string[];
}

/**
 * Traits as columns of an import hold them: scalars; lists and objects are their JSON text; null
 * and empty text clear. A value that does not fit its declared type is left out, so that the old
 * one stays.
 */
export function readTraits(
  traits: Iterable<readonly [string, unknown]>,
  types: ReadonlyMap<string, RuleType>,
  zone: string,
): ValuesRead<RowScalar | null> {
  return readEach(traits, (name, value, warn) => {
    const scalar = scalarOf(value);
    const type = types.get(name);
    if (!type || type.kind === "any" || scalar === null) return scalar;
    const typed = readTyped(type, scalar, zone);
    if (typed !== undefined) return showTyped(type, typed);
    warn(`${name}: ${quote(scalar)} is no ${type.kind}`);
    return undefined;
  });
}

/** An event's properties: nested ones stay as they are, what is null or empty is left out. */
export function readProperties(properties: Iterable<readonly [string, unknown]>): ValuesRead<Json> {
  return readEach(properties, (_name, value) => {
    if (typeof value === "object" && value !== null) return value as Json;
    return scalarOf(value) ?? undefined;
  });
}

function readEach<T>(
  entries: Iterable<readonly [string, unknown]>,
  read: (name: string, value: unknown, warn: (text: string) => void) => T | undefined,
): ValuesRead<T> {
  const values: Record<string, T> = {};
  const warnings: string[] = [];
  for (const [rawName, value] of entries) {
    const name = storableText(rawName).trim();
    if (name === "" || name === "__proto__") continue;
    if (isTooLong(name)) {
      warnings.push(`a name longer than ${LIMITS.nameBytes} bytes was left out: ${quote(name)}`);
      continue;
    }
    const made = read(name, value, (text) => warnings.push(text));
    if (made !== undefined) values[name] = made;
  }
  return { values, warnings };
}

function scalarOf(value: unknown): RowScalar | null {
  switch (typeof value) {
    case "string":
      return value.trim() === "" ? null : storableText(value);
    case "number":
      // 1e999 is read as infinity, which no JSON holds.
      return Number.isFinite(value) ? value : null;
    case "boolean":
      return value;
    default:
      return value === null || value === undefined ? null : storableText(JSON.stringify(value));
  }
}

/** For messages: short, whatever was sent. */
export function quote(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** Whether lists and objects are nested deeper than is read; walks no deeper than that. */
export function isTooDeep(value: unknown, room: number = LIMITS.depth): boolean {
  if (typeof value !== "object" || value === null) return false;
  if (room === 0) return true;
  if (Array.isArray(value)) return value.some((part) => isTooDeep(part, room - 1));
  for (const name in value) if (isTooDeep((value as Fields)[name], room - 1)) return true;
  return false;
}
