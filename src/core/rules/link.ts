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
  const code = functionCode(emitter, "from, to, today", body);
  const shared = make(code);
  return (columns, dict, helpers) => {
    let run = shared(columns, dict, createRuntime(dict, helpers));
    let rows = 0;
    return (from, to, today) => {
      const before = rows;
      rows += to - from;
      if (before < MANY_ROWS && rows >= MANY_ROWS) {
        run = make(ownCode(code))(columns, dict, createRuntime(dict, helpers));
      }
      run(from, to, today);
    };
  };
}

/**
 * A binding that has worked through so many rows gets code of its own. V8 writes the addresses of
 * columns into the machine code only of a function that exists once; one that serves several
 * bindings looks each column up for every cell, which takes two and a half times as long. For few
 * rows that is not worth compiling anew.
 */
const MANY_ROWS = 10_000;
let codesOfTheirOwn = 0;

/** Differs from all others, or V8 would remember the text and hand out the function it knows. */
function ownCode(code: string): string {
  codesOfTheirOwn += 1;
  return `${code}\n// ${codesOfTheirOwn}`;
}

/** The same for any function of numbers, one of its `parameters` being `today`. */
export function linkFunction(
  emitter: RuleEmitter,
  parameters: string,
  body: string,
): LinkedFunction {
  const made = make(functionCode(emitter, parameters, body));
  return (columns, dict, helpers) => made(columns, dict, createRuntime(dict, helpers));
}

function functionCode(emitter: RuleEmitter, parameters: string, body: string): string {
  return `"use strict";
${emitter.prologue()}
return (${parameters}) => {
const $today = ${emitter.today};
${body}
};`;
}

function make(code: string) {
  // oxlint-disable-next-line typescript/no-implied-eval -- the code holds nothing of a rule's text
  return new Function("$columns", "$dict", "$rt", code) as (
    columns: readonly ColumnData[],
    dict: Dictionary,
    runtime: ReturnType<typeof createRuntime>,
  ) => (...args: number[]) => number;
}

export type LinkedFunction = (
  columns: readonly ColumnData[],
  dict: Dictionary,
  helpers: RuleHelpers,
) => (...args: number[]) => number;
