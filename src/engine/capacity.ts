import { type BusyDay, busiestDays } from "../core/allocate/busiest-days.ts";
import { type Capacity, capacityOf } from "../core/allocate/capacity-of.ts";
import { fitOf } from "../core/allocate/fit.ts";
import { frameOf } from "../core/allocate/frame.ts";
import type { Fit, Frame, Member } from "../core/allocate/types.ts";
import { type AddHead, type TakeLeave, type WhatIf, whatIf } from "../core/allocate/what-if.ts";
import type { Model } from "../core/model/index.ts";
import type { Day } from "../core/time/day.ts";
import { AppError } from "./app-error.ts";
import { todayOf } from "./book-history/book-today.ts";
import { readMembers } from "./capacity/read-book.ts";
import { readHead, readLeave } from "./capacity/read-changes.ts";
import { staffedBook } from "./capacity/staffed-book.ts";
import type { EngineContext } from "./context.ts";
import { nearestOrAll } from "./did-you-mean.ts";
import { workspaceCalendar } from "./holidays.ts";

export interface CapacityOptions {
  /** 8 where it is left out. */
  readonly weeks?: number;
  /** A person's id, `pod:NAME`, `pool` or a role: only their touches. */
  readonly who?: string;
  /** `csm:EMEA@2026-12-01` */
  readonly addHead?: string;
  /** `ann:2026-12-07..2026-12-11` */
  readonly leave?: string;
}

/** Whether the work that is planned fits the hours that there are. */
export interface CapacityReport extends Capacity {
  readonly model: Model;
  readonly version: number;
  readonly today: Day;
  readonly frame: Frame;
  /** Touches are planned up to this day: weeks after it show less than there will be. */
  readonly plannedThrough: Day;
  readonly team: readonly Member[];
  readonly fit: Fit;
  readonly busiest: readonly BusyDay[];
  readonly whatIfs: readonly { readonly change: AddHead | TakeLeave; readonly changes: WhatIf }[];
  readonly who: string | null;
}

export const WEEKS_AHEAD = 8;
const MOST_WEEKS = 26;
/** Days that are told of. */
export const BUSIEST = 10;

export async function capacity(
  context: EngineContext,
  options: CapacityOptions = {},
): Promise<CapacityReport> {
  const weeks = weeksOf(options.weeks);
  const { book: now, today } = await todayOf(context);
  const { model } = now;
  const team = await readMembers(context);
  const changes = changesOf(options, team, today);
  const book = await staffedBook(context, now, team, today);
  const frame = frameOf(today, weeks, workspaceCalendar(model.workspace), model.workspace);
  const whole = capacityOf({ levels: model.levels, ...book, team, frame });
  const who = options.who ?? null;
  if (who !== null) findDoer(who, whole, team);
  const isShown = ({ doer }: { readonly doer: string }) => who === null || doer === who;
  const { work } = book;
  return {
    ...whole,
    doers: whole.doers.filter(isShown),
    model,
    version: now.modelVersion,
    today,
    frame,
    plannedThrough: today + model.workspace.planAhead,
    team,
    fit: fitOf(work, team, frame, options.who),
    busiest: busiestDays(work, team, frame, BUSIEST, options.who),
    whatIfs: changes.map((change) => ({ change, changes: whatIf(change, work, team, frame) })),
    who,
  };
}

function weeksOf(weeks = WEEKS_AHEAD): number {
  if (Number.isInteger(weeks) && weeks >= 1 && weeks <= MOST_WEEKS) return weeks;
  throw new AppError(
    "bad-value",
    `${weeks} weeks cannot be looked ahead.`,
    `Say a whole number from 1 to ${MOST_WEEKS}.`,
  );
}

function changesOf(
  { addHead, leave }: CapacityOptions,
  team: readonly Member[],
  today: Day,
): (AddHead | TakeLeave)[] {
  return [
    ...(addHead === undefined ? [] : [readHead(addHead, team, today)]),
    ...(leave === undefined ? [] : [readLeave(leave, team)]),
  ];
}

/** Somebody of the team, or whoever else has a touch to do. */
function findDoer(who: string, { doers }: Capacity, team: readonly Member[]): void {
  const known = [...new Set([...team.map(({ id }) => id), ...doers.map(({ doer }) => doer)])];
  if (known.includes(who)) return;
  throw new AppError(
    "unknown-member",
    `Nobody called \`${who}\` is in the team or has a touch to do.`,
    nearestOrAll(who, known),
  );
}
