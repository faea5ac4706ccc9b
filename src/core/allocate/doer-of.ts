import { isAhead } from "../schedule/touch-status.ts";
import type { Touch } from "../schedule/types.ts";
import type { Day } from "../time/day.ts";
import { roleOf } from "./roles.ts";
import type { Member } from "./types.ts";

/** What there is to know of people to say who is there. */
export type Colleague = Pick<
  Member,
  "id" | "role" | "pod" | "hoursPerWeek" | "startsOn" | "leave"
> & {
  readonly endsOn?: Day | null;
};

/** Who does a touch. */
export interface Doing {
  /** A person's id, `pod:NAME`, `pool`, or a role such as `support`. */
  readonly doer: string;
  /** Whom the doer stands in for: away on that day, or gone. */
  readonly standsInFor: string | null;
}

type DoneBy = Pick<Touch, "account" | "by" | "owner" | "due" | "human" | "status">;

/**
 * Who does a touch. Planning says whose it is (`owner`); who is away is looked at here, when
 * somebody asks, so that a leave moves nothing in the book and what it moved comes back with it.
 */
export function doerOf(touch: DoneBy, team: TeamOnHand): Doing {
  const { owner, by, due } = touch;
  if (owner === null) {
    return { doer: by === "owner" || by === "csm" ? "pool" : by, standsInFor: null };
  }
  if (!touch.human || !isAhead(touch)) return { doer: owner, standsInFor: null };
  return team.doing(touch.account, owner, due);
}

/** The team, asked who is there on a day and who stands in for somebody who is not. */
export class TeamOnHand {
  readonly #members: ReadonlyMap<string, Colleague>;

  constructor(members: readonly Colleague[]) {
    this.#members = new Map(members.map((member) => [member.id, member]));
  }

  /** Whoever the team does not know (it may not be listed at all) is taken to be there. */
  doing(account: string, owner: string, day: Day): Doing {
    const member = this.#members.get(owner);
    if (!member || isThere(member, day)) return { doer: owner, standsInFor: null };
    const standIn = this.#standIn(account, member, day);
    if (standIn) return { doer: standIn.id, standsInFor: owner };
    // nobody else is there either: a leave ends, who has left comes back no more
    if (member.pod !== null) return { doer: `pod:${member.pod}`, standsInFor: owner };
    return hasLeft(member, day)
      ? { doer: "pool", standsInFor: owner }
      : { doer: owner, standsInFor: null };
  }

  /** Whose touches this one may have to do on some day, beside their own. */
  mayStandInFor(id: string): string[] {
    const member = this.#members.get(id);
    if (!member) return [];
    return [...this.#members.values()]
      .filter((other) => other.id !== id && isAtTimesAway(other))
      .filter((other) => isSamePod(member, other) || isSameRole(member, other))
      .map((other) => other.id);
  }

  #standIn(account: string, absent: Colleague, day: Day): Colleague | undefined {
    const there = [...this.#members.values()].filter(
      (other) => other.id !== absent.id && other.hoursPerWeek !== 0 && isThere(other, day),
    );
    const ofPod = there.filter((other) => isSamePod(absent, other));
    const candidates =
      ofPod.length > 0 ? ofPod : there.filter((other) => isSameRole(absent, other));
    return drawn(account, candidates);
  }
}

export function isThere({ startsOn, endsOn, leave }: Colleague, day: Day): boolean {
  if (startsOn !== null && startsOn > day) return false;
  if (endsOn !== null && endsOn !== undefined && endsOn < day) return false;
  return !leave.some(({ from, to }) => from <= day && day <= to);
}

export function hasLeft({ endsOn }: Pick<Colleague, "endsOn">, day: Day): boolean {
  return endsOn !== null && endsOn !== undefined && endsOn < day;
}

function isAtTimesAway({ leave, startsOn, endsOn }: Colleague): boolean {
  return leave.length > 0 || startsOn !== null || (endsOn ?? null) !== null;
}

function isSamePod(one: Colleague, other: Colleague): boolean {
  return one.pod !== null && one.pod === other.pod;
}

function isSameRole(one: Colleague, other: Colleague): boolean {
  return roleOf(one) === roleOf(other);
}

/**
 * One of them for the account, in proportion to their hours: the same one as long as the same people
 * are there, and of a person's accounts each colleague gets a fair part. Weighted rendezvous hashing
 * (Schindelhauer, Schomaker: Weighted distributed hash tables, 2005).
 */
function drawn(account: string, candidates: readonly Colleague[]): Colleague | undefined {
  let best: Colleague | undefined;
  let most = -Infinity;
  for (const candidate of candidates) {
    const weight = candidate.hoursPerWeek ?? USUAL_HOURS;
    const score = -weight / Math.log(chance(`${account}\n${candidate.id}`));
    if (score < most || (score === most && best && best.id < candidate.id)) continue;
    [best, most] = [candidate, score];
  }
  return best;
}

/** Of somebody about whose hours nothing is known. */
const USUAL_HOURS = 40;

/** Between 0 and 1, both left out; the same for the same text (FNV-1a, well mixed). */
function chance(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (((hash ^ (hash >>> 16)) >>> 0) + 0.5) / 4_294_967_296;
}
