import type { LevelDef } from "../model/types.ts";
import { weekMinutes } from "./load.ts";
import { type OwnedTally, tallyOwned } from "./owned-tally.ts";
import { isCsm, Supply } from "./supply.ts";
import type { Frame, LevelCoverage, Member, OwnedAccount, PlannedWork } from "./types.ts";
import { findingOf } from "./coverage-finding.ts";
import { type DoerSum, tallyWork } from "./work-tally.ts";

export interface CoverageInput {
  readonly levels: readonly LevelDef[];
  readonly accounts: readonly OwnedAccount[];
  readonly work: readonly PlannedWork[];
  readonly team: readonly Member[];
  readonly frame: Frame;
}

/** The same with accounts and work added up. */
export type CountedBook = Pick<CoverageInput, "levels" | "team" | "frame"> & {
  readonly owned: OwnedTally;
  readonly byDoer: ReadonlyMap<string, DoerSum>;
};

export function coverageOf({ accounts, work, ...rest }: CoverageInput): LevelCoverage[] {
  const byDoer = tallyWork(work, accounts).inWeeks(rest.frame);
  return coverageOfCounted({ ...rest, owned: tallyOwned(accounts), byDoer });
}

/**
 * Whether there are people enough for the accounts of each level. Everybody's time is divided over
 * the levels in proportion to what their accounts ask for there; accounts of the pool, and those that
 * have nobody, are shared by all who could look after them.
 */
export function coverageOfCounted(input: CountedBook): LevelCoverage[] {
  const { levels, owned } = input;
  const owners = ownersByLevel(input);
  const hours = hoursByLevel(input);
  const teamIsKnown = input.team.length > 0;
  return levels.map((level) => {
    const own = owned.ofLevel(level.name);
    const accounts = owned.count(level.name);
    const people = owners.get(level.name) ?? 0;
    const isStaffed = level.by !== "automation";
    const covered = {
      level: level.name,
      by: level.by,
      accounts,
      revenue: own.reduce((sum, { revenue }) => sum + revenue, 0),
      owners: isStaffed ? people : 0,
      actual: isStaffed && people > 0 ? accounts / people : null,
      asked: level.accountsPerOwner ?? null,
      ...(hours.get(level.name) ?? { hoursNeeded: 0, hoursThere: null }),
    };
    return { ...covered, finding: findingOf(covered, teamIsKnown) };
  });
}

/** People for each level, in full-time ones. */
function ownersByLevel({ levels, owned, team, frame }: CountedBook): Map<string, number> {
  const staffed = levels.filter(({ by }) => by !== "automation");
  const asks = askingOf(staffed);
  const pool = new Supply(team).peopleOf("pool").filter((member) => isStaying(member, frame));
  const csms = team.filter((member) => isCsm(member) && isStaying(member, frame));
  const shares = new Map<string, Map<string, number>>();
  const add = (person: string, level: string, weight: number) => {
    const own = shares.get(person) ?? new Map<string, number>();
    own.set(level, (own.get(level) ?? 0) + weight);
    shares.set(person, own);
  };
  for (const level of staffed) {
    const each = asks.get(level.name) ?? 0;
    const isPool = level.by === "pool";
    let shared = 0;
    for (const { owner, accounts } of owned.ofLevel(level.name)) {
      if (isPool || owner === null) shared += accounts;
      else add(owner, level.name, accounts * each);
    }
    const people = isPool ? pool : csms;
    const heads = people.reduce((sum, member) => sum + headOf(member, frame), 0);
    for (const member of people) {
      const part = heads === 0 ? 1 / people.length : headOf(member, frame) / heads;
      add(member.id, level.name, shared * each * part);
    }
  }
  idle(csms, staffed, owned, asks, shares);
  return sumOwners(shares, team, frame);
}

/** What one account of a level asks for of a person: 1/20 where one looks after 20. */
function askingOf(levels: readonly LevelDef[]): Map<string, number> {
  const said = levels.flatMap(({ accountsPerOwner }) => accountsPerOwner ?? []);
  const middle = said.toSorted((a, b) => a - b)[Math.floor(said.length / 2)] ?? 1;
  return new Map(levels.map((level) => [level.name, 1 / (level.accountsPerOwner ?? middle)]));
}

/** CSMs who have no account yet could have some: their time counts where the book asks for it. */
function idle(
  csms: readonly Member[],
  staffed: readonly LevelDef[],
  owned: OwnedTally,
  asks: ReadonlyMap<string, number>,
  shares: Map<string, Map<string, number>>,
): void {
  const levels = staffed.filter(({ by }) => by !== "pool");
  const needs = levels.map(({ name }): [string, number] => [
    name,
    owned.count(name) * (asks.get(name) ?? 0),
  ]);
  for (const { id } of csms) {
    const isIdle = [...(shares.get(id)?.values() ?? [])].every((weight) => weight === 0);
    if (isIdle) shares.set(id, new Map(needs));
  }
}

function sumOwners(
  shares: ReadonlyMap<string, ReadonlyMap<string, number>>,
  team: readonly Member[],
  frame: Frame,
): Map<string, number> {
  const members = new Map(team.map((member) => [member.id, member]));
  const owners = new Map<string, number>();
  for (const [person, own] of shares) {
    const all = [...own.values()].reduce((sum, weight) => sum + weight, 0);
    if (all === 0) continue;
    const member = members.get(person);
    // an owner whom the team does not list is somebody all the same
    const head = member ? headOf(member, frame) : 1;
    for (const [level, weight] of own) {
      owners.set(level, (owners.get(level) ?? 0) + (head * weight) / all);
    }
  }
  return new Map([...owners].map(([level, people]) => [level, Math.round(people * 1e6) / 1e6]));
}

/** 1 for full time; of whom nobody has said the hours, 1; who has left, 0. */
function headOf(member: Member, frame: Frame): number {
  if (!isStaying(member, frame)) return 0;
  if (member.hoursPerWeek === null || frame.fullWeek === 0) return 1;
  return Math.min(1, (member.hoursPerWeek * 60) / frame.fullWeek);
}

function isStaying({ endsOn }: Member, { today }: Frame): boolean {
  return endsOn === null || endsOn >= today;
}

interface Hours {
  readonly hoursNeeded: number;
  readonly hoursThere: number | null;
}

/**
 * Hours a week, mean of the weeks ahead: what touches of the level's accounts take of the people who
 * look after accounts, and what those who do them have left beside their touches of other levels.
 */
function hoursByLevel(input: CountedBook): Map<string, Hours> {
  const { levels, byDoer, team, frame } = input;
  const supply = new Supply(team);
  const needed = new Map(
    [...byDoer]
      .filter(([doer]) => supply.kindOf(doer) !== "role")
      .map(([doer, { byLevel }]) => [doer, byLevel]),
  );
  return new Map(
    levels.map(({ name }) => {
      const doers = [...needed].filter(([, byLevel]) => byLevel.has(name));
      const all = doers.reduce((sum, [, byLevel]) => sum + (byLevel.get(name) ?? 0), 0);
      const there = hoursOf(supply, doers, needed, name, input);
      const weekly = (minutes: number) => minutes / 60 / Math.max(1, frame.weeks.length);
      return [
        name,
        { hoursNeeded: weekly(all), hoursThere: there === null ? null : weekly(there) },
      ];
    }),
  );
}

type ByDoer = readonly (readonly [string, ReadonlyMap<string, number>])[];

function hoursOf(
  supply: Supply,
  doers: ByDoer,
  needed: ReadonlyMap<string, ReadonlyMap<string, number>>,
  level: string,
  { frame }: CountedBook,
): number | null {
  const people = new Map(
    doers.flatMap(([doer]) => supply.peopleOf(doer)).map((member) => [member.id, member]),
  );
  const left = [...people.values()].flatMap((member) => {
    const has = frame.weeks.map((_, slot) => weekMinutes(member, frame, slot));
    if (has.some((minutes) => minutes === null)) return [];
    const all = has.reduce<number>((sum, minutes) => sum + (minutes ?? 0), 0);
    const others = [...(needed.get(member.id) ?? [])]
      .filter(([name]) => name !== level)
      .reduce((sum, [, minutes]) => sum + minutes, 0);
    return [Math.max(0, all - others)];
  });
  return left.length === 0 ? null : left.reduce((sum, minutes) => sum + minutes, 0);
}
