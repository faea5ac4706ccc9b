import {
  type NobodyFits,
  type OwnerPlan,
  type OwnerSuggestion,
  suggestOwners as suggest,
} from "../../core/allocate/assign-owners.ts";
import { nameOf } from "../../core/allocate/assign-rules.ts";
import type { Model } from "../../core/model/types.ts";
import type { Day } from "../../core/time/day.ts";
import { AppError } from "../app-error.ts";
import type { EngineContext } from "../context.ts";
import { type OwnerBook, readOwnerBook } from "./owner-book.ts";

/** The suggested moves, before any is made, and what they do to people's books. */
export interface SuggestedOwners {
  readonly model: Model;
  readonly today: Day;
  readonly until: Day;
  readonly weeks: number;
  readonly suggestions: readonly OwnerSuggestion[];
  readonly nobodyFits: readonly NobodyFits[];
  /** People whose book changes. */
  readonly people: readonly BookChange[];
  readonly names: ReadonlyMap<string, string>;
}

export interface BookChange {
  readonly id: string;
  readonly name: string;
  readonly capacity: number | null;
  readonly before: { readonly accounts: number; readonly minutes: number };
  readonly after: { readonly accounts: number; readonly minutes: number };
}

export async function suggestOwners(context: EngineContext): Promise<SuggestedOwners> {
  return suggestFor(await readOwnerBook(context));
}

export function suggestFor(book: OwnerBook): SuggestedOwners {
  const { live, today, until, weeks, accounts, assignees } = book;
  if (assignees.length === 0) {
    throw new AppError(
      "no-team",
      "There is no team yet, so nobody can be suggested.",
      "Import it (`team:` in an import file) or add people with PUT /api/team/ID.",
    );
  }
  const plan = suggest({ accounts, members: assignees, today, until });
  return {
    model: live.model,
    today,
    until,
    weeks,
    suggestions: plan.suggestions,
    nobodyFits: plan.nobodyFits,
    people: booksChanged(book, plan),
    names: new Map(assignees.map((one) => [one.id, nameOf(one)])),
  };
}

function booksChanged({ accounts, assignees }: OwnerBook, plan: OwnerPlan): BookChange[] {
  const moved = new Set(plan.suggestions.flatMap(({ from, to }) => [from, to]));
  const before = new Map(
    assignees.map(({ id, otherMinutes }) => [id, { accounts: 0, minutes: otherMinutes }]),
  );
  for (const { owner, minutes, kind } of accounts) {
    const book = before.get(owner ?? "");
    if (!book) continue;
    book.accounts += 1;
    // what is the pool's to do is no work of whoever owns the account on record
    if (kind === "csm" || kind === "pod") book.minutes += minutes;
  }
  const after = new Map(plan.after.map((one) => [one.id, one]));
  return assignees
    .filter(({ id }) => moved.has(id))
    .map((one) => ({
      id: one.id,
      name: nameOf(one),
      capacity: one.capacity,
      before: before.get(one.id) ?? NOTHING,
      after: after.get(one.id) ?? NOTHING,
    }));
}

const NOTHING = { accounts: 0, minutes: 0 };
