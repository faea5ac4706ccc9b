/** Days as `YYYY-MM-DD`, counted without time zones. */

const DAY_MS = 86_400_000;

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** 1 (Monday) to 7. */
export function isoWeekday(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

export function monday(day: string): string {
  return addDays(day, 1 - isoWeekday(day));
}

export function addMonths(day: string, months: number): string {
  const [year = 0, month = 1] = day.split("-").map(Number);
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
}

/** The whole weeks that show a month, Monday to Sunday. */
export function monthGrid(day: string): string[][] {
  const first = `${day.slice(0, 7)}-01`;
  const last = addDays(addMonths(first, 1), -1);
  return weeksBetween(monday(first), last);
}

/** Weeks of seven days from a Monday on, until the last day is shown. */
export function weeksBetween(firstMonday: string, last: string): string[][] {
  const weeks: string[][] = [];
  for (let start = firstMonday; start <= last; start = addDays(start, 7))
    weeks.push(Array.from({ length: 7 }, (_, n) => addDays(start, n)));
  return weeks;
}

const zones = new Map<string, Intl.DateTimeFormat>();

/** The local day of an instant in a time zone. */
export function localDayOf(at: string, timeZone: string): string {
  const zone =
    zones.get(timeZone) ?? new Intl.DateTimeFormat("en-CA", { timeZone, dateStyle: "short" });
  zones.set(timeZone, zone);
  return zone.format(new Date(at));
}
