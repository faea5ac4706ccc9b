import { fitOf } from "../../core/allocate/fit.ts";
import { frameOf, weekOf } from "../../core/allocate/frame.ts";
import { minutesOn, WEEK } from "../../core/allocate/hours.ts";
import { bandOf, weekMinutes } from "../../core/allocate/load.ts";
import { WorkReader } from "../../core/allocate/planned-work.ts";
import type { Frame, LoadBand, Member, PlannedWork } from "../../core/allocate/types.ts";
import type { Model } from "../../core/model/types.ts";
import type { Day } from "../../core/time/day.ts";
import { workspaceCalendar } from "../holidays.ts";
import type { ToDoRow } from "./to-do-row.ts";

interface Load {
  readonly minutes: number;
  /** Minutes there are; null: nobody has said how many hours they work. */
  readonly capacity: number | null;
  readonly band: LoadBand;
  readonly touches: number;
}
export interface DayLoad extends Load {
  readonly day: Day;
  readonly working: boolean;
}
export interface WeekOfMine extends Load {
  readonly week: Day;
  readonly days: readonly DayLoad[];
}

/** A person's weeks: what is planned against the hours there are, and what there are none for. */
export interface MyLoad {
  readonly weeks: readonly WeekOfMine[];
  /** Least costly to leave out first. */
  readonly unfit: readonly { readonly work: PlannedWork; readonly week: Day }[];
}

/** This week (at its end the next) and the one after it. */
const WEEKS = 2;

export function weeksAhead({ workspace }: Model, today: Day): Frame {
  return frameOf(today, WEEKS, workspaceCalendar(workspace), workspace);
}

/**
 * Whether somebody's touches fit their hours, reckoned as for the whole team (`capacity`): overdue
 * ones count today, and hours go to what matters most.
 */
export function loadOfMember(
  model: Model,
  member: Member,
  rows: readonly ToDoRow[],
  frame: Frame,
): MyLoad {
  const reader = new WorkReader(model, [member], frame.today);
  const work = rows.flatMap(({ touch, accountName, level, stakes }) => {
    const account = { name: accountName, level, revenue: stakes.revenue };
    const read = reader.read(touch, account);
    return read ? [{ ...read, doer: member.id }] : [];
  });
  const unfit = fitOf(work, [member], frame, member.id).list;
  return {
    weeks: frame.weeks.map((week, slot) => weekOfMember(member, week, slot, work, frame)),
    unfit,
  };
}

function weekOfMember(
  member: Member,
  week: Day,
  slot: number,
  work: readonly PlannedWork[],
  frame: Frame,
): WeekOfMine {
  const ofWeek = work.filter(({ due }) => weekOf(frame, due) === slot);
  const days = Array.from({ length: WEEK }, (_, index) => week + index).map((day): DayLoad => {
    const isFirst = day === Math.max(frame.today, frame.weeks[0] ?? frame.today);
    const ofDay = ofWeek.filter(({ due }) => due === day || (isFirst && due < day));
    const capacity = day < frame.today ? 0 : minutesOn(member, day, frame.calendar);
    return { day, working: frame.calendar.isWorkingDay(day), ...loadOf(ofDay, capacity) };
  });
  return { week, days, ...loadOf(ofWeek, weekMinutes(member, frame, slot)) };
}

function loadOf(work: readonly PlannedWork[], capacity: number | null): Load {
  const minutes = work.reduce((sum, one) => sum + one.minutes, 0);
  return { minutes, capacity, band: bandOf(minutes, capacity), touches: work.length };
}
