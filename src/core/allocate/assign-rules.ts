import type { OwnerKind } from "../model/types.ts";
import type { Day } from "../time/day.ts";
import { formatDay } from "../time/day.ts";
import { roleOf } from "./roles.ts";
import type { Member } from "./types.ts";

/** Who may look after an account: the right kind of owner, there, of its region, language and skills. */

/** An open account as far as its owner goes. */
export interface OwnedAccount {
  readonly id: string;
  readonly name: string | null;
  /** As it stands on record. */
  readonly owner: string | null;
  /** What kind of owner it should have. */
  readonly kind: OwnerKind;
  /** The level that says so. */
  readonly level: string;
  /** That level's `accounts_per_owner`; null: the model does not say. */
  readonly asked: number | null;
  /** Its traits; empty: nothing is known, so nobody breaks the rule. */
  readonly regions: readonly string[];
  readonly languages: readonly string[];
  readonly skills: readonly string[];
  /** Of its touches by the owner in the weeks that loads are reckoned over. */
  readonly minutes: number;
  readonly revenue: number | null;
}

/** Somebody who may get accounts. */
export interface Assignee extends Pick<
  Member,
  "id" | "name" | "role" | "pod" | "region" | "languages" | "skills" | "startsOn" | "hoursPerWeek"
> {
  readonly endsOn: Day | null;
  /** Minutes in the weeks that loads are reckoned over; null: nobody has said. */
  readonly capacity: number | null;
  /** Minutes of work in them that comes from elsewhere than the accounts they own. */
  readonly otherMinutes: number;
}

export function nameOf({ id, name }: Pick<Assignee, "id" | "name">): string {
  return name ?? id;
}

/** Texts as they are compared: `EMEA, APAC` is two. */
export function wordsOf(value: string | null | undefined): string[] {
  return (value ?? "")
    .toLowerCase()
    .split(/[,;|]/)
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

/** A member with what is compared read once. */
export class Candidate {
  readonly member: Assignee;
  readonly isCsm: boolean;
  readonly #regions: readonly string[];
  readonly #languages: readonly string[];
  readonly #skills: ReadonlySet<string>;

  constructor(member: Assignee) {
    this.member = member;
    this.isCsm = roleOf(member) === "csm";
    this.#regions = wordsOf(member.region);
    this.#languages = member.languages.flatMap(wordsOf);
    this.#skills = new Set(member.skills.flatMap(wordsOf));
  }

  /** Why the account does not suit this person, whatever else there is to do; null: it does. */
  breaks({ regions, languages, skills, kind, level }: OwnedAccount): string | null {
    const { member } = this;
    const who = nameOf(member);
    if (kind === "pod" && member.pod === null)
      return `${level} accounts belong to pods, and ${who} is in none`;
    if (misses(regions, this.#regions)) {
      return `its region is ${regions.join(", ")}, and ${who}'s is ${this.#regions.join(", ")}`;
    }
    if (misses(languages, this.#languages)) {
      return `it speaks ${languages.join(", ")}, and ${who} speaks ${this.#languages.join(", ")}`;
    }
    if (this.#skills.size > 0) {
      const missing = skills.filter((skill) => !this.#skills.has(skill));
      if (missing.length > 0) return `it needs ${missing.join(", ")}, which ${who} does not have`;
    }
    return null;
  }

  /** Why this person gets no accounts at all; null: they may. */
  unfit(today: Day, until: Day): string | null {
    const { startsOn, endsOn, capacity } = this.member;
    if (!this.isCsm) return "is no CSM";
    if (startsOn !== null && startsOn > today) return `starts on ${formatDay(startsOn)}`;
    if (endsOn !== null && endsOn <= until) return leaving(this.member.endsOn as Day, today);
    if (capacity !== null && capacity <= 0) return "has no hours in the weeks ahead";
    return null;
  }
}

export function leaving(endsOn: Day, today: Day): string {
  return endsOn < today ? `left on ${formatDay(endsOn)}` : `leaves on ${formatDay(endsOn)}`;
}

/** Known on both sides, and nothing in common. */
function misses(wanted: readonly string[], has: readonly string[]): boolean {
  return wanted.length > 0 && has.length > 0 && !wanted.some((one) => has.includes(one));
}
