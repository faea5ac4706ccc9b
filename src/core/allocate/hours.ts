import { DAY_MS, type Day, dayOf, isoWeekday } from "../time/day.ts";
import type { WorkCalendar } from "../time/work-calendar.ts";
import type { Member } from "./types.ts";

/**
 * What somebody's week holds: the agreed hours spread over the workspace's working days, less
 * leave, holidays and days before the first and after the last; who is new ramps up.
 */
export const WEEK = 7;
/** What part of the hours is there in the months since the first day; all of it after them. */
const RAMP_UP = [0, 0.5, 0.5];

/** The Monday of a day's week. */
export function mondayOf(day: Day): Day {
  return day - isoWeekday(day) + 1;
}

type Hours = Pick<Member, "hoursPerWeek" | "startsOn" | "endsOn" | "leave">;

/**
 * Minutes that somebody has in a week; null when nobody has said how many hours they work.
 * @param week its Monday
 * @param from the first day that counts: of the week that has begun only the rest is left
 */
export function memberMinutes(
  member: Hours,
  week: Day,
  calendar: WorkCalendar,
  from: Day = week,
): number | null {
  if (member.hoursPerWeek === null) return null;
  let days = 0;
  for (let day = Math.max(week, from); day < week + WEEK; day++) {
    days += partOfDay(member, day, calendar);
  }
  return minutesOf(member.hoursPerWeek, days, calendar);
}

/** Minutes that somebody has on a day. */
export function minutesOn(member: Hours, day: Day, calendar: WorkCalendar): number | null {
  if (member.hoursPerWeek === null) return null;
  return minutesOf(member.hoursPerWeek, partOfDay(member, day, calendar), calendar);
}

function minutesOf(hoursPerWeek: number, days: number, { daysAWeek }: WorkCalendar): number {
  return daysAWeek === 0 ? 0 : (hoursPerWeek * 60 * days) / daysAWeek;
}

/** 0 to 1 of a working day. */
function partOfDay(member: Hours, day: Day, calendar: WorkCalendar): number {
  if (!calendar.isWorkingDay(day)) return 0;
  if (member.endsOn !== null && day > member.endsOn) return 0;
  if (member.leave.some(({ from, to }) => from <= day && day <= to)) return 0;
  return member.startsOn === null ? 1 : rampedUp(member.startsOn, day);
}

/** Months are those of the calendar, counted from the first day. */
function rampedUp(startsOn: Day, day: Day): number {
  if (day < startsOn) return 0;
  const month = RAMP_UP.findIndex((_, index) => day < addMonths(startsOn, index + 1));
  return RAMP_UP[month] ?? 1;
}

/** The same day some months on; the last of the month where it has no such day. */
export function addMonths(day: Day, months: number): Day {
  const date = new Date(day * DAY_MS);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth() + 1 + months;
  const last = dayOf(year, month + 1, 1) - 1;
  return Math.min(dayOf(year, month, date.getUTCDate()), last);
}
