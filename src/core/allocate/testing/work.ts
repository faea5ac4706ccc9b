import { workCalendar } from "../../time/work-calendar.ts";
import { type Day, parseDay } from "../../time/day.ts";
import { frameOf } from "../frame.ts";
import type { Frame, PlannedWork } from "../types.ts";

/** A Monday. */
export const MONDAY = aDay("2026-03-02");

export const weekdays = workCalendar([1, 2, 3, 4, 5], () => new Set());

/** Weeks of five days of eight hours, from a Monday on. */
export function someWeeks(weeks: number, today: Day = MONDAY): Frame {
  return frameOf(today, weeks, weekdays, {
    workingHours: { from: 540, to: 1020 },
    workingDays: [1, 2, 3, 4, 5],
  });
}

let made = 0;

/** An hour's touch of Ann's for an account of its own, on the first Monday, that cannot move. */
export function someWork(work: Partial<PlannedWork> = {}): PlannedWork {
  made += 1;
  const id = `t${made}`;
  const due = work.due ?? MONDAY;
  return {
    touchId: id,
    account: `account of ${id}`,
    accountName: null,
    touchpoint: "check_in",
    title: "Check-in",
    program: "regular",
    due,
    minutes: 60,
    must: false,
    priority: 0,
    doer: "ann",
    revenue: 1000,
    level: "high",
    earliest: due,
    latest: due,
    ...work,
  };
}

export function aDay(text: string): Day {
  const day = parseDay(text);
  if (day === undefined) throw new Error(`${text} is no day`);
  return day;
}
