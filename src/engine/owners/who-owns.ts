import { type OwnerPlan, suggestOwners } from "../../core/allocate/assign-owners.ts";
import type { OwnedAccount } from "../../core/allocate/assign-rules.ts";
import { roleOf } from "../../core/allocate/roles.ts";
import type { LevelDef, Model, OwnerKind } from "../../core/model/types.ts";
import type { Day } from "../../core/time/day.ts";
import type { EngineContext } from "../context.ts";
import { type OwnerBook, readOwnerBook } from "./owner-book.ts";

/** Who owns what, and where that is not what the levels ask for. */
export interface OwnersReport {
  readonly model: Model;
  readonly today: Day;
  readonly weeks: number;
  readonly people: readonly OwnerLine[];
  readonly levels: readonly LevelOwners[];
  readonly accounts: number;
  readonly suggestions: number;
}

export interface OwnerLine {
  /** null: accounts of nobody. */
  readonly id: string | null;
  readonly name: string | null;
  readonly role: string | null;
  readonly pod: string | null;
  /** Not of the team, though accounts name them. */
  readonly isStranger: boolean;
  readonly accounts: number;
  readonly revenue: number;
  readonly levels: readonly { readonly level: string; readonly accounts: number }[];
  /** Planned for these accounts in the weeks ahead, and what else was given to them. */
  readonly minutes: number;
  /** null: nobody has said how many hours they have. */
  readonly capacity: number | null;
}

/** How accounts are looked after that have their owner by this level. */
export interface LevelOwners {
  readonly level: string;
  readonly kind: OwnerKind;
  readonly accounts: number;
  readonly revenue: number;
  /** They should have a person and have none. */
  readonly without: number;
  /** They have a person who does not suit them. */
  readonly unsuited: number;
  /** They have a person and should have none. */
  readonly tooMuch: number;
  readonly examples: readonly string[];
}

const EXAMPLES = 3;

export async function whoOwns(context: EngineContext): Promise<OwnersReport> {
  const book = await readOwnerBook(context);
  const { live, today, until, weeks, accounts, assignees } = book;
  const plan = suggestOwners({ accounts, members: assignees, today, until });
  return {
    model: live.model,
    today,
    weeks,
    people: peopleOf(book),
    levels: live.model.levels.map((level) => levelOf(level, accounts, wrongOf(plan))),
    accounts: accounts.length,
    suggestions: plan.suggestions.length,
  };
}

/** Accounts with the wrong owner, or none. */
function wrongOf({ suggestions, nobodyFits }: OwnerPlan): ReadonlySet<string> {
  return new Set([...suggestions, ...nobodyFits].map(({ account }) => account));
}

type Growing = { -readonly [K in keyof OwnerLine]: OwnerLine[K] };

function peopleOf({ accounts, assignees, live }: OwnerBook): OwnerLine[] {
  const lines = new Map<string | null, Growing>();
  for (const { id, name, role, pod, otherMinutes, capacity } of assignees) {
    const known = { id, name, role, pod, isStranger: false, capacity };
    lines.set(id, { ...known, minutes: otherMinutes, ...NO_ACCOUNTS });
  }
  const byLevel = new Map<string | null, Map<string, number>>();
  for (const { owner, level, revenue, minutes, kind } of accounts) {
    let line = lines.get(owner);
    if (!line) lines.set(owner, (line = stranger(owner)));
    line.accounts += 1;
    line.revenue += revenue ?? 0;
    // the pool's work is nobody's in particular, whoever owns the account on record
    if (owner === null || kind === "csm" || kind === "pod") line.minutes += minutes;
    const counts = byLevel.get(owner) ?? new Map<string, number>();
    byLevel.set(owner, counts.set(level, (counts.get(level) ?? 0) + 1));
  }
  const levels = live.model.levels.map(({ name }) => name);
  for (const [owner, line] of lines) {
    const counts = byLevel.get(owner);
    line.levels = levels.flatMap((level) => {
      const many = counts?.get(level);
      return many === undefined ? [] : [{ level, accounts: many }];
    });
  }
  return [...lines.values()]
    .filter((line) => line.accounts > 0 || roleOf(line) === "csm")
    .toSorted(
      (a, b) =>
        Number(a.id === null) - Number(b.id === null) ||
        b.accounts - a.accounts ||
        ((a.id ?? "") < (b.id ?? "") ? -1 : 1),
    );
}

const NO_ACCOUNTS = { accounts: 0, revenue: 0, levels: [] };

function stranger(id: string | null): Growing {
  const nothing = { name: null, role: null, pod: null, capacity: null, minutes: 0 };
  return { id, ...nothing, isStranger: id !== null, ...NO_ACCOUNTS };
}

function levelOf(
  { name, by }: LevelDef,
  accounts: readonly OwnedAccount[],
  wrong: ReadonlySet<string>,
): LevelOwners {
  const own = accounts.filter(({ level }) => level === name);
  const bad = own.filter(({ id }) => wrong.has(id));
  const hasNobody = by === "pool" || by === "automation";
  const without = bad.filter(({ owner }) => owner === null);
  return {
    level: name,
    kind: by,
    accounts: own.length,
    revenue: own.reduce((sum, { revenue }) => sum + (revenue ?? 0), 0),
    without: without.length,
    unsuited: hasNobody ? 0 : bad.length - without.length,
    tooMuch: hasNobody ? bad.length : 0,
    examples: bad
      .toSorted((a, b) => (b.revenue ?? 0) - (a.revenue ?? 0) || (a.id < b.id ? -1 : 1))
      .slice(0, EXAMPLES)
      .map((one) => one.name ?? one.id),
  };
}
