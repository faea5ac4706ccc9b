import type { Decision } from "../../core/decide/index.ts";
import { type Day, formatDay } from "../../core/time/day.ts";
import type { EngineContext } from "../context.ts";
import { movesOf } from "../movers.ts";
import type { AccountMove, MovedAccount, StandingKind } from "../ports.ts";
import { todayOf } from "./book-today.ts";

/** An account that stood at one place and stands at another, and why. */
export interface MovedWhy {
  readonly id: string;
  readonly name: string | null;
  readonly owner: string | null;
  /** What it is worth today; null: unknown, or closed. */
  readonly revenue: number | null;
  readonly why: string;
}

/** The accounts behind a figure of the flows, in the order in which they are kept. */
export async function movedAccounts(
  context: EngineContext,
  move: AccountMove,
  after: string | null,
  limit: number,
): Promise<MovedWhy[]> {
  const { store } = context;
  const found = await store.history.movedAccounts(move, after, limit);
  const ids = found.map(({ id }) => id);
  const [before, then] = await Promise.all([
    store.decisions.on(ids, move.fromDay),
    store.decisions.on(ids, move.toDay),
  ]);
  const { book } = await todayOf(context);
  const { revenue } = book.model.workspace;
  return found.map((one) => {
    const row = book.rowOf(one.id);
    const worth = row === undefined || revenue === undefined ? null : book.value(revenue, row);
    return {
      id: one.id,
      name: one.name,
      owner: one.owner,
      revenue: typeof worth === "number" ? worth : null,
      why: whyOf(move, one, before.get(one.id)?.decision, then.get(one.id)?.decision),
    };
  });
}

function whyOf(
  { of, to, from, toDay }: AccountMove,
  { closedAt }: MovedAccount,
  before: Decision | undefined,
  after: Decision | undefined,
): string {
  if (to === null || (to === undefined && closedAt !== null && closedAt <= toDay))
    return closedAt === null ? "no longer in the book" : `closed on ${formatDay(closedAt)}`;
  if (from === null || !before)
    return after ? `in the book since ${firstDay(after)}` : "new in the book";
  if (!after || from === to) return "as it was";
  return of === "band" ? whyBand(before, after) : whyMove(of, before, after);
}

function firstDay({ level, at }: Decision): Day | string {
  return level?.since ?? at;
}

function whyMove(of: StandingKind, before: Decision, after: Decision): string {
  return movesOf(before, after).find(({ what }) => what === of)?.why ?? "as it was";
}

/** The score before and after, and the measure that changed it most. */
function whyBand({ health: was }: Decision, { health: is }: Decision): string {
  if (is.score === null) return "too little of its health is known";
  const score = Math.round(is.score);
  if (was.score === null) return `score ${score}, unknown before`;
  const changed = Object.entries(is.measures)
    .map(([name, { score: now, share }]) => {
      const then = was.measures[name]?.score ?? null;
      return { name, by: now === null || then === null ? 0 : (now - then) * share };
    })
    .toSorted((a, b) => Math.abs(b.by) - Math.abs(a.by))[0];
  const most = changed && changed.by !== 0 ? `, most by ${changed.name.replaceAll("_", " ")}` : "";
  return `score ${Math.round(was.score)} to ${score}${most}`;
}
