import type { Model } from "../../../../src/core/model/index.ts";

type Program = Model["programs"][number];
type Step = Program["steps"][number];

/** One step of a program over weeks: on which days of which week its touches come. */
export interface CadenceRow {
  readonly step: Step;
  readonly index: number;
  /** Week (from 0; below 0: before the date) → days, counted from the run's entry or from the date. */
  readonly weeks: ReadonlyMap<number, readonly number[]>;
  /** It goes on so for ever. */
  readonly isEndless: boolean;
}

export interface Cadence {
  readonly rows: readonly CadenceRow[];
  readonly firstWeek: number;
  readonly lastWeek: number;
  /** What the days of `before` steps are counted from; null: the run's entry. */
  readonly date: string | null;
}

const MOST_WEEKS = 26;
const LEAST_WEEKS = 4;

/** A program's touches laid out over weeks, as if a run was entered on a Monday of week 1. */
export function cadenceOf({ steps }: Program): Cadence {
  const horizon = horizonOf(steps);
  const rows = steps.map((step, index): CadenceRow => {
    const weeks = new Map<number, number[]>();
    for (const day of daysOf(step, horizon)) {
      const week = Math.floor(day / 7);
      weeks.set(week, [...(weeks.get(week) ?? []), day]);
    }
    return { step, index, weeks, isEndless: step.timing.kind === "every" };
  });
  const all = rows.flatMap(({ weeks }) => [...weeks.keys()]);
  const date =
    steps.flatMap(({ timing }) => (timing.kind === "before" ? [timing.date] : []))[0] ?? null;
  return {
    rows,
    firstWeek: Math.min(0, ...all),
    lastWeek: Math.max(date === null ? LEAST_WEEKS - 1 : 0, ...all),
    date,
  };
}

/** Days shown: as far as the last single touch, and two rounds of the slowest series. */
function horizonOf(steps: readonly Step[]): number {
  const days = steps.map(({ timing }) => {
    if (timing.kind === "after") return timing.days + 1;
    return timing.kind === "every" ? timing.first + timing.period + 1 : 0;
  });
  return Math.min(MOST_WEEKS * 7, Math.max(LEAST_WEEKS * 7, ...days));
}

function daysOf({ timing }: Step, horizon: number): number[] {
  if (timing.kind === "after") return timing.days <= MOST_WEEKS * 14 ? [timing.days] : [];
  if (timing.kind === "before") return timing.days.map((days) => -days);
  const days: number[] = [];
  for (let day = timing.first; day < horizon; day += timing.period) days.push(day);
  return days;
}
