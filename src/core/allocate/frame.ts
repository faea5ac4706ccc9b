import type { Workspace } from "../model/types.ts";
import type { Day } from "../time/day.ts";
import { nextWorkingDay, type WorkCalendar } from "../time/work-calendar.ts";
import { mondayOf, WEEK } from "./hours.ts";
import type { Frame } from "./types.ts";

/** The coming weeks. At a weekend the first is the one to come: nobody works in this one any more. */
export function frameOf(
  today: Day,
  weeks: number,
  calendar: WorkCalendar,
  workspace: Pick<Workspace, "workingHours" | "workingDays">,
): Frame {
  const first = mondayOf(nextWorkingDay(calendar, today));
  const { workingHours, workingDays } = workspace;
  return {
    today,
    weeks: Array.from({ length: weeks }, (_, index) => first + index * WEEK),
    calendar,
    fullWeek: (workingHours.to - workingHours.from) * workingDays.length,
  };
}

/** In which of the weeks something falls; what is overdue falls in the first. -1: later than all. */
export function weekOf({ weeks }: Frame, due: Day): number {
  const index = Math.max(0, Math.floor((due - (weeks[0] ?? due)) / WEEK));
  return index < weeks.length ? index : -1;
}
