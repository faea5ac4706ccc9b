import type { Book, BookLayout } from "../book/book.ts";
import {
  type BlockFunction,
  type Layout,
  type LinkedBlock,
  linkBlock,
  namedOnce,
  namesIn,
  RuleEmitter,
} from "../rules/index.ts";
import type { Expr, Rule } from "../rules/types.ts";
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
 * rules: half as long again in one). It also keeps a large model's loops short enough for the
 * engine to optimise them. Which rules go together: see `alike`.
 */
const RULES_AT_ONCE = 12;

/**
 * Rules whose answers feed a state machine (segments, lifecycle, adjustments, programs), as
 * generated loops over the rows. Unknown is not true.
 */
export function compileSignals(rules: readonly Rule[], layout: BookLayout): SignalBlock {
  const outputs = withOutputs(layout);
  const loops = alike(rules).map((group) => compileLoop(group, outputs));
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

/**
 * Places of the rules, in groups of those that read much the same, so that each cell is read in few
 * loops (sixty rules: a twentieth less time). The next of a group is the one that reads the fewest
 * names more.
 */
function alike(rules: readonly Rule[]): Placed[][] {
  const left = new Set(
    rules.map(({ expr }, place): Placed => ({ expr, place, names: [...new Set(namesIn(expr))] })),
  );
  const groups: Placed[][] = [];
  while (left.size > 0) {
    const group: Placed[] = [];
    const read = new Set<string>();
    while (group.length < RULES_AT_ONCE && left.size > 0) {
      const next = leastMore(left, read);
      left.delete(next);
      group.push(next);
      for (const name of next.names) read.add(name);
    }
    groups.push(group);
  }
  return groups;
}

/** A rule and its place among the signals. */
interface Placed {
  readonly expr: Expr;
  readonly place: number;
  readonly names: readonly string[];
}

function leastMore(left: ReadonlySet<Placed>, read: ReadonlySet<string>): Placed {
  const more = ({ names }: Placed): number => names.filter((name) => !read.has(name)).length;
  return [...left].reduce((least, one) => (more(one) < more(least) ? one : least));
}

function compileLoop(group: readonly Placed[], outputs: Layout): LinkedBlock {
  const emitter = new RuleEmitter(outputs, { today: "today" });
  const { locals, expressions } = namedOnce(group.map(({ expr }) => emitter.bit(expr)));
  const lines = group.map(
    ({ place }, index) => `${emitter.column(outputName(place))}[i] = ${expressions[index]};`,
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
