import type { Decision } from "../core/decide/index.ts";
import { because } from "../core/scenario/index.ts";
import type { Day } from "../core/time/day.ts";
import { todayOf } from "./book-history/book-today.ts";
import { Known } from "./book-history/known.ts";
import type { BookNow } from "./book-view/book-now.ts";
import type { EngineContext } from "./context.ts";

/** Accounts that made the same move for the same reason. */
export interface MoverGroup {
  readonly what: "level" | "stage";
  readonly from: string | null;
  readonly to: string | null;
  readonly why: string;
  readonly accounts: number;
  readonly examples: readonly string[];
}

interface Movers extends MoverGroup {
  /** Of all its accounts, in the order of the alphabet. */
  readonly ids: readonly string[];
}

const EXAMPLES = 3;
const known = new Known<readonly Movers[]>();

/** Who moved since the day after this one, by why; the largest group first. */
export function movers(
  context: EngineContext,
  book: BookNow,
  since: Day,
): Promise<readonly Movers[]> {
  return known.get(context.store, String(since), book.change, () => findMovers(context, since));
}

async function findMovers(context: EngineContext, since: Day): Promise<Movers[]> {
  const groups = new Map<string, Move & { readonly names: Map<string, string> }>();
  for await (const page of context.store.decisions.moves(since)) {
    for (const { before, after, name } of page) {
      for (const move of movesOf(before.decision, after.decision)) {
        const key = JSON.stringify(move);
        let group = groups.get(key);
        if (!group) groups.set(key, (group = { ...move, names: new Map() }));
        group.names.set(after.decision.account, name ?? after.decision.account);
      }
    }
  }
  return [...groups.values()]
    .map(({ names, ...move }) => ({
      ...move,
      accounts: names.size,
      examples: [...names.values()].slice(0, EXAMPLES),
      ids: [...names.keys()].toSorted(),
    }))
    .toSorted((a, b) => b.accounts - a.accounts || (a.why < b.why ? -1 : 1));
}

/** One account of a group of movers, as it is today. */
export interface Mover {
  readonly id: string;
  readonly name: string | null;
  readonly owner: string | null;
  readonly level: string | null;
  readonly stage: string | null;
  readonly revenue: number | null;
}

/** The accounts behind a group, by id; none: nobody has moved so. */
export async function moverAccounts(
  context: EngineContext,
  { since, ...move }: Move & { readonly since: Day },
  after: string | null,
  limit: number,
): Promise<Mover[]> {
  const { book } = await todayOf(context);
  const groups = await movers(context, book, since);
  const group = groups.find(
    ({ what, from, to, why }) =>
      what === move.what && from === move.from && to === move.to && why === move.why,
  );
  const ids = (group?.ids ?? []).filter((id) => after === null || id > after).slice(0, limit);
  const { revenue } = book.model.workspace;
  return ids.map((id) => {
    const row = book.rowOf(id);
    const textOf = (column: string): string | null => {
      const value = row === undefined ? null : book.value(column, row);
      return typeof value === "string" ? value : null;
    };
    const worth = row === undefined || revenue === undefined ? null : book.value(revenue, row);
    return {
      id,
      name: textOf("name"),
      owner: textOf("owner"),
      level: textOf("level"),
      stage: textOf("stage"),
      revenue: typeof worth === "number" ? worth : null,
    };
  });
}

export type Move = Pick<MoverGroup, "what" | "from" | "to" | "why">;

/** What changed of level and stage between two decisions of an account, and why. */
export function movesOf(before: Decision, after: Decision): Move[] {
  const moves: Move[] = [];
  const [fromLevel, toLevel] = [before.level?.name ?? null, after.level?.name ?? null];
  if (fromLevel !== toLevel)
    moves.push({ what: "level", from: fromLevel, to: toLevel, why: whyLevel(before, after) });
  const [fromStage, toStage] = [before.stage?.name ?? null, after.stage?.name ?? null];
  if (fromStage !== toStage)
    moves.push({ what: "stage", from: fromStage, to: toStage, why: whyStage(before, after) });
  return moves;
}

/** The reasons that are new or gone, in a CS leader's words. */
function whyLevel(before: Decision, after: Decision): string {
  if (after.level?.pinned) return `pinned by hand: ${after.level.pinned.reason}`;
  if (before.level?.pinned) return "a pin ended";
  const was = because(before);
  const is = because(after);
  const came = is.filter((name) => !was.includes(name));
  const went = was.filter((name) => !is.includes(name));
  const parts = [...came, ...went.map((name) => `no longer: ${name}`)];
  if (before.level?.base !== after.level?.base) parts.push(baseRule(after));
  return parts.join("; ") || (before.level?.held ? "the hold ran out" : "the model changed");
}

function baseRule(decision: Decision): string {
  const won = decision.level?.steps.find(({ name, applied }) => name === undefined && applied);
  return won ? `base ${won.after ?? ""}: ${won.rule}` : "another base level";
}

function whyStage(before: Decision, after: Decision): string {
  const last = after.stage?.moves.at(-1);
  if (last?.because === "exit") return "exit criteria hold";
  if (last?.because === "enter") return `${after.stage?.name ?? "the stage"} begins`;
  if (!last) return "set by hand";
  // only where the stage it was in is gone does an account begin anew
  return before.stage ? `the model has no stage ${before.stage.name}` : "first stage";
}
