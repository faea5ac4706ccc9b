import type { OwnerKind } from "../model/types.ts";
import type { Day } from "../time/day.ts";
import { AssignedLoad } from "./assign-load.ts";
import { type Assignee, Candidate, leaving, nameOf, type OwnedAccount } from "./assign-rules.ts";

/**
 * Which accounts should get another owner, and whom: the kind of owner that their level asks for, of
 * their region, language and skills, then whoever has the most hours left. Nobody who is right
 * for an account loses it. Nothing is moved here: people look at it first.
 */

export interface OwnerSuggestion {
  readonly account: string;
  readonly name: string | null;
  readonly from: string | null;
  /** null: nobody in particular (the pool, or nobody at all). */
  readonly to: string | null;
  /** The pod of `to`, where the account becomes a pod's. */
  readonly pod: string | null;
  readonly kind: OwnerKind;
  readonly level: string;
  readonly minutes: number;
  readonly revenue: number | null;
  /** Why it moves, then why there. */
  readonly reasons: readonly string[];
}

/** An account whose owner does not suit it, and nobody else does. */
export interface NobodyFits {
  readonly account: string;
  readonly name: string | null;
  readonly owner: string | null;
  readonly kind: OwnerKind;
  readonly level: string;
  readonly revenue: number | null;
  readonly reason: string;
}

export interface MemberBook {
  readonly id: string;
  readonly accounts: number;
  readonly minutes: number;
}

export interface OwnerPlan {
  readonly suggestions: readonly OwnerSuggestion[];
  readonly nobodyFits: readonly NobodyFits[];
  /** What each would have after all suggestions. */
  readonly after: readonly MemberBook[];
}

export interface AssignInput {
  readonly accounts: readonly OwnedAccount[];
  readonly members: readonly Assignee[];
  readonly today: Day;
  /** The last day that loads are reckoned over; who leaves by then gets nothing. */
  readonly until: Day;
}

interface ToPlace {
  readonly account: OwnedAccount;
  readonly why: string;
  /** Who suits it, somebody other than its owner. */
  readonly fit: readonly Candidate[];
}

export function suggestOwners({ accounts, members, today, until }: AssignInput): OwnerPlan {
  const sorted = members.toSorted((a, b) => compare(a.id, b.id));
  const people = new Map(sorted.map((member) => [member.id, new Candidate(member)]));
  const load = new AssignedLoad(sorted);
  const free = [...people.values()].filter((one) => one.unfit(today, until) === null);
  const suiting = suitingOf(free);
  const suggestions: OwnerSuggestion[] = [];
  const nobodyFits: NobodyFits[] = [];
  const toPlace: ToPlace[] = [];
  // all that stays where it is counts before anything is given out
  for (const account of accounts) {
    const why = whyMoves(account, people, today, until);
    if (why !== null && needsNobody(account)) {
      suggestions.push(released(account, why));
      continue;
    }
    const fit =
      why === null ? [] : suiting(account).filter(({ member }) => member.id !== account.owner);
    if (why !== null && fit.length > 0) {
      toPlace.push({ account, why, fit });
      continue;
    }
    if (account.owner !== null) load.add(account.owner, account);
    if (why !== null) nobodyFits.push(unplaced(account, `${why}; ${whyNobody(account, free)}`));
  }
  // the most work first: what is small evens out what it leaves uneven (Graham 1969)
  for (const { account, why, fit } of toPlace.toSorted(byWork)) {
    const { to, because } = choose(account, people, fit, load);
    load.add(to.id, account);
    suggestions.push(placed(account, to, [why, ...because]));
  }
  return {
    suggestions: suggestions.toSorted((a, b) => compare(a.account, b.account)),
    nobodyFits: nobodyFits.toSorted((a, b) => compare(a.account, b.account)),
    after: sorted.map(({ id }) => ({ id, accounts: load.accounts(id), minutes: load.minutes(id) })),
  };
}

/** Why the account should not stay with whom it has; null: it should. */
function whyMoves(
  account: OwnedAccount,
  people: ReadonlyMap<string, Candidate>,
  today: Day,
  until: Day,
): string | null {
  const { owner, level, kind } = account;
  if (needsNobody(account)) {
    if (owner === null) return null;
    const whose = kind === "pool" ? "are looked after by the pool" : "are looked after by nobody";
    return `${level} accounts ${whose}`;
  }
  if (owner === null) return `it has nobody, and ${level} asks for ${NEEDS[kind]}`;
  const candidate = people.get(owner);
  if (!candidate) return `${owner} is not in the team`;
  const { endsOn } = candidate.member;
  if (endsOn !== null && endsOn <= until) {
    return `${nameOf(candidate.member)} ${leaving(endsOn, today)}`;
  }
  return candidate.breaks(account);
}

const NEEDS: Readonly<Record<OwnerKind, string>> = {
  csm: "a CSM of its own",
  pod: "a pod with a designated contact",
  pool: "the pool",
  automation: "nobody",
};

function needsNobody({ kind }: OwnedAccount): boolean {
  return kind === "pool" || kind === "automation";
}

/** Accounts that ask for the same are looked through the team for once. */
function suitingOf(free: readonly Candidate[]): (account: OwnedAccount) => readonly Candidate[] {
  const known = new Map<string, readonly Candidate[]>();
  return (account) => {
    const { kind, regions, languages, skills } = account;
    const key = JSON.stringify([kind, regions, languages, skills]);
    let found = known.get(key);
    if (!found) known.set(key, (found = free.filter((one) => one.breaks(account) === null)));
    return found;
  };
}

function choose(
  account: OwnedAccount,
  people: ReadonlyMap<string, Candidate>,
  fit: readonly Candidate[],
  load: AssignedLoad,
): { readonly to: Assignee; readonly because: readonly string[] } {
  const withRoom = fit.filter(({ member }) => load.hasRoom(member.id, account));
  const isFull = withRoom.length === 0;
  const { among, because } = preferred(account, people, isFull ? fit : withRoom);
  const to = leastLoaded(account, among, load);
  const share = `${Math.round(load.shareWith(to.id, account) * 100)}%`;
  return {
    to,
    because: [
      ...because,
      among.length === 1
        ? `${nameOf(to)} is the only one left who suits it`
        : `of ${among.length} who suit it ${nameOf(to)} has the most hours left (${share} taken with it)`,
      ...(isFull
        ? [`everybody who suits it has ${account.asked ?? 0} accounts of ${account.level} already`]
        : []),
    ],
  };
}

/** Colleagues of the same pod before others; CSMs outside pods before those in them for an own one. */
function preferred(
  account: OwnedAccount,
  people: ReadonlyMap<string, Candidate>,
  fit: readonly Candidate[],
): { readonly among: readonly Candidate[]; readonly because: readonly string[] } {
  const pod = people.get(account.owner ?? "")?.member.pod ?? null;
  if (account.kind === "pod" && pod !== null) {
    const among = fit.filter(({ member }) => member.pod === pod);
    if (among.length > 0) return { among, because: [`the account stays in the pod ${pod}`] };
  }
  if (account.kind === "csm") {
    const among = fit.filter(({ member }) => member.pod === null);
    if (among.length > 0) return { among, because: [] };
  }
  return { among: fit, because: [] };
}

function leastLoaded(
  account: OwnedAccount,
  among: readonly Candidate[],
  load: AssignedLoad,
): Assignee {
  let [best] = among as [Candidate];
  let least = load.shareWith(best.member.id, account);
  for (const one of among) {
    const { id } = one.member;
    const share = load.shareWith(id, account);
    const isLess =
      share < least ||
      (share === least && load.accountsWith(id) < load.accountsWith(best.member.id));
    if (isLess) [best, least] = [one, share];
  }
  return best.member;
}

/** With what stands in the way of the first of them, as an example. */
function whyNobody(account: OwnedAccount, free: readonly Candidate[]): string {
  if (free.length === 0) return "nobody in the team is a CSM with hours in the weeks ahead";
  const why = free.find((one) => one.breaks(account) !== null)?.breaks(account) ?? null;
  const example = why === null ? "" : ` (${why})`;
  return free.length === 1
    ? `the one CSM there is does not suit it${example}`
    : `none of ${free.length} CSMs suits it${example}`;
}

function released(account: OwnedAccount, why: string): OwnerSuggestion {
  const { id, name, owner, kind, level, minutes, revenue } = account;
  return {
    account: id,
    name,
    from: owner,
    to: null,
    pod: null,
    kind,
    level,
    minutes,
    revenue,
    reasons: [why],
  };
}

function placed(account: OwnedAccount, to: Assignee, reasons: readonly string[]): OwnerSuggestion {
  const { id, name, owner, kind, level, minutes, revenue } = account;
  const pod = kind === "pod" ? to.pod : null;
  return { account: id, name, from: owner, to: to.id, pod, kind, level, minutes, revenue, reasons };
}

function unplaced(account: OwnedAccount, reason: string): NobodyFits {
  const { id, name, owner, kind, level, revenue } = account;
  return { account: id, name, owner, kind, level, revenue, reason };
}

function byWork({ account: a }: ToPlace, { account: b }: ToPlace): number {
  return b.minutes - a.minutes || (b.revenue ?? 0) - (a.revenue ?? 0) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
