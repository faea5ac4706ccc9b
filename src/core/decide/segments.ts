import type { Book, BookLayout } from "../book/book.ts";
import type { Model, SegmentDef } from "../model/types.ts";
import type { Day } from "../time/day.ts";
import { type BookState, NO_DAY, type SegmentColumns } from "./book-state.ts";
import { compileSignals, type LocalDay, type SignalBlock, type Signals } from "./signals.ts";

export interface SegmentBlocks {
  bind(book: Book, state: BookState, localDay: LocalDay): SegmentPass;
}

export interface SegmentPass {
  run(from: number, to: number, today: Day): void;
}

type Flag = Extract<SegmentDef, { kind: "flag" }>;

/** Segments, one after the other: each may ask for those above it. */
export function compileSegments(model: Model, layout: BookLayout): SegmentBlocks {
  const blocks = model.segments.map((segment) => ({
    segment,
    block: compileSignals(rulesOf(segment), layout),
  }));
  return {
    bind: (book, state, localDay) => {
      const passes = blocks.map(({ segment, block }, index) =>
        bindSegment(segment, block, book, state.segments[index] as SegmentColumns, localDay),
      );
      return {
        run: (from, to, today) => {
          for (const pass of passes) pass(from, to, today);
        },
      };
    },
  };
}

function rulesOf(segment: SegmentDef) {
  if (segment.kind === "one") return segment.entries.map(({ rule }) => rule);
  return segment.until ? [segment.when, segment.until] : [segment.when];
}

type Run = SegmentPass["run"];

function bindSegment(
  segment: SegmentDef,
  block: SignalBlock,
  book: Book,
  columns: SegmentColumns,
  localDay: LocalDay,
): Run {
  const signals = block.bind(book, localDay);
  const shown = book.column(`segments.${segment.name}`);
  if (segment.kind === "flag") return runFlag(segment, signals, columns, shown as Uint8Array);
  const codes = segment.entries.map(({ name }) => book.dict.code(name));
  return runOne(Int32Array.of(...codes), signals, columns, shown as Int32Array);
}

/** The first entry that is true wins; unknown ones are passed over. */
function runOne(
  codes: Int32Array,
  signals: Signals,
  { member, since }: SegmentColumns,
  shown: Int32Array,
): Run {
  return (from, to, today) => {
    signals.evaluate(from, to, today);
    for (let row = from; row < to; row++) {
      const entry = firstTrue(signals, row);
      if (member[row] !== entry) since[row] = today;
      member[row] = entry;
      shown[row] = entry < 0 ? -1 : (codes[entry] as number);
    }
  };
}

/** Index of the first signal that is true; -1 when none is. */
function firstTrue({ of }: Signals, row: number): number {
  for (let index = 0; index < of.length; index++) if (of[index]?.[row] === 1) return index;
  return -1;
}

/**
 * Joined when `when` has held on `for` successive days and `until` is not true; left when
 * `until` is true (without one: when `when` is not). Leaving clears the count.
 */
function runFlag(
  segment: Flag,
  signals: Signals,
  { member, since, streak }: SegmentColumns,
  shown: Uint8Array,
): Run {
  const [whens, untils] = signals.of as readonly [Uint8Array, Uint8Array | undefined];
  const days = segment.for;
  return (from, to, today) => {
    signals.evaluate(from, to, today);
    for (let row = from; row < to; row++) {
      const when = whens[row] === 1;
      const until = untils ? untils[row] === 1 : !when;
      const isIn = member[row] === 1;
      if (!when || (isIn && until)) streak[row] = NO_DAY;
      if (when && streak[row] === NO_DAY) streak[row] = today;
      const heldFor = today - (streak[row] as number) + 1;
      const after = !until && (isIn || (when && heldFor >= days)) ? 1 : 0;
      if (member[row] !== after) since[row] = today;
      member[row] = after;
      shown[row] = after;
    }
  };
}
