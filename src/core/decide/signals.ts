import type { Book, BookLayout } from "../book/book.ts";
import {
  type BlockFunction,
  type Layout,
  type LinkedBlock,
  linkBlock,
  namedOnce,
  RuleEmitter,
} from "../rules/index.ts";
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
 * Rules answered in one loop. All in one would read each cell once, but more than about these
 * many do not fit the processor's registers, which costs more than reading a cell again (sixty
 * rules: 900 million answers a second by 16, 600 million in one). It also keeps a large model's
 * loops short enough for the engine to optimise them.
 */
const RULES_AT_ONCE = 16;

/**
 * Rules whose answers feed a state machine (segments, lifecycle, adjustments, programs), as
 * generated loops over the rows. Unknown is not true.
 */
export function compileSignals(rules: readonly Rule[], layout: BookLayout): SignalBlock {
  const outputs = withOutputs(layout);
  const loops: LinkedBlock[] = [];
  for (let first = 0; first < rules.length; first += RULES_AT_ONCE) {
    loops.push(compileLoop(rules.slice(first, first + RULES_AT_ONCE), first, outputs));
  }
  return {
    bind: (book, localDay) => {
      const of = rules.map(() => new Uint8Array(book.size));
      const columns = [...book.columns, ...of];
      const bound = loops.map((loop) => loop(columns, book.dict, { localDay }));
      return {
        of,
        evaluate: (from, to, today) => {
          for (const loop of bound) loop(from, to, today);
        },
      };
    },
  };
}

/** @param first the place of the first of these rules among the signals */
function compileLoop(rules: readonly Rule[], first: number, outputs: Layout): LinkedBlock {
  const emitter = new RuleEmitter(outputs, { today: "today" });
  const { locals, expressions } = namedOnce(rules.map(({ expr }) => emitter.bit(expr)));
  const lines = expressions.map(
    (answer, index) => `${emitter.column(outputName(first + index))}[i] = ${answer};`,
  );
  const body = `for (let i = from; i < to; i++) {\n${[locals, ...lines].join("\n")}\n}`;
  return linkBlock(emitter, body);
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
