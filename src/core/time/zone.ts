import { type Day, DAY_MS, type Instant, parseDay } from "./day.ts";
import { isKnownZone, zoneNamed } from "./zone-offsets.ts";

const INSTANT_TEXT =
  /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?([Zz]|[+-]\d{2}(?::?\d{2})?)?$/;

/** Whether `name` is an IANA time zone (`Europe/Berlin`, `UTC`); an offset (`+02:00`) is none. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  if (isKnownZone(name)) return true;
  try {
    zoneNamed(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The calendar day on which `at` falls in `zone`. Throws RangeError when there is no such zone. */
export function localDay(at: Instant, zone: string): Day {
  return Math.floor((at + zoneNamed(zone).offset(at)) / DAY_MS);
}

/** `localDay` for one zone, which is looked up once. */
export function localDayIn(name: string): (at: Instant) => Day {
  const zone = zoneNamed(name);
  return (at) => Math.floor((at + zone.offset(at)) / DAY_MS);
}

/** Minutes after local midnight by the clock on the wall, whole: 0 to 1439. */
export function localMinutes(at: Instant, zone: string): number {
  const local = at + zoneNamed(zone).offset(at);
  return Math.floor((local - Math.floor(local / DAY_MS) * DAY_MS) / 60_000);
}

/**
 * The instant at which clocks in `zone` show `minutes` after midnight on `day`. A time that
 * clocks skip becomes the first instant after the gap; of one shown twice it is the first.
 */
export function instantAt(day: Day, minutes: number, zone: string): Instant {
  return zoneNamed(zone).instantOf(day * DAY_MS + minutes * 60_000);
}

/** The first instant of `day` in `zone`; where clocks skip midnight, or the day, the next there is. */
export function startOfDay(day: Day, zone: string): Instant {
  return instantAt(day, 0, zone);
}

/**
 * ISO 8601 date and time → instant. Without `Z` or an offset it is the clock of `zone`, or
 * nothing where no zone is given. Undefined when the text is no real date and time.
 */
export function parseInstant(text: string, zone?: string): Instant | undefined {
  const match = INSTANT_TEXT.exec(text.trim());
  const day = match?.[1] === undefined ? undefined : parseDay(match[1]);
  if (!match || day === undefined) return undefined;
  const [hours, minutes, seconds] = [Number(match[2]), Number(match[3]), Number(match[4] ?? 0)];
  // 60 is a leap second, which no clock of ours shows: it becomes the second before.
  if (hours > 23 || minutes > 59 || seconds > 60) return undefined;
  const millis = Math.min(seconds, 59) * 1000 + Number((match[5] ?? "").padEnd(3, "0").slice(0, 3));
  const clock = hours * 60 + minutes;
  if (match[6] === undefined) {
    return zone === undefined ? undefined : instantAt(day, clock, zone) + millis;
  }
  const offset = offsetMinutes(match[6]);
  if (offset === undefined) return undefined;
  return day * DAY_MS + (clock - offset) * 60_000 + millis;
}

function offsetMinutes(text: string): number | undefined {
  if (text.toUpperCase() === "Z") return 0;
  const digits = text.slice(1).replace(":", "");
  const [hours, minutes] = [Number(digits.slice(0, 2)), Number(digits.slice(2) || 0)];
  if (hours > 23 || minutes > 59) return undefined;
  return (text.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}

/** `2026-03-01` → a day; `2026-03-01T10:00:00Z` → an instant; undefined when it is neither. */
export function parseDayOrInstant(
  text: string,
  zone?: string,
): { readonly day: Day } | { readonly at: Instant } | undefined {
  const day = parseDay(text.trim());
  if (day !== undefined) return { day };
  const at = parseInstant(text, zone);
  return at === undefined ? undefined : { at };
}

/** An instant → `2026-03-01T10:00:00.000Z`, or without the milliseconds when there are none. */
export function formatInstant(at: Instant): string {
  return new Date(at).toISOString().replace(".000Z", "Z");
}
