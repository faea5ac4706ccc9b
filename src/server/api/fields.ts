import { z } from "zod";
import { parseDay } from "../../core/time/day.ts";
import { formatDay } from "../../core/time/day.ts";
import { parseInstant } from "../../core/time/zone.ts";
import { formatInstant } from "../../core/time/zone.ts";

/** What stands in requests and answers everywhere, each written once. */

export const ID = z.string().min(1).max(500);

/** `2026-03-02` → a Day. */
export const dayIn = z
  .string()
  .meta({ format: "date", description: "A day like 2026-03-02." })
  .refine((text) => parseDay(text) !== undefined, {
    error: "expected a day of the calendar like 2026-03-02",
  });

/** `2026-03-02T15:00:00Z`, or with another offset → an Instant. */
export const timeIn = z
  .string()
  .meta({ format: "date-time", description: "A time like 2026-03-02T15:00:00Z." })
  .refine((text) => parseInstant(text) !== undefined, {
    error: "expected a time like 2026-03-02T15:00:00Z",
  });

export const dayOut = z.string().meta({ format: "date" });
export const timeOut = z.string().meta({ format: "date-time" });

export function dayOf(text: string): number {
  const day = parseDay(text);
  if (day === undefined) throw new Error(`${text} is no day`);
  return day;
}

export function instantOf(text: string): number {
  const at = parseInstant(text);
  if (at === undefined) throw new Error(`${text} is no time`);
  return at;
}

export const dayText = (day: number | null): string | null =>
  day === null ? null : formatDay(day);
export const timeText = (at: number | null): string | null =>
  at === null ? null : formatInstant(at);

/** Why a person does it: kept for the record. */
export const reasonIn = z
  .string()
  .trim()
  .min(1, "expected a reason: it is kept with the change")
  .max(2000)
  .meta({ description: "Why; kept in the audit log." });

const scalar = z.union([z.string().max(100_000), z.number(), z.boolean(), z.null()], {
  error: "expected a text, a number, true, false, or null to clear it",
});
export const traitsIn = z
  .record(z.string().min(1).max(200), scalar)
  .refine((traits) => Object.keys(traits).length <= 500, { error: "expected at most 500 traits" })
  .meta({ description: "Trait → value; null clears it." });

export const traitsOut = z.record(z.string(), z.unknown());

/** `?flag=true`. */
export const flagIn = z
  .enum(["true", "false"], { error: "expected true or false" })
  .transform((text) => text === "true");

/** Fields that were given, without those that are undefined. */
export function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
