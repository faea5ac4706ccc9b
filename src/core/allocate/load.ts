import type { Day } from "../time/day.ts";
import { weekOf } from "./frame.ts";
import { memberMinutes } from "./hours.ts";
import { roleOf } from "./roles.ts";
import { type Minutes, Supply } from "./supply.ts";
import { type DoerSum, tallyWork } from "./work-tally.ts";
import type {
  DoerLoad,
  Frame,
  LoadBand,
  Member,
  PlannedWork,
  RoleLoad,
  WeekLoad,
} from "./types.ts";

/** The load of the coming weeks: what is planned for each who does it, against the hours there are. */
const AMBER = 0.85;
const RED = 1;

export function bandOf(minutes: number, capacity: number | null): LoadBand {
  if (capacity === null) return "none";
  if (minutes > capacity * RED) return "red";
  return minutes >= capacity * AMBER && minutes > 0 ? "amber" : "green";
}

/** Most loaded first; whoever has hours but nothing to do is in it, too. */
export function loadOf(
  work: readonly PlannedWork[],
  team: readonly Member[],
  frame: Frame,
): DoerLoad[] {
  return loadOfCounted(tallyWork(work).inWeeks(frame), team, frame);
}

/** The same of work that is added up. */
export function loadOfCounted(
  counted: ReadonlyMap<string, DoerSum>,
  team: readonly Member[],
  frame: Frame,
): DoerLoad[] {
  const supply = new Supply(team);
  const byDoer = new Map(counted);
  for (const member of team) if (!byDoer.has(member.id)) byDoer.set(member.id, nothing(frame));
  const capacity = weeklySupply(supply, byDoer, frame);
  return [...byDoer]
    .map(([doer, own]) => doerLoad(supply, doer, own, capacity.get(doer) ?? [], frame.weeks))
    .filter(({ total, kind }) => total.touches > 0 || (kind === "person" && hasHours(total)))
    .toSorted((a, b) => b.total.minutes - a.total.minutes || (a.doer < b.doer ? -1 : 1));
}

function nothing({ weeks }: Frame): DoerSum {
  return {
    minutes: weeks.map(() => 0),
    touches: weeks.map(() => 0),
    accounts: 0,
    byLevel: new Map(),
  };
}

function hasHours({ capacity }: Omit<WeekLoad, "week">): boolean {
  return capacity !== null && capacity > 0;
}

/** A doer's work by week, and the accounts it is for. */
export class DoerWork {
  readonly minutes: number[];
  readonly touches: number[];
  readonly byWeek: PlannedWork[][];
  readonly accounts = new Set<string>();

  constructor({ weeks }: Frame) {
    this.minutes = weeks.map(() => 0);
    this.touches = weeks.map(() => 0);
    this.byWeek = weeks.map(() => []);
  }

  add(week: number, work: PlannedWork): void {
    this.minutes[week] = (this.minutes[week] ?? 0) + work.minutes;
    this.touches[week] = (this.touches[week] ?? 0) + 1;
    this.byWeek[week]?.push(work);
    this.accounts.add(work.account);
  }
}

/** By doer; what falls after the weeks is left out. */
export function groupWork(work: readonly PlannedWork[], frame: Frame): Map<string, DoerWork> {
  const byDoer = new Map<string, DoerWork>();
  for (const one of work) {
    const week = weekOf(frame, one.due);
    if (week < 0) continue;
    let own = byDoer.get(one.doer);
    if (!own) byDoer.set(one.doer, (own = new DoerWork(frame)));
    own.add(week, one);
  }
  return byDoer;
}

/** Minutes that each doer has in each week; of the first only from today on. */
export function weeklySupply(
  supply: Supply,
  byDoer: ReadonlyMap<string, { readonly minutes: readonly number[] }>,
  frame: Frame,
): Map<string, Minutes> {
  const demand = new Map([...byDoer].map(([doer, { minutes }]) => [doer, minutes]));
  return supply.of(demand, frame.weeks.length, (member, slot) => weekMinutes(member, frame, slot));
}

export function weekMinutes(member: Member, frame: Frame, slot: number): number | null {
  const week = frame.weeks[slot] ?? 0;
  return memberMinutes(member, week, frame.calendar, Math.max(week, frame.today));
}

function doerLoad(
  supply: Supply,
  doer: string,
  own: DoerSum,
  capacity: Minutes,
  mondays: readonly Day[],
): DoerLoad {
  const member = supply.member(doer);
  const kind = supply.kindOf(doer);
  const weeks = mondays.map((week, index) =>
    weekLoad(week, own.minutes[index] ?? 0, capacity[index] ?? null, own.touches[index] ?? 0),
  );
  return {
    doer,
    name: member?.name ?? (kind === "pod" ? `pod ${doer.slice("pod:".length)}` : doer),
    kind,
    role: member ? roleOf(member) : kind === "role" ? doer : null,
    accounts: own.accounts,
    weeks,
    total: totalOf(weeks),
  };
}

function weekLoad(week: Day, minutes: number, capacity: number | null, touches: number): WeekLoad {
  const load = capacity === null || capacity === 0 ? null : minutes / capacity;
  return { week, minutes, capacity, load, band: bandOf(minutes, capacity), touches };
}

function totalOf(weeks: readonly WeekLoad[]): Omit<WeekLoad, "week"> {
  const known = weeks.map(({ capacity }) => capacity).filter((minutes) => minutes !== null);
  const { week: _, ...total } = weekLoad(
    0,
    sum(weeks.map(({ minutes }) => minutes)),
    known.length === 0 ? null : sum(known),
    sum(weeks.map(({ touches }) => touches)),
  );
  return total;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}

/** By role of those who do it: a pod's touches are CSMs', the pool's those of its people. */
export function roleLoads(
  work: readonly PlannedWork[],
  team: readonly Member[],
  frame: Frame,
): RoleLoad[] {
  return roleLoadsOfCounted(tallyWork(work).inWeeks(frame), team, frame);
}

/** The same of work that is added up. */
export function roleLoadsOfCounted(
  counted: ReadonlyMap<string, DoerSum>,
  team: readonly Member[],
  frame: Frame,
): RoleLoad[] {
  const supply = new Supply(team);
  const loads = new Map<string, { minutes: number[]; touches: number[] }>();
  const of = (role: string) => {
    const own = loads.get(role) ?? { minutes: [], touches: [] };
    loads.set(role, own);
    return own;
  };
  for (const member of team) of(roleOf(member));
  for (const [doer, sums] of counted) {
    const own = of(roleOfDoer(supply, doer));
    for (const slot of frame.weeks.keys()) {
      own.minutes[slot] = (own.minutes[slot] ?? 0) + (sums.minutes[slot] ?? 0);
      own.touches[slot] = (own.touches[slot] ?? 0) + (sums.touches[slot] ?? 0);
    }
  }
  return [...loads].map(([role, own]) => {
    const people = team.filter((member) => roleOf(member) === role);
    const weeks = frame.weeks.map((week, slot) => {
      const has = people.map((member) => weekMinutes(member, frame, slot));
      const known = has.filter((minutes) => minutes !== null);
      const capacity = known.length === 0 ? null : sum(known);
      return weekLoad(week, own.minutes[slot] ?? 0, capacity, own.touches[slot] ?? 0);
    });
    return { role, people: people.length, weeks };
  });
}

function roleOfDoer(supply: Supply, doer: string): string {
  const member = supply.member(doer);
  if (member) return roleOf(member);
  const kind = supply.kindOf(doer);
  if (kind === "role") return doer;
  return kind === "pool" ? roleOf(supply.peopleOf(doer)[0] ?? { role: null }) : "csm";
}
