import type { Book, BookLayout } from "../book/book.ts";
import type { Model } from "../model/types.ts";
import type { Rule } from "../rules/types.ts";
import type { Day } from "../time/day.ts";
import { type BookState, NO_DAY } from "./book-state.ts";
import { compileSignals, type LocalDay, type Signals } from "./signals.ts";

export interface LifecycleBlocks {
  bind(book: Book, state: BookState, localDay: LocalDay): LifecyclePass;
}

export interface LifecyclePass {
  run(from: number, to: number, today: Day): void;
  /** Stages the row went through in this evaluation, first to last; empty when it stayed. */
  readonly moves: ReadonlyMap<number, readonly Move[]>;
}

export interface Move {
  readonly from: number;
  readonly to: number;
  readonly because: "start" | "enter" | "exit";
}

/** A stage with its rules as numbers of signals. */
interface StagePlan {
  readonly enter: number | undefined;
  /** Stages this one may be entered from. */
  readonly from: ReadonlySet<number>;
  readonly exit: readonly number[];
  readonly next: number | undefined;
}

/**
 * Where each customer stands in its journey: exactly one stage, left when its measurable exit
 * criteria hold or when another stage claims it.
 */
export function compileLifecycle(model: Model, layout: BookLayout): LifecycleBlocks {
  const { lifecycle } = model;
  const rules: Rule[] = [];
  const signal = (rule: Rule): number => rules.push(rule) - 1;
  const names = (lifecycle?.stages ?? []).map(({ name }) => name);
  const starts = (lifecycle?.start ?? []).map(({ when, stage }) => ({
    signal: signal(when),
    stage: names.indexOf(stage),
  }));
  const stages = (lifecycle?.stages ?? []).map((stage): StagePlan => ({
    enter: stage.enter && signal(stage.enter),
    from: new Set(stage.from.map((name) => names.indexOf(name))),
    exit: stage.exit.map(({ rule }) => signal(rule)),
    next:
      stage.next === undefined || stage.exit.length === 0 ? undefined : names.indexOf(stage.next),
  }));
  const asksStage = rules.some((rule) =>
    rule.names.some((name) => name === "stage" || name === "days_in_stage"),
  );
  const block = compileSignals(rules, layout);
  return {
    bind: (book, state, localDay) => {
      const signals = block.bind(book, localDay);
      const walker = new Walker(book, state, signals, names, stages, asksStage);
      return {
        moves: walker.moves,
        run: (from, to, today) => {
          walker.begin(from, to, today);
          for (let row = from; row < to; row++) walker.decide(row, starts, today);
        },
      };
    },
  };
}

class Walker {
  readonly moves = new Map<number, Move[]>();
  readonly #state: BookState;
  readonly #signals: Signals;
  readonly #stages: readonly StagePlan[];
  readonly #asksStage: boolean;
  readonly #stageColumn: Int32Array;
  readonly #daysColumn: Float64Array;
  readonly #codes: readonly number[];

  constructor(
    book: Book,
    state: BookState,
    signals: Signals,
    names: readonly string[],
    stages: readonly StagePlan[],
    asksStage: boolean,
  ) {
    this.#state = state;
    this.#signals = signals;
    this.#stages = stages;
    this.#asksStage = asksStage;
    this.#stageColumn = book.column("stage") as Int32Array;
    this.#daysColumn = book.column("days_in_stage") as Float64Array;
    this.#codes = names.map((name) => book.dict.code(name));
  }

  begin(from: number, to: number, today: Day): void {
    this.moves.clear();
    for (let row = from; row < to; row++) this.#show(row, today);
    this.#signals.evaluate(from, to, today);
  }

  decide(row: number, starts: readonly { signal: number; stage: number }[], today: Day): void {
    if (this.#stages.length === 0) return;
    if ((this.#state.stage[row] as number) < 0) {
      const start = starts.find(({ signal }) => this.#holds(signal, row));
      this.#move(row, start?.stage ?? 0, "start", today);
    }
    for (;;) {
      const move = this.#next(row);
      if (!move) return;
      this.#move(row, move.to, move.because, today);
    }
  }

  /** Where the row goes from here: a stage that claims it, else what its exit leads to. */
  #next(row: number): { to: number; because: "enter" | "exit" } | undefined {
    const here = this.#state.stage[row] as number;
    const left = this.#state.left.get(row);
    for (let to = 0; to < this.#stages.length; to++) {
      const { enter, from } = this.#stages[to] as StagePlan;
      if (to === here || enter === undefined || !from.has(here) || left?.includes(to)) continue;
      if (this.#holds(enter, row)) return { to, because: "enter" };
    }
    const { enter, exit, next } = this.#stages[here] as StagePlan;
    if (next === undefined || left?.includes(next)) return undefined;
    if (enter !== undefined && this.#holds(enter, row)) return undefined;
    return exit.every((signal) => this.#holds(signal, row))
      ? { to: next, because: "exit" }
      : undefined;
  }

  #move(row: number, to: number, because: Move["because"], today: Day): void {
    const state = this.#state;
    const from = state.stage[row] as number;
    if (from >= 0) {
      const left = state.left.get(row);
      if (left) left.push(from);
      else state.left.set(row, [from]);
    }
    const moves = this.moves.get(row);
    if (moves) moves.push({ from, to, because });
    else this.moves.set(row, [{ from, to, because }]);
    state.stage[row] = to;
    state.stageSince[row] = today;
    this.#show(row, today);
    if (this.#asksStage) this.#signals.evaluate(row, row + 1, today);
  }

  /** Makes the stage reached so far visible to rules. */
  #show(row: number, today: Day): void {
    const stage = this.#state.stage[row] as number;
    const since = this.#state.stageSince[row] as number;
    this.#stageColumn[row] = stage < 0 ? -1 : (this.#codes[stage] as number);
    this.#daysColumn[row] = since === NO_DAY ? Number.NaN : today - since;
  }

  #holds(signal: number, row: number): boolean {
    return this.#signals.of[signal]?.[row] === 1;
  }
}
