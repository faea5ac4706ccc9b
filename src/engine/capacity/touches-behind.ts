import { fitOf, mattersMore } from "../../core/allocate/fit.ts";
import { frameOf, weekOf } from "../../core/allocate/frame.ts";
import type { Fit, Frame, PlannedWork } from "../../core/allocate/types.ts";
import type { Day } from "../../core/time/day.ts";
import { todayOf } from "../book-history/book-today.ts";
import type { EngineContext } from "../context.ts";
import { workspaceCalendar } from "../holidays.ts";
import { capacityWhatIf, type WhatIfWish } from "./capacity-what-if.ts";
import { readMembers } from "./read-book.ts";
import { staffedBook } from "./staffed-book.ts";

export interface TouchBehind {
  readonly work: PlannedWork;
  readonly week: Day;
  /** There are no hours left for it. */
  readonly isUnfit: boolean;
}

/** What a figure of the heat map is made of: a doer's touches, of one week or of all of them. */
export async function touchesBehind(
  context: EngineContext,
  doer: string,
  week: Day | null,
  weeks: number,
): Promise<readonly TouchBehind[]> {
  const { book, today } = await todayOf(context);
  const { workspace } = book.model;
  const team = await readMembers(context);
  const { work } = await staffedBook(context, book, team, today);
  const frame = frameOf(today, weeks, workspaceCalendar(workspace), workspace);
  return behind(work, fitOf(work, team, frame, doer), frame, { doer, week });
}

/** The same as it would be with another team: who does what then, and what fits. */
export async function triedTouches(
  context: EngineContext,
  wish: WhatIfWish,
  doer: string,
  week: Day | null,
): Promise<readonly TouchBehind[]> {
  const { after, frame } = await capacityWhatIf(context, wish);
  return behind(after.work, after.fit, frame, { doer, week });
}

function behind(
  work: readonly PlannedWork[],
  { list }: Fit,
  frame: Frame,
  { doer, week }: { readonly doer: string; readonly week: Day | null },
): readonly TouchBehind[] {
  const unfit = new Set(list.map((one) => one.work.touchId));
  return work
    .filter((one) => one.doer === doer)
    .map((one) => ({
      work: one,
      week: frame.weeks[weekOf(frame, one.due)],
      isUnfit: unfit.has(one.touchId),
    }))
    .filter((one): one is TouchBehind => one.week !== undefined && (week ?? one.week) === one.week)
    .toSorted((a, b) => a.week - b.week || mattersMore(a.work, b.work));
}
