import { type Day, isoWeekday, yearOf } from "./day.ts";

/** On which days people work: what a human touch is moved to. */
export interface WorkCalendar {
  isWorkingDay(day: Day): boolean;
  /** Working days of a week without holidays: what weekly hours are spread over. */
  readonly daysAWeek: number;
}

/** Longer than any run of holidays: past it, a calendar without working days gives up. */
const LONGEST_BREAK = 366;

/**
 * @param workingDays 1 (Monday) to 7
 * @param holidaysOf the days off of a calendar year; asked once per year
 */
export function workCalendar(
  workingDays: readonly number[],
  holidaysOf: (year: number) => ReadonlySet<Day>,
): WorkCalendar {
  const weekdays = new Set(workingDays);
  const years = new Map<number, ReadonlySet<Day>>();
  const holidays = (year: number): ReadonlySet<Day> => {
    let days = years.get(year);
    if (!days) {
      days = holidaysOf(year);
      years.set(year, days);
    }
    return days;
  };
  return {
    isWorkingDay: (day) => weekdays.has(isoWeekday(day)) && !holidays(yearOf(day)).has(day),
    daysAWeek: weekdays.size,
  };
}

/** `day` itself when it is a working day, else the next one; `day` where there is none for a year. */
export function nextWorkingDay(calendar: WorkCalendar, day: Day): Day {
  for (let next = day; next <= day + LONGEST_BREAK; next++) {
    if (calendar.isWorkingDay(next)) return next;
  }
  return day;
}

/** The `count`th working day after `day`. */
export function addWorkingDays(calendar: WorkCalendar, day: Day, count: number): Day {
  let reached = day;
  for (let passed = 0; passed < count; passed++) reached = nextWorkingDay(calendar, reached + 1);
  return reached;
}
