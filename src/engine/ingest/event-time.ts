import { DAY_MS, type Day, dayOf, type Instant, parseDay } from "../../core/time/day.ts";
import { localDay, parseInstant } from "../../core/time/zone.ts";
import { LIMITS } from "./limits.ts";
import { quote } from "./plain-values.ts";

const LAST = dayOf(2101, 1, 1) * DAY_MS;
/** So much later than it happened a message counts as late: networks and retries take less. */
const LATE_MS = 3_600_000;

/** ISO 8601, a bare day, or seconds or milliseconds since 1970; undefined: none of them. */
export function readTime(value: unknown): Instant | undefined {
  if (typeof value === "number") {
    if (!Number.isFinite(value)) return undefined;
    return Math.round(Math.abs(value) < 1e11 ? value * 1000 : value);
  }
  if (typeof value !== "string") return undefined;
  const text = value.trim();
  const at = parseInstant(text, "UTC");
  if (at !== undefined) return at;
  const day = parseDay(text);
  return day === undefined ? undefined : day * DAY_MS;
}

/**
 * When something happened by our clock: the sender's may be wrong, but it was as wrong when it
 * sent, so `receivedAt − (sentAt − originalTimestamp)`.
 */
export function eventTime(
  original: unknown,
  sent: unknown,
  receivedAt: Instant,
): { readonly at: Instant } | { readonly problem: string } {
  if (original === undefined || original === null || original === "") return { at: receivedAt };
  const stated = readTime(original);
  if (stated === undefined)
    return { problem: `timestamp: ${quote(original)} is no time (write 2026-03-01T09:30:00Z)` };
  const sentAt = readTime(sent);
  const at = sentAt === undefined ? stated : receivedAt - (sentAt - stated);
  if (at > receivedAt + LIMITS.aheadMs)
    return { problem: `timestamp: ${quote(original)} lies more than 24 hours in the future` };
  if (at < 0 || at >= LAST)
    return { problem: `timestamp: ${quote(original)} lies outside the years 1970 to 2100` };
  return { at };
}

/** The day from which the traits of a late message count; null: from arrival. */
export function dayOfLate(at: Instant, receivedAt: Instant, zone: string): Day | null {
  if (receivedAt - at <= LATE_MS) return null;
  const day = localDay(at, zone);
  return day < localDay(receivedAt, zone) ? day : null;
}
