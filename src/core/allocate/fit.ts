import { type DoerWork, groupWork, weeklySupply } from "./load.ts";
import { type Minutes, Supply } from "./supply.ts";
import type { Fit, FitSummary, Frame, Member, PlannedWork, Unfit } from "./types.ts";

/**
 * Which touches there are no hours for. Each doer's week is filled in the order of what matters:
 * touches that must happen, then by the model's `caps.priority`, then by revenue; from the first
 * for which the hours do not reach, nothing fits any more.
 * @param only a doer: what others do is left out
 */
export function fitOf(
  work: readonly PlannedWork[],
  team: readonly Member[],
  frame: Frame,
  only?: string,
): Fit {
  const byDoer = groupWork(work, frame);
  const capacity = weeklySupply(new Supply(team), byDoer, frame);
  const shown = only === undefined ? byDoer : [...byDoer].filter(([doer]) => doer === only);
  return fitInto(new Map(shown), capacity, frame);
}

export function fitInto(
  byDoer: ReadonlyMap<string, DoerWork>,
  capacity: ReadonlyMap<string, Minutes>,
  frame: Frame,
): Fit {
  const fits: PlannedWork[] = [];
  const unknown: PlannedWork[] = [];
  const unfit: Unfit[] = [];
  for (const [doer, { byWeek }] of byDoer) {
    for (const [index, planned] of byWeek.entries()) {
      const has = capacity.get(doer)?.[index] ?? null;
      if (has === null) {
        unknown.push(...planned);
        continue;
      }
      const week = frame.weeks[index] ?? 0;
      const inOrder = planned.toSorted(mattersMore);
      const reached = reaches(inOrder, has);
      fits.push(...inOrder.slice(0, reached));
      unfit.push(...inOrder.slice(reached).map((one) => ({ work: one, week })));
    }
  }
  const list = unfit.toSorted((a, b) => mattersMore(b.work, a.work));
  return {
    fits: summaryOf(fits),
    unfit: summaryOf(list.map((one) => one.work)),
    unknown: summaryOf(unknown),
    list,
  };
}

/** For how many of the touches, from the first on, the minutes are enough. */
export function reaches(inOrder: readonly PlannedWork[], has: number): number {
  let taken = 0;
  for (const [index, { minutes }] of inOrder.entries()) {
    taken += minutes;
    if (taken > has + ROUNDING) return index;
  }
  return inOrder.length;
}

/** Hours that do not divide evenly into days leave a trace in the last digits. */
const ROUNDING = 1e-6;

/** The order in which hours go to touches. */
export function mattersMore(a: PlannedWork, b: PlannedWork): number {
  return (
    Number(b.must) - Number(a.must) ||
    a.priority - b.priority ||
    (b.revenue ?? -1) - (a.revenue ?? -1) ||
    a.due - b.due ||
    (a.touchId < b.touchId ? -1 : 1)
  );
}

export function summaryOf(work: readonly PlannedWork[]): FitSummary {
  const revenue = new Map(work.map((one) => [one.account, one.revenue ?? 0]));
  return {
    touches: work.length,
    minutes: work.reduce((sum, { minutes }) => sum + minutes, 0),
    must: work.filter(({ must }) => must).length,
    accounts: revenue.size,
    revenue: [...revenue.values()].reduce((sum, one) => sum + one, 0),
  };
}
