import type { Book, BookLayout } from "../book/book.ts";
import type { Model } from "../model/types.ts";
import type { Rule } from "../rules/types.ts";
import type { Day } from "../time/day.ts";
import { type BookState, NO_DAY } from "./book-state.ts";
import { compileSignals, type LocalDay, type Signals } from "./signals.ts";
import { StageLists } from "./stage-lists.ts";

export interface LifecycleBlocks {
  bind(book: Book, state: BookState, localDay: LocalDay): LifecyclePass;
}

export interface LifecyclePass {
  run(from: number, to: number, today: Day): void;
  /** Stages the row went through in the last run, first to last; empty when it stayed. */
  moves(row: number): Move[];
}

export interface Move {
  readonly from: number;
  readonly to: number;
  readonly because: "start" | "enter" | "exit";
}

/** A stage with its rules as numbers of signals. */
interface StagePlan {
  /** Its own `enter`: while that holds, `exit` is ignored. */
  readonly enter: number | undefined;
  /** Stages that may be entered from here, in the order of the file, and when. */
  readonly claims: readonly { readonly to: number; readonly enter: number }[];
  readonly exit: readonly number[];
  readonly next: number | undefined;
}

/** Why a stage was moved to, as stored with the move. */
const REASONS = ["start", "enter", "exit"] as const;
const [START, ENTER, EXIT] = [0, 1, 2];
const STAY = -1;

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
  const enters = (lifecycle?.stages ?? []).map(({ enter }) => enter && signal(enter));
  const stages = (lifecycle?.stages ?? []).map((stage, here): StagePlan => ({
    enter: enters[here],
    claims: (lifecycle?.stages ?? []).flatMap(({ from }, to) => {
      const enter = enters[to];
      return to !== here && enter !== undefined && from.includes(stage.name) ? [{ to, enter }] : [];
    }),
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
        moves: (row) => walker.moves(row),
        run: (from, to, today) => {
          if (stages.length === 0) return;
          walker.begin(from, to, today);
          for (let row = from; row < to; row++) walker.decide(row, starts, today);
        },
      };
    },
  };
}

class Walker {
  readonly #state: BookState;
  readonly #signals: Signals;
  /** By row: stages moved to with the reason for each, and where the first move began. */
  readonly #moves: StageLists;
  readonly #origin: Int16Array;
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
    // every stage is left once at most, and the start is a move too
    this.#moves = new StageLists(book.size, stages.length + 1);
    this.#origin = new Int16Array(book.size);
    this.#stages = stages;
    this.#asksStage = asksStage;
    this.#stageColumn = book.column("stage") as Int32Array;
    this.#daysColumn = book.column("days_in_stage") as Float64Array;
    this.#codes = names.map((name) => book.dict.code(name));
  }

  moves(row: number): Move[] {
    let from = this.#origin[row] as number;
    return this.#moves.of(row).map((code): Move => {
      const to = Math.floor(code / REASONS.length);
      const move = { from, to, because: REASONS[code % REASONS.length] ?? "start" };
      from = to;
      return move;
    });
  }

  begin(from: number, to: number, today: Day): void {
    this.#moves.clear(from, to);
    for (let row = from; row < to; row++) this.#show(row, today);
    this.#signals.evaluate(from, to, today);
  }

  decide(
    row: number,
    starts: readonly { readonly signal: number; readonly stage: number }[],
    today: Day,
  ): void {
    const state = this.#state;
    this.#origin[row] = state.stage[row] as number;
    if (this.#origin[row] === -1) this.#move(row, this.#start(row, starts), START, today);
    for (;;) {
      const here = this.#stages[state.stage[row] as number] as StagePlan;
      let to = this.#claimant(row, here);
      const reason = to === STAY ? EXIT : ENTER;
      if (to === STAY) to = this.#wayOut(row, here);
      if (to === STAY) return;
      this.#move(row, to, reason, today);
    }
  }

  #start(row: number, starts: readonly { signal: number; stage: number }[]): number {
    for (const { signal, stage } of starts) if (this.#holds(signal, row)) return stage;
    return 0;
  }

  /** The first stage that claims the row. */
  #claimant(row: number, { claims }: StagePlan): number {
    for (const { to, enter } of claims) {
      if (this.#holds(enter, row) && !this.#state.left.has(row, to)) return to;
    }
    return STAY;
  }

  /** What the present stage's exit leads to, once all its criteria hold. */
  #wayOut(row: number, { enter, exit, next }: StagePlan): number {
    if (next === undefined) return STAY;
    for (const signal of exit) if (!this.#holds(signal, row)) return STAY;
    if (enter !== undefined && this.#holds(enter, row)) return STAY;
    return this.#state.left.has(row, next) ? STAY : next;
  }

  #move(row: number, to: number, reason: number, today: Day): void {
    const state = this.#state;
    const from = state.stage[row] as number;
    if (from >= 0 && !state.left.has(row, from)) state.left.push(row, from);
    this.#moves.push(row, to * REASONS.length + reason);
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
