import { DAY_MS, type Day, dayOf, isoWeekday } from "../time/day.ts";

export type PeriodLength = "week" | "month";

/** Days that are counted together, both ends included. */
export interface Period {
  readonly from: Day;
  readonly to: Day;
}

/** Weeks from Monday to Sunday, or calendar months; the first and the last may be cut short. */
export function periodsOf(from: Day, to: Day, length: PeriodLength): Period[] {
  const periods: Period[] = [];
  for (let day = from; day <= to;) {
    const last = Math.min(to, lastDay(day, length));
    periods.push({ from: day, to: last });
    day = last + 1;
  }
  return periods;
}

function lastDay(day: Day, length: PeriodLength): Day {
  if (length === "week") return day + 7 - isoWeekday(day);
  const date = new Date(day * DAY_MS);
  return dayOf(date.getUTCFullYear(), date.getUTCMonth() + 2, 1) - 1;
}
