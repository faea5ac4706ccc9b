import { mondayOf, WEEK } from "../../core/allocate/hours.ts";
import { type Day, dayOf, formatDay } from "../../core/time/day.ts";

export const STEPS = ["day", "week", "month", "quarter"] as const;
export type Step = (typeof STEPS)[number];

/** The days on which something is told: the first, each last day of a week or month, and the last. */
export function endsOf(from: Day, to: Day, by: Step): Day[] {
  const ends = [from];
  for (let end = lastDay(from + 1, by); end < to; end = lastDay(end + 1, by)) ends.push(end);
  if (to > from) ends.push(to);
  return ends;
}

/** The last day of the week, month or quarter that a day is in. */
export function lastDay(day: Day, by: Step): Day {
  if (by === "day") return day;
  if (by === "week") return mondayOf(day) + WEEK - 1;
  const [year = 0, month = 1] = formatDay(day).split("-").map(Number);
  const last = by === "month" ? month : Math.ceil(month / 3) * 3;
  return dayOf(last === 12 ? year + 1 : year, last === 12 ? 1 : last + 1, 1) - 1;
}

/** The first day of the month or quarter that a day is in. */
export function firstDay(day: Day, by: "month" | "quarter"): Day {
  const [year = 0, month = 1] = formatDay(day).split("-").map(Number);
  return dayOf(year, by === "month" ? month : Math.floor((month - 1) / 3) * 3 + 1, 1);
}
