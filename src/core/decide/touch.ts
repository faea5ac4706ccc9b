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
  readonly #state: BookState;
  /** What programs see, and the levels' names in it. */
  readonly #shown: {
    readonly level: Int32Array;
    readonly base: Int32Array;
    readonly held: Uint8Array;
    readonly since: Float64Array;
  };
  readonly #codes: Int32Array;
  readonly #signals: Signals;
  readonly #adjust: readonly AdjustmentDef[];
  /** By adjustment, then by level: the level it makes of it. */
  readonly #effects: readonly Int16Array[];
  readonly #baseLevels: Int16Array;
  /** By row, of the run in progress: the level asked for so far. */
  readonly #asked: Int16Array;
  readonly #otherwise: number;
  readonly #hold: number;

  constructor(model: Model, book: Book, state: BookState, signals: Signals) {
    const index = (name: string): number => model.levels.findIndex((level) => level.name === name);
    this.#state = state;
    this.#shown = {
      level: book.column("level") as Int32Array,
      base: book.column("base_level") as Int32Array,
      held: book.column("held") as Uint8Array,
      since: book.column("days_at_level") as Float64Array,
    };
    this.#codes = Int32Array.from(model.levels, ({ name }) => book.dict.code(name));
    this.#signals = signals;
    this.#adjust = model.touch?.adjust ?? [];
    this.#effects = this.#adjust.map(({ effect }) => {
      const after = effectOn(effect, index, model.levels.length - 1);
      return Int16Array.from(model.levels, (_, level) => after(level));
    });
    this.#baseLevels = Int16Array.from(model.touch?.base ?? [], ({ level }) => index(level));
    this.#asked = new Int16Array(book.size);
    this.#otherwise = model.touch ? index(model.touch.otherwise) : -1;
    this.#hold = model.touch?.hold ?? 0;
  }

  run(from: number, to: number, today: Day): void {
    if (this.#otherwise < 0) return;
    this.#signals.evaluate(from, to, today);
    this.#base(from, to, today);
    this.#adjust.forEach((_, adjustment) => this.#apply(adjustment, from, to, today));
    this.#settle(from, to, today);
    this.#show(from, to, today);
  }

  baseEntry(row: number): number {
    for (let entry = 0; entry < this.#baseLevels.length; entry++) {
      if (this.#signals.of[entry]?.[row] === 1) return entry;
    }
    return -1;
  }

  ladder(row: number, today: Day): LadderStep[] {
    let level = this.#baseOf(row);
    return this.#adjust.map((_, adjustment) => {
      const when = this.#isTrue(adjustment, row);
      const applied = when || this.#isKept(adjustment, row, today);
      const before = level;
      if (applied) level = this.#effects[adjustment]?.[before] ?? before;
      return { adjustment, applied, kept: applied && !when, before, after: level };
    });
  }

  #base(from: number, to: number, today: Day): void {
    const { base, baseSince } = this.#state;
    for (let row = from; row < to; row++) {
      const level = this.#baseOf(row);
      if (base[row] !== level) baseSince[row] = today;
      base[row] = level;
      this.#asked[row] = level;
    }
  }

  /** One adjustment for all rows, which is faster than all adjustments for one row. */
  #apply(adjustment: number, from: number, to: number, today: Day): void {
    const asked = this.#asked;
    const after = this.#effects[adjustment] as Int16Array;
    const signal = this.#signalOf(adjustment);
    const keep = this.#adjust[adjustment]?.keep;
    const last = this.#state.keep[adjustment] as Int32Array;
    for (let row = from; row < to; row++) {
      const when = signal[row] === 1;
      if (when && keep !== undefined) last[row] = today;
      if (when || (keep !== undefined && isWithin(keep, last[row] as number, today))) {
        asked[row] = after[asked[row] as number] as number;
      }
    }
  }

  #settle(from: number, to: number, today: Day): void {
    const { level, levelSince } = this.#state;
    for (let row = from; row < to; row++) {
      const after = this.#afterHold(row, this.#asked[row] as number, today);
      if (level[row] !== after) levelSince[row] = today;
      level[row] = after;
    }
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
    const entry = this.baseEntry(row);
    return entry < 0 ? this.#otherwise : (this.#baseLevels[entry] as number);
  }

  #signalOf(adjustment: number): Uint8Array {
    return this.#signals.of[this.#baseLevels.length + adjustment] as Uint8Array;
  }

  #isTrue(adjustment: number, row: number): boolean {
    return this.#signalOf(adjustment)[row] === 1;
  }

  #isKept(adjustment: number, row: number, today: Day): boolean {
    const keep = this.#adjust[adjustment]?.keep;
    const last = this.#state.keep[adjustment]?.[row] ?? NO_DAY;
    return keep !== undefined && isWithin(keep, last, today);
  }

  /** Makes the level known to programs. */
  #show(from: number, to: number, today: Day): void {
    const state = this.#state;
    const codes = this.#codes;
    const { level, base, held, since } = this.#shown;
    for (let row = from; row < to; row++) {
      level[row] = codes[state.level[row] as number] as number;
      base[row] = codes[state.base[row] as number] as number;
      held[row] = state.held[row] as number;
      since[row] = today - (state.levelSince[row] as number);
    }
  }
}

function isWithin(keep: number, last: Day, today: Day): boolean {
  return last !== NO_DAY && today - last <= keep;
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
