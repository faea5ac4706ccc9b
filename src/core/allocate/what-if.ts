import type { Day } from "../time/day.ts";
import { fitInto, mattersMore, reaches, summaryOf } from "./fit.ts";
import { type DoerWork, groupWork, weeklySupply, weekMinutes } from "./load.ts";
import { roleOf } from "./roles.ts";
import { isCsm, type Minutes, POOL, Supply } from "./supply.ts";
import type { Fit, FitSummary, Frame, Member, PlannedWork, Unfit } from "./types.ts";

/** One more person: a CSM (of a pod, where one is named), somebody of the pool, of another role. */
export interface AddHead {
  readonly kind: "add-head";
  readonly role: string;
  readonly pod: string | null;
  /** Its first day: it ramps up from there. */
  readonly from: Day;
}

/** Some days off, beside those that are known. */
export interface TakeLeave {
  readonly kind: "leave";
  readonly member: string;
  readonly from: Day;
  readonly to: Day;
}

export interface WhatIf {
  readonly before: FitSummary;
  readonly after: FitSummary;
  /** Hours that it adds in these weeks, or takes away (negative). */
  readonly minutes: number;
  /** What would fit by it, or fit no more, what matters most first. */
  readonly touches: readonly Unfit[];
  /** Of the touches that a leave leaves behind: those for which colleagues have hours. */
  readonly taken: FitSummary;
}

/** What a head more, or a leave more, changes of what does not fit. The plan stays as it is. */
export function whatIf(
  change: AddHead | TakeLeave,
  work: readonly PlannedWork[],
  team: readonly Member[],
  frame: Frame,
): WhatIf {
  const byDoer = groupWork(work, frame);
  const capacity = weeklySupply(new Supply(team), byDoer, frame);
  const fit = fitInto(byDoer, capacity, frame);
  return change.kind === "add-head"
    ? withHead(change, fit, team, frame)
    : withLeave(change, { fit, byDoer, capacity }, team, frame);
}

/** A new head takes over what does not fit of those whose kind of work it does. */
function withHead(change: AddHead, fit: Fit, team: readonly Member[], frame: Frame): WhatIf {
  const supply = new Supply(team);
  const head: Member = {
    id: "one more",
    name: null,
    role: change.role,
    pod: change.pod,
    hoursPerWeek: frame.fullWeek / 60,
    timezone: null,
    region: null,
    languages: [],
    skills: [],
    startsOn: change.from,
    endsOn: null,
    leave: [],
  };
  const has = frame.weeks.map((_, slot) => weekMinutes(head, frame, slot) ?? 0);
  const open = fit.list.filter(({ work }) => mayTakeOver(supply, head, work.doer));
  const taken = takeOver(open, new Map(frame.weeks.map((week, slot) => [week, has[slot] ?? 0])));
  return {
    before: fit.unfit,
    after: without(fit.list, taken),
    minutes: has.reduce((sum, one) => sum + one, 0),
    touches: taken,
    taken: summaryOf([]),
  };
}

/**
 * What some new heads, one after another, take over of what does not fit: whose work is whose then,
 * and what is still left.
 */
export function takeOverBy(
  heads: readonly Member[],
  fit: Fit,
  team: readonly Member[],
  frame: Frame,
): { readonly left: Fit; readonly own: ReadonlyMap<PlannedWork, string> } {
  const supply = new Supply(team);
  const own = new Map<PlannedWork, string>();
  let list = fit.list;
  for (const head of heads) {
    const has = new Map(
      frame.weeks.map((week, slot) => [week, weekMinutes(head, frame, slot) ?? 0]),
    );
    const open = list.filter(({ work }) => mayTakeOver(supply, head, work.doer));
    const taken = new Set(takeOver(open, has));
    for (const { work } of taken) own.set(work, head.id);
    list = list.filter((one) => !taken.has(one));
  }
  const fits = summaryOf([...own.keys()]);
  return {
    left: {
      ...fit,
      fits: sumOf(fit.fits, fits),
      unfit: summaryOf(list.map(({ work }) => work)),
      list,
    },
    own,
  };
}

/** Accounts may be among both: they are counted as in the first. */
function sumOf(a: FitSummary, b: FitSummary): FitSummary {
  return {
    ...a,
    touches: a.touches + b.touches,
    minutes: a.minutes + b.minutes,
    must: a.must + b.must,
  };
}

/** Whether the doer's work is of the kind that somebody does. */
function mayTakeOver(supply: Supply, head: Member, doer: string): boolean {
  const role = roleOf(head);
  if (doer === POOL) return role === "pool" || supply.peopleOf(doer).some((one) => isLike(one));
  return supply.peopleOf(doer).some(isLike);

  function isLike(member: Member): boolean {
    return roleOf(member) === role && (head.pod === null || member.pod === head.pod);
  }
}

/** Fills hours of each week with what does not fit, in the order of what matters. */
function takeOver(open: readonly Unfit[], minutes: ReadonlyMap<Day, number>): Unfit[] {
  return [...minutes].flatMap(([week, has]) => {
    const ofWeek = open
      .filter((one) => one.week === week)
      .toSorted((a, b) => mattersMore(a.work, b.work));
    const reached = reaches(
      ofWeek.map((one) => one.work),
      has,
    );
    return ofWeek.slice(0, reached);
  });
}

function without(list: readonly Unfit[], taken: readonly Unfit[]): FitSummary {
  const gone = new Set(taken.map(({ work }) => work));
  return summaryOf(list.map(({ work }) => work).filter((work) => !gone.has(work)));
}

interface Now {
  readonly fit: Fit;
  readonly byDoer: ReadonlyMap<string, DoerWork>;
  readonly capacity: ReadonlyMap<string, Minutes>;
}

/** What somebody's days off leave behind; colleagues take what they have hours for. */
function withLeave(change: TakeLeave, now: Now, team: readonly Member[], frame: Frame): WhatIf {
  const { member: id, from, to } = change;
  const absent = team.map((member) =>
    member.id === id ? { ...member, leave: [...member.leave, { from, to }] } : member,
  );
  const supply = new Supply(absent);
  const capacity = weeklySupply(supply, now.byDoer, frame);
  const after = fitInto(now.byDoer, capacity, frame);
  const before = new Set(now.fit.list.map(({ work }) => work));
  const lost = after.list.filter(({ work }) => !before.has(work));
  const taken = byColleagues(lost, id, { ...now, capacity }, absent, frame);
  const minutes = frame.weeks.reduce((sum, _, slot) => {
    const [was, is] = [team, absent].map((list) => {
      const member = list.find((one) => one.id === id);
      return member ? (weekMinutes(member, frame, slot) ?? 0) : 0;
    });
    return sum + (is ?? 0) - (was ?? 0);
  }, 0);
  return {
    before: now.fit.unfit,
    after: without(after.list, taken),
    minutes,
    touches: lost.toSorted((a, b) => mattersMore(a.work, b.work)),
    taken: summaryOf(taken.map(({ work }) => work)),
  };
}

/** Those of the pod, where somebody has one; else all of the role. */
function byColleagues(
  lost: readonly Unfit[],
  id: string,
  { byDoer, capacity }: Now | (Omit<Now, "fit"> & { readonly fit: Fit }),
  team: readonly Member[],
  frame: Frame,
): Unfit[] {
  const absent = team.find((member) => member.id === id);
  if (!absent) return [];
  const colleagues = team.filter(
    (other) =>
      other.id !== id && roleOf(other) === roleOf(absent) && (!isCsm(absent) || isOfPod(other)),
  );
  const spare = new Map(
    frame.weeks.map((week, slot) => [
      week,
      colleagues.reduce((sum, other) => {
        const has = capacity.get(other.id)?.[slot] ?? weekMinutes(other, frame, slot) ?? 0;
        return sum + Math.max(0, has - (byDoer.get(other.id)?.minutes[slot] ?? 0));
      }, 0),
    ]),
  );
  return takeOver(
    lost.filter(({ work }) => work.doer === id),
    spare,
  );

  function isOfPod({ pod }: Member): boolean {
    return absent?.pod === null || pod === absent?.pod;
  }
}
