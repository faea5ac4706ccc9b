import { mondayOf, WEEK } from "../../core/allocate/hours.ts";
import type { TouchStatus } from "../../core/schedule/types.ts";
import type { Day } from "../../core/time/day.ts";
import { AppError } from "../app-error.ts";
import type { EngineContext } from "../context.ts";
import type { TouchTally } from "../ports.ts";
import { todayOf } from "./book-today.ts";
import { Known } from "./known.ts";

/** What became of touches: `off`: nobody had to do them after all. */
export const OUTCOMES: Readonly<
  Record<"done" | "open" | "missed" | "off", readonly TouchStatus[]>
> = {
  done: ["done"],
  open: ["planned", "due", "deferred", "sending", "uncertain"],
  missed: ["missed", "skipped", "dropped", "failed"],
  off: ["cancelled"],
};
export type Outcome = keyof typeof OUTCOMES;

export interface Tallies {
  readonly today: Day;
  readonly from: Day;
  readonly to: Day;
  readonly weeks: readonly Day[];
  readonly levels: readonly (string | null)[];
  readonly cells: readonly {
    readonly week: Day;
    readonly level: string | null;
    readonly human: boolean;
    readonly outcome: Outcome;
    readonly touches: number;
    readonly minutes: number;
  }[];
}

/** All that somebody had to do, whatever became of it. */
export const PLANNED: readonly TouchStatus[] = [
  ...OUTCOMES.done,
  ...OUTCOMES.open,
  ...OUTCOMES.missed,
];

const MOST_DAYS = 740;
const known = new Known<readonly TouchTally[]>();

/** Touches by the week in which they fell due: what was planned, and what became of it. */
export async function touchTallies(
  context: EngineContext,
  from: Day,
  until?: Day,
): Promise<Tallies> {
  const { book, today } = await todayOf(context);
  const to = until ?? today;
  if (to < from || to - from > MOST_DAYS) {
    throw new AppError(
      "bad-value",
      "These days cannot be told of.",
      `Say two days, the first before the last, ${MOST_DAYS} days apart at most.`,
    );
  }
  const found = await known.get(context.store, `${from} ${to}`, book.change, () =>
    context.store.history.touchTallies(from, to),
  );
  const weeks: Day[] = [];
  for (let week = mondayOf(from); week <= to; week += WEEK) weeks.push(week);
  const named = book.model.levels.map(({ name }) => name);
  const other = found
    .map(({ level }) => level)
    .filter((one) => one === null || !named.includes(one));
  return {
    today,
    from,
    to,
    weeks,
    levels: [...named, ...new Set(other)],
    cells: byOutcome(found),
  };
}

function byOutcome(found: readonly TouchTally[]): Tallies["cells"] {
  const cells = new Map<string, Tallies["cells"][number]>();
  for (const one of found) {
    const outcome = outcomeOf(one.status);
    const key = JSON.stringify([one.week, one.level, one.human, outcome]);
    const cell = cells.get(key);
    cells.set(key, {
      week: one.week,
      level: one.level,
      human: one.human,
      outcome,
      touches: (cell?.touches ?? 0) + one.touches,
      minutes: (cell?.minutes ?? 0) + one.minutes,
    });
  }
  return [...cells.values()];
}

function outcomeOf(status: TouchStatus): Outcome {
  const found = (Object.keys(OUTCOMES) as Outcome[]).find((one) => OUTCOMES[one].includes(status));
  if (!found) throw new Error(`a touch cannot be ${status}`);
  return found;
}
