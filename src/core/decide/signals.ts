import type { Book, BookLayout } from "../book/book.ts";
import { type BlockFunction, type Layout, linkBlock, RuleEmitter } from "../rules/index.ts";
import type { Rule } from "../rules/types.ts";
import type { Day, Instant } from "../time/day.ts";

export type LocalDay = (at: Instant) => Day;

/** One byte a row for each of several rules: 1 where the rule is known to be true. */
export interface Signals {
  readonly of: readonly Uint8Array[];
  readonly evaluate: BlockFunction;
}

export interface SignalBlock {
  bind(book: Book, localDay: LocalDay): Signals;
}

/**
 * Rules whose answers feed a state machine (segments, lifecycle, adjustments, programs): all of
 * them over all rows in one pass of generated code. Unknown is not true.
 */
export function compileSignals(rules: readonly Rule[], layout: BookLayout): SignalBlock {
  const emitter = new RuleEmitter(withOutputs(layout), { today: "today" });
  const lines = rules.map(
    (rule, index) =>
      `${emitter.column(outputName(index))}[i] = ${emitter.isTrue(rule.expr)} ? 1 : 0;`,
  );
  const body = `for (let i = from; i < to; i++) {\n${lines.join("\n")}\n}`;
  const linked = rules.length === 0 ? undefined : linkBlock(emitter, body);
  return {
    bind: (book, localDay) => {
      const of = rules.map(() => new Uint8Array(book.size));
      const evaluate = linked?.([...book.columns, ...of], book.dict, { localDay }) ?? (() => {});
      return { of, evaluate };
    },
  };
}

const outputName = (index: number): string => `signal ${index}`;

/** The book's columns, and behind them one for each signal. */
function withOutputs(layout: BookLayout): Layout {
  return {
    column: (name) =>
      name.startsWith("signal ")
        ? { index: layout.specs.length + Number(name.slice(7)), type: { kind: "boolean" } }
        : layout.column(name),
  };
}
