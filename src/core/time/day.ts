/**
 * A calendar day, as whole days since 1970-01-01. Time in the model language has the grain
 * of a day, so almost everything in the core counts in these and never in instants.
 */
export type Day = number;

/** An instant, in milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

export const DAY_MS = 86_400_000;

const DAY_TEXT = /^(\d{4})-(\d{2})-(\d{2})$/;

/** `2026-03-01` → its day; undefined when the text is not a real calendar day. */
export function parseDay(text: string): Day | undefined {
  const match = DAY_TEXT.exec(text);
  if (!match) return undefined;
  const day = dayOf(Number(match[1]), Number(match[2]), Number(match[3]));
  return formatDay(day) === text ? day : undefined;
}

/** Year, month 1 to 12 and day of the month → day. */
export function dayOf(year: number, month: number, dayOfMonth: number): Day {
  return Date.UTC(year, month - 1, dayOfMonth) / DAY_MS;
}

/** A book has few days and says them often. */
const TEXTS = new Map<Day, string>();
const MOST_TEXTS = 20_000;

/** A day → `2026-03-01`. */
export function formatDay(day: Day): string {
  let text = TEXTS.get(day);
  if (text === undefined) {
    text = new Date(day * DAY_MS).toISOString().slice(0, 10);
    if (TEXTS.size >= MOST_TEXTS) TEXTS.clear();
    TEXTS.set(day, text);
  }
  return text;
}

/** Monday is 1, Sunday is 7. */
export function isoWeekday(day: Day): number {
  return ((((Math.floor(day) + 3) % 7) + 7) % 7) + 1;
}

export function yearOf(day: Day): number {
  return new Date(day * DAY_MS).getUTCFullYear();
}
