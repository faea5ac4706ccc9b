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
type One = Extract<SegmentDef, { kind: "one" }>;

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

function bindSegment(
  segment: SegmentDef,
  block: SignalBlock,
  book: Book,
  columns: SegmentColumns,
  localDay: LocalDay,
): (from: number, to: number, today: Day) => void {
  const signals = block.bind(book, localDay);
  const column = book.column(`segments.${segment.name}`);
  const codes =
    segment.kind === "one" ? segment.entries.map(({ name }) => book.dict.code(name)) : [];
  return (from, to, today) => {
    signals.evaluate(from, to, today);
    for (let row = from; row < to; row++) {
      const before = columns.member[row] as number;
      const after =
        segment.kind === "one"
          ? firstTrue(segment, signals, row)
          : flagMember(segment, signals, columns, row, today);
      if (after !== before) columns.since[row] = today;
      columns.member[row] = after;
      column[row] = segment.kind === "one" ? (after < 0 ? -1 : (codes[after] as number)) : after;
    }
  };
}

/** The first entry that is true wins; unknown ones are passed over. */
function firstTrue(segment: One, signals: Signals, row: number): number {
  for (let entry = 0; entry < segment.entries.length; entry++) {
    if (signals.of[entry]?.[row] === 1) return entry;
  }
  return -1;
}

/**
 * Joined when `when` has held on `for` successive days and `until` is not true; left when
 * `until` is true (without one: when `when` is not). Leaving clears the count.
 */
function flagMember(
  segment: Flag,
  signals: Signals,
  columns: SegmentColumns,
  row: number,
  today: Day,
): number {
  const when = signals.of[0]?.[row] === 1;
  const until = segment.until ? signals.of[1]?.[row] === 1 : !when;
  const isIn = columns.member[row] === 1;
  const leaves = isIn && until;
  if (!when || leaves) columns.streak[row] = NO_DAY;
  if (when && columns.streak[row] === NO_DAY) columns.streak[row] = today;
  if (isIn) return leaves ? 0 : 1;
  const heldFor = when ? today - (columns.streak[row] as number) + 1 : 0;
  return heldFor >= segment.for && when && !until ? 1 : 0;
}
