import type { Day } from "../time/day.ts";
import type { ColumnData, Dictionary } from "./columns.ts";
import type { RuleEmitter } from "./emit.ts";
import { createRuntime, type RuleHelpers } from "./runtime.ts";

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
 * again when a column is replaced (binding is cheap, it compiles nothing). `body` must hold only
 * what the emitter gave and the caller's own constants: it is run as code.
 */
export function linkBlock(emitter: RuleEmitter, body: string): LinkedBlock {
  return linkFunction(emitter, "from, to, today", body);
}

/** The same for any function of numbers, one of its `parameters` being `today`. */
export function linkFunction(
  emitter: RuleEmitter,
  parameters: string,
  body: string,
): LinkedFunction {
  const code = `"use strict";
${emitter.prologue()}
return (${parameters}) => {
const $today = ${emitter.today};
${body}
};`;
  // oxlint-disable-next-line typescript/no-implied-eval -- the code holds nothing of a rule's text
  const make = new Function("$columns", "$dict", "$rt", code) as (
    columns: readonly ColumnData[],
    dict: Dictionary,
    runtime: ReturnType<typeof createRuntime>,
  ) => (...args: number[]) => number;
  return (columns, dict, helpers) => make(columns, dict, createRuntime(dict, helpers));
}

export type LinkedFunction = (
  columns: readonly ColumnData[],
  dict: Dictionary,
  helpers: RuleHelpers,
) => (...args: number[]) => number;
