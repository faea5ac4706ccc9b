import type { ColumnData, Dictionary } from "./columns.ts";
import type { RuleEmitter } from "./emit.ts";
import type { Day, Instant } from "../time/day.ts";

/** What generated code needs from outside. */
export interface RuleHelpers {
  /** The workspace's local day of an instant; never called with NaN. */
  localDay(at: Instant): Day;
}

/** Decides rows `from` (inclusive) to `to` (exclusive) as of `today`. */
export type BlockFunction = (from: number, to: number, today: Day) => void;

export type LinkedBlock = (
  columns: readonly ColumnData[],
  dict: Dictionary,
  helpers: RuleHelpers,
) => BlockFunction;

/**
 * Makes a block runnable. `body` is the whole body of `(from, to, today) => { … }`, loop
 * included, so with `const e = new RuleEmitter(layout, { today: "today" })`:
 *
 *     linkBlock(e, `for (let i = from; i < to; i++) ${e.column("big")}[i] = ${e.boolean(rule.expr)};`)
 *
 * Call it after everything has been emitted. The result is bound to one book's columns: bind it
 * again when a column is replaced (binding is cheap, it compiles nothing).
 */
export function linkBlock(emitter: RuleEmitter, body: string): LinkedBlock {
  void emitter;
  void body;
  throw new Error("being written");
}
