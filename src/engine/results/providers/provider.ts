import type { Json } from "../../../core/facts/types.ts";
import type { PostedReport } from "../take-reports.ts";

/** How one mail provider tells of bounces, complaints and the like. */
export interface Provider {
  readonly name: string;
  /** What one of its messages reports; null: it is none of its messages. */
  read(message: JsonObject): readonly PostedReport[] | null;
}

export type JsonObject = Readonly<Record<string, Json | undefined>>;

export function objectAt(value: Json | undefined): JsonObject | null {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : null;
}

export function textAt(value: Json | undefined): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

export function listAt(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

/** Seconds since 1970, or ISO 8601; undefined: neither. */
export function instantAt(value: Json | undefined): number | undefined {
  const ms = typeof value === "number" ? value * 1000 : Date.parse(textAt(value) ?? "");
  return Number.isFinite(ms) ? Math.round(ms) : undefined;
}

/** A report without the fields that are not known. */
export function reportOf(fields: {
  readonly [F in keyof PostedReport]: PostedReport[F] | undefined;
}): PostedReport {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as unknown as PostedReport;
}
