import type { Day } from "../time/day.ts";
import { type Capacity, capacityOf } from "./capacity-of.ts";
import type { CoverageInput } from "./coverage.ts";
import { fitOf } from "./fit.ts";
import { weekOf } from "./frame.ts";
import { roleOf } from "./roles.ts";
import type { Fit, Frame, Member, PlannedWork } from "./types.ts";
import { takeOverBy } from "./what-if.ts";

/** Another team than there is: more or fewer heads, other hours, more leave. */
export interface Staffing {
  /** Heads more (or fewer: negative) of a role, of a pod where one is named. */
  readonly heads: readonly {
    readonly role: string;
    readonly pod: string | null;
    readonly count: number;
  }[];
  /** Hours a week that each person has more (or fewer). */
  readonly hours: number;
  readonly leave: readonly { readonly member: string; readonly from: Day; readonly to: Day }[];
  /** By how much more work there is in each week of the frame, of everybody alike: 1 is as planned. */
  readonly work: readonly number[];
}

export interface Staffed extends Capacity {
  readonly team: readonly Member[];
  readonly fit: Fit;
  /** All of it, by who does it then. */
  readonly work: readonly PlannedWork[];
}

/**
 * The same work done by another team. Fewer heads: those who stay share the work, which is the same
 * as everybody of the role having so much less time for what is theirs. More heads: each takes over
 * what does not fit of the work of its kind, what matters most first.
 */
export function staffed(
  { levels, accounts, work, team, frame }: CoverageInput,
  staffing: Staffing,
): Staffed {
  const shared = sharedBy(team, staffing);
  const all = scaled(work, staffing.work, frame);
  const fit = fitOf(all, shared, frame);
  const heads = staffing.heads.flatMap(({ role, pod, count }) =>
    Array.from({ length: Math.max(0, count) }, (_, n) => newHead(role, pod, n, staffing, frame)),
  );
  const { left, own } = takeOverBy(heads, fit, shared, frame);
  const whole = [...shared, ...heads];
  const taken = all.map((one) => {
    const doer = own.get(one);
    return doer === undefined ? one : { ...one, doer };
  });
  return {
    ...capacityOf({ levels, accounts, work: taken, team: whole, frame }),
    team: whole,
    fit: heads.length === 0 ? fit : left,
    work: taken,
  };
}

function newHead(
  role: string,
  pod: string | null,
  n: number,
  { hours }: Staffing,
  frame: Frame,
): Member {
  return {
    id: `new ${role}${pod === null ? "" : ` ${pod}`} ${n + 1}`,
    name: null,
    role,
    pod,
    hoursPerWeek: Math.max(0, frame.fullWeek / 60 + hours),
    timezone: null,
    region: null,
    languages: [],
    skills: [],
    startsOn: null,
    endsOn: null,
    leave: [],
  };
}

function sharedBy(team: readonly Member[], { heads, hours, leave }: Staffing): Member[] {
  return team.map((member) => {
    const off = leave.filter((one) => one.member === member.id);
    if (member.hoursPerWeek === null) return { ...member, leave: [...member.leave, ...off] };
    const lost = heads.filter(
      ({ role, pod, count }) =>
        count < 0 && roleOf(member) === role && (pod === null || pod === member.pod),
    );
    const stays = lost.reduce((part, { role, pod, count }) => {
      const like = team.filter(
        (one) => roleOf(one) === role && (pod === null || one.pod === pod),
      ).length;
      return part * Math.max(0, 1 + count / like);
    }, 1);
    return {
      ...member,
      hoursPerWeek: Math.max(0, (member.hoursPerWeek + hours) * stays),
      leave: [...member.leave, ...off],
    };
  });
}

function scaled(
  work: readonly PlannedWork[],
  factors: readonly number[],
  frame: Frame,
): readonly PlannedWork[] {
  if (factors.every((factor) => factor === 1)) return work;
  return work.map((one) => {
    const factor = factors[weekOf(frame, one.due)] ?? 1;
    return factor === 1 ? one : { ...one, minutes: one.minutes * factor };
  });
}
