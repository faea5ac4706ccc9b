import type { Model } from "../core/model/index.ts";
import type { Day } from "../core/time/day.ts";
import {
  type AccountInNeed,
  NEED_WEIGHTS,
  needOf,
  needWeight,
  RENEWAL_NEAR,
  worstFirst,
} from "./accounts-in-need.ts";
import { todayOf } from "./book-history/book-today.ts";
import type { BookNow } from "./book-view/book-now.ts";
import type { EngineContext } from "./context.ts";
import { revenueOf } from "./revenue-of.ts";

export interface Need {
  readonly id: string;
  readonly weight: number;
}

/** Who is in need and how much, told from the columns of the book: reasons are put in words for a few. */
export function findNeeds(book: BookNow, model: Model, today: Day): Need[] {
  const { revenue, renewal } = model.workspace;
  const worst = model.health?.bands[0]?.name;
  const often = new Map(model.levels.map((level) => [level.name, level.often]));
  const needs: Need[] = [];
  for (const row of book.find({ state: "decided" }, today)) {
    let sum = 0;
    if (worst !== undefined && book.value("health_band", row) === worst) sum += NEED_WEIGHTS.health;
    if (book.value("stage.status", row) === "overdue") sum += NEED_WEIGHTS.overdue;
    sum += silenceWeight(book, row, often.get(String(book.value("level", row))));
    // that nobody has touched it yet is a reason among others, but no need of its own
    if (sum < NEED_WEIGHTS.silent) continue;
    const due = renewal === undefined ? null : book.value(renewal, row);
    const days = typeof due === "number" ? due - book.dayOf(row) : -1;
    if (days >= 0 && days <= RENEWAL_NEAR) sum += NEED_WEIGHTS.renewal;
    const worth = revenue === undefined ? null : book.value(revenue, row);
    needs.push({
      id: book.idOf(row),
      weight: needWeight(sum, typeof worth === "number" ? worth : null),
    });
  }
  return needs.toSorted(worseFirst);
}

function silenceWeight(book: BookNow, row: number, often: number | undefined): number {
  if (often === undefined) return 0;
  const since = book.value("days_since_touch", row);
  const age = book.value("account_age_days", row);
  if (typeof since === "number") return since > often ? NEED_WEIGHTS.silent : 0;
  return typeof age === "number" && age > often ? NEED_WEIGHTS.untouched : 0;
}

/** All of them page by page, the worst first: so many after the one that was told last. */
export async function needsAfter(
  context: EngineContext,
  last: Need | null,
  count: number,
): Promise<{ readonly needs: readonly AccountInNeed[]; readonly next: Need | undefined }> {
  const { book, today } = await todayOf(context);
  const all = findNeeds(book, book.model, today);
  const rest =
    last === null ? all : all.filter((one) => one.id !== last.id && worseFirst(last, one) < 0);
  return {
    needs: await worstNeeds(context, book.model, rest, count),
    next: rest.length > count ? rest[count - 1] : undefined,
  };
}

function worseFirst(a: Need, b: Need): number {
  return b.weight - a.weight || (a.id < b.id ? -1 : 1);
}

/** The first of them, with their reasons. */
export async function worstNeeds(
  context: EngineContext,
  model: Model,
  needs: readonly Need[],
  count: number,
): Promise<AccountInNeed[]> {
  const ids = needs.slice(0, count).map(({ id }) => id);
  const found: AccountInNeed[] = [];
  if (ids.length === 0) return found;
  for await (const page of context.store.decisions.current(ids)) {
    for (const one of page) {
      const need = needOf(model, one, revenueOf(model, one.decision));
      if (need) found.push(need);
    }
  }
  return worstFirst(found);
}
