import type { Book, BookLayout } from "../book/book.ts";
import type { AdjustmentDef, Effect, Model } from "../model/types.ts";
import { assertNever } from "../text/assert-never.ts";
import type { Day } from "../time/day.ts";
import { type BookState, NO_DAY } from "./book-state.ts";
import { compileSignals, type LocalDay, type Signals } from "./signals.ts";

export interface TouchBlocks {
  bind(book: Book, state: BookState, localDay: LocalDay): TouchPass;
}

/** One line of the ladder: what a rule did to the running level. Levels by index, 0 is highest. */
export interface LadderStep {
  readonly adjustment: number;
  readonly applied: boolean;
  /** Applied only because it held not long ago (`keep`). */
  readonly kept: boolean;
  readonly before: number;
  readonly after: number;
}

export interface TouchPass {
  run(from: number, to: number, today: Day): void;
  /** Index of the base entry that won; -1: `otherwise`. */
  baseEntry(row: number): number;
  /** Every adjustment in order with before and after, as in the last run. */
  ladder(row: number, today: Day): LadderStep[];
}

/** How much attention: a base level, adjusted top to bottom, then held so that it does not flap. */
export function compileTouch(model: Model, layout: BookLayout): TouchBlocks {
  const { touch } = model;
  const base = touch?.base ?? [];
  const adjust = touch?.adjust ?? [];
  const block = compileSignals(
    [...base, ...adjust].map(({ when }) => when),
    layout,
  );
  return {
    bind: (book, state, localDay) => new Ladder(model, book, state, block.bind(book, localDay)),
  };
}

class Ladder implements TouchPass {
  readonly #model: Model;
  readonly #book: Book;
  readonly #state: BookState;
  readonly #signals: Signals;
  readonly #adjust: readonly AdjustmentDef[];
  readonly #effects: readonly ((level: number) => number)[];
  readonly #baseLevels: readonly number[];
  readonly #otherwise: number;
  readonly #hold: number;

  constructor(model: Model, book: Book, state: BookState, signals: Signals) {
    const index = (name: string): number => model.levels.findIndex((level) => level.name === name);
    this.#model = model;
    this.#book = book;
    this.#state = state;
    this.#signals = signals;
    this.#adjust = model.touch?.adjust ?? [];
    this.#effects = this.#adjust.map(({ effect }) =>
      effectOn(effect, index, model.levels.length - 1),
    );
    this.#baseLevels = (model.touch?.base ?? []).map(({ level }) => index(level));
    this.#otherwise = model.touch ? index(model.touch.otherwise) : -1;
    this.#hold = model.touch?.hold ?? 0;
  }

  run(from: number, to: number, today: Day): void {
    if (this.#otherwise < 0) return;
    this.#signals.evaluate(from, to, today);
    for (let row = from; row < to; row++) this.#decide(row, today);
    this.#show(from, to, today);
  }

  baseEntry(row: number): number {
    return this.#baseLevels.findIndex((_, entry) => this.#signals.of[entry]?.[row] === 1);
  }

  ladder(row: number, today: Day): LadderStep[] {
    let level = this.#baseOf(row);
    return this.#adjust.map((_, adjustment) => {
      const when = this.#isTrue(adjustment, row);
      const applied = when || this.#isKept(adjustment, row, today);
      const before = level;
      if (applied) level = (this.#effects[adjustment] as (level: number) => number)(level);
      return { adjustment, applied, kept: applied && !when, before, after: level };
    });
  }

  #decide(row: number, today: Day): void {
    const state = this.#state;
    const base = this.#baseOf(row);
    if (state.base[row] !== base) state.baseSince[row] = today;
    state.base[row] = base;
    let asked = base;
    for (let adjustment = 0; adjustment < this.#adjust.length; adjustment++) {
      const when = this.#isTrue(adjustment, row);
      if (when && this.#adjust[adjustment]?.keep !== undefined) {
        (state.keep[adjustment] as Int32Array)[row] = today;
      }
      if (when || this.#isKept(adjustment, row, today)) {
        asked = (this.#effects[adjustment] as (level: number) => number)(asked);
      }
    }
    const level = this.#afterHold(row, asked, today);
    if (state.level[row] !== level) state.levelSince[row] = today;
    state.level[row] = level;
  }

  /** The level to have when another is asked for: raised at once, lowered after `hold` days. */
  #afterHold(row: number, asked: number, today: Day): number {
    const state = this.#state;
    const present = state.level[row] as number;
    const wasPinned = state.pinned[row] === 1;
    const pin = state.pinLevel[row] as number;
    const isPinned = pin >= 0 && today <= (state.pinUntil[row] as number);
    state.pinned[row] = isPinned ? 1 : 0;
    state.held[row] = 0;
    if (isPinned || wasPinned || present < 0 || asked <= present) {
      state.lowerSince[row] = NO_DAY;
      return isPinned ? pin : asked;
    }
    if (state.lowerSince[row] === NO_DAY) state.lowerSince[row] = today;
    if (today - (state.lowerSince[row] as number) + 1 >= this.#hold) {
      state.lowerSince[row] = NO_DAY;
      return asked;
    }
    state.held[row] = 1;
    return present;
  }

  #baseOf(row: number): number {
    for (let entry = 0; entry < this.#baseLevels.length; entry++) {
      if (this.#signals.of[entry]?.[row] === 1) return this.#baseLevels[entry] as number;
    }
    return this.#otherwise;
  }

  #isTrue(adjustment: number, row: number): boolean {
    return this.#signals.of[this.#baseLevels.length + adjustment]?.[row] === 1;
  }

  #isKept(adjustment: number, row: number, today: Day): boolean {
    const keep = this.#adjust[adjustment]?.keep;
    const last = this.#state.keep[adjustment]?.[row] ?? NO_DAY;
    return keep !== undefined && last !== NO_DAY && today - last <= keep;
  }

  /** Makes the level known to programs. */
  #show(from: number, to: number, today: Day): void {
    const codes = this.#model.levels.map(({ name }) => this.#book.dict.code(name));
    const level = this.#book.column("level");
    const base = this.#book.column("base_level");
    const held = this.#book.column("held");
    const since = this.#book.column("days_at_level");
    for (let row = from; row < to; row++) {
      level[row] = codes[this.#state.level[row] as number] as number;
      base[row] = codes[this.#state.base[row] as number] as number;
      held[row] = this.#state.held[row] as number;
      since[row] = today - (this.#state.levelSince[row] as number);
    }
  }
}

/** An effect as a step on the ladder of levels, 0 the highest; it stops at the ends. */
function effectOn(
  effect: Effect,
  index: (name: string) => number,
  lowest: number,
): (level: number) => number {
  switch (effect.kind) {
    case "at_least": {
      const floor = index(effect.level);
      return (level) => Math.min(level, floor);
    }
    case "at_most": {
      const ceiling = index(effect.level);
      return (level) => Math.max(level, ceiling);
    }
    case "set": {
      const to = index(effect.level);
      return () => to;
    }
    case "raise": {
      const bound = effect.bound === undefined ? 0 : index(effect.bound);
      // a level already above the bound stays where it is
      return (level) => Math.min(level, Math.max(level - effect.by, bound, 0));
    }
    case "lower": {
      const bound = effect.bound === undefined ? lowest : index(effect.bound);
      return (level) => Math.max(level, Math.min(level + effect.by, bound, lowest));
    }
    default:
      return assertNever(effect);
  }
}
