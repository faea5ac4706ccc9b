import type { Model } from "../../core/model/index.ts";
import type { Day } from "../../core/time/day.ts";
import { AppError } from "../app-error.ts";
import type { EngineContext } from "../context.ts";
import type { StandingKind, StandingMove } from "../ports.ts";
import { todayOf } from "./book-today.ts";
import { Known } from "./known.ts";
import { endsOf, type Step } from "./periods.ts";

/** How accounts were spread over levels, stages or health bands, and how they moved between them. */
export interface Flows {
  readonly of: StandingKind;
  readonly from: Day;
  readonly to: Day;
  readonly today: Day;
  readonly by: Step;
  /** As the model has them, then those that only the past knows. "": of none. */
  readonly names: readonly string[];
  /** At the end of each of these days. */
  readonly points: readonly {
    readonly day: Day;
    readonly standing: Readonly<Record<string, number>>;
  }[];
  /** Between the day before and a day, net. null: not in the book. */
  readonly moves: readonly (Cell & { readonly day: Day })[];
  /** From the first day to the last, those that stay where they are among them. */
  readonly net: readonly Cell[];
  /** The first day of which anything is known; null: none. */
  readonly since: Day | null;
}

interface Cell {
  readonly from: string | null;
  readonly to: string | null;
  readonly accounts: number;
}

export interface FlowOptions {
  readonly of: StandingKind;
  readonly from: Day;
  readonly to?: Day;
  readonly by?: Step;
}

/** Points of one answer. */
const MOST = 120;
const known = new Known<readonly StandingMove[]>();

export async function flows(context: EngineContext, options: FlowOptions): Promise<Flows> {
  const { of, from } = options;
  const { book, today } = await todayOf(context);
  const to = Math.min(options.to ?? today, today);
  if (to < from) throw wrongOrder();
  const by = options.by ?? (to - from > 190 ? "month" : "week");
  const days = endsOf(from, to, by);
  if (days.length > MOST) {
    throw new AppError(
      "bad-value",
      `These are ${days.length} days to tell of at once.`,
      `Ask for ${MOST} at most: a shorter time, or by week, month or quarter.`,
    );
  }
  const ask = (list: readonly Day[]) =>
    known.get(context.store, `${of} ${list.join(" ")}`, book.change, () =>
      context.store.history.moves(of, list),
    );
  const moves = await ask(days);
  const net = days.length <= 2 ? moves : await ask([from, to]);
  const points = standingsOf(days, moves);
  const first = points[0]?.standing ?? {};
  return {
    of,
    from,
    to,
    today,
    by,
    names: namesOf(book.model, of, moves),
    points,
    moves: moves
      .filter(({ period }) => period > 0)
      .map(({ period, ...cell }) => ({ day: days[period] ?? to, ...cell })),
    net: netOf(
      first,
      net.filter(({ period }) => period > 0),
    ),
    since: await context.store.history.since(),
  };
}

function wrongOrder(): AppError {
  return new AppError(
    "bad-value",
    "The last day is before the first.",
    "Say `from` and `to` the other way round.",
  );
}

function standingsOf(days: readonly Day[], moves: readonly StandingMove[]): Flows["points"] {
  const now = new Map<string, number>();
  const shift = (name: string | null, by: number) => {
    if (name !== null) now.set(name, (now.get(name) ?? 0) + by);
  };
  return days.map((day, index) => {
    for (const { period, from, to, accounts } of moves) {
      if (period !== index) continue;
      shift(from, -accounts);
      shift(to, accounts);
    }
    return { day, standing: Object.fromEntries([...now].filter(([, count]) => count !== 0)) };
  });
}

/** What was there at first and has not gone has stayed. */
function netOf(first: Readonly<Record<string, number>>, moves: readonly StandingMove[]): Cell[] {
  const stayed = Object.entries(first).flatMap(([name, accounts]) => {
    const gone = moves.filter(({ from }) => from === name).reduce((n, one) => n + one.accounts, 0);
    return accounts > gone ? [{ from: name, to: name, accounts: accounts - gone }] : [];
  });
  return [...stayed, ...moves.map(({ from, to, accounts }) => ({ from, to, accounts }))];
}

function namesOf(model: Model, of: StandingKind, moves: readonly StandingMove[]): string[] {
  const all = moves.flatMap(({ from, to }) => [from, to]).filter((name) => name !== null);
  return [...new Set([...declared(model, of), ...all.toSorted()])].filter(
    (name) => all.includes(name) || (name !== "" && declared(model, of).includes(name)),
  );
}

function declared(model: Model, of: StandingKind): readonly string[] {
  if (of === "level") return model.levels.map(({ name }) => name);
  if (of === "stage") return (model.lifecycle?.stages ?? []).map(({ name }) => name);
  return [...(model.health?.bands ?? []).map(({ name }) => name).toReversed(), "unknown"];
}
