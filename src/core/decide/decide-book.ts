import { Book } from "../book/book.ts";
import { type AccountHistory, fillBaseFacts } from "../facts/index.ts";
import type { Dictionary } from "../rules/columns.ts";
import type { Day } from "../time/day.ts";
import { localDayIn } from "../time/zone.ts";
import { BookState } from "./book-state.ts";
import type { CompiledModel } from "./compiled-model.ts";
import type { HealthPass } from "./health.ts";
import type { LifecyclePass } from "./lifecycle.ts";
import type { ProgramPass } from "./program-signals.ts";
import type { SegmentPass } from "./segments.ts";
import type { LocalDay } from "./signals.ts";
import type { TouchPass } from "./touch.ts";

/** Rows whose columns stay in the processor's cache from the first block to the last. */
const ROWS_AT_ONCE = 1024;

/**
 * A book bound to a compiled model: fill it, load states, run. The same object serves batch
 * after batch, so binding is paid once. Reading of results goes by row until the next run.
 */
export class BookDecider {
  readonly compiled: CompiledModel;
  readonly book: Book;
  readonly state: BookState;
  readonly localDay: LocalDay;
  readonly lifecycle: LifecyclePass;
  readonly touch: TouchPass;
  readonly programs: ProgramPass;
  readonly #health: HealthPass;
  readonly #segments: SegmentPass;
  readonly #facts: ReturnType<CompiledModel["derivedFacts"]["bind"]>;

  /** @param dict of another book, where texts of both are compared */
  constructor(compiled: CompiledModel, size: number, dict?: Dictionary) {
    const zone = compiled.model.workspace.timezone;
    this.compiled = compiled;
    this.book = new Book(compiled.layout, size, dict);
    this.state = new BookState(compiled.model, size, compiled.healthDays);
    this.localDay = localDayIn(zone);
    this.lifecycle = compiled.lifecycle.bind(this.book, this.state, this.localDay);
    this.touch = compiled.touch.bind(this.book, this.state, this.localDay);
    this.programs = compiled.programs.bind(this.book, this.localDay);
    this.#health = compiled.health.bind(this.book, this.state, this.localDay);
    this.#segments = compiled.segments.bind(this.book, this.state, this.localDay);
    this.#facts = compiled.derivedFacts.bind(this.book, this.localDay);
  }

  /** Reads the accounts' facts as of `today` into rows `first`, `first` + 1, … */
  read(histories: readonly AccountHistory[], today: Day, first = 0): void {
    fillBaseFacts(this.compiled.plan, this.book, histories, today, first);
  }

  /** facts → health → lifecycle → segments → touch → programs, over rows `from` to `to`. */
  run(from: number, to: number, today: Day): void {
    for (let start = from; start < to; start += ROWS_AT_ONCE) {
      this.#runRows(start, Math.min(start + ROWS_AT_ONCE, to), today);
    }
  }

  /** The same where all of today's facts are filled in, those made of others included. */
  runOnFacts(from: number, to: number, today: Day): void {
    this.#health.run(from, to, today);
    this.#afterHealth(from, to, today);
  }

  #runRows(from: number, to: number, today: Day): void {
    this.#facts.derived(from, to, today);
    this.#health.run(from, to, today);
    this.#facts.late(from, to, today);
    this.#afterHealth(from, to, today);
  }

  #afterHealth(from: number, to: number, today: Day): void {
    this.lifecycle.run(from, to, today);
    this.#segments.run(from, to, today);
    this.touch.run(from, to, today);
    this.programs.run(from, to, today);
  }
}
