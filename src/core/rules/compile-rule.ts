import type { Day } from "../time/day.ts";
import type { ColumnData, Dictionary, Layout } from "./columns.ts";
import { RuleEmitter } from "./emit.ts";
import { linkFunction } from "./link.ts";
import type { RuleHelpers } from "./runtime.ts";
import type { Rule } from "./types.ts";

/** One rule, row by row. */
export type RowFunction = (i: number, today: Day) => number;

/**
 * One rule over the columns of a book, row by row: FALSE, TRUE or UNKNOWN for a boolean rule, a
 * double (NaN unknown) for numbers, dates and times, a dictionary code (-1 unknown) for strings.
 */
export function compileRule(
  rule: Rule,
  layout: Layout,
  dict: Dictionary,
  columns: readonly ColumnData[],
  helpers: RuleHelpers,
): RowFunction {
  const emitter = new RuleEmitter(layout, { today: "today" });
  const body = `return ${emitter.value(rule.expr)};`;
  return linkFunction(emitter, "i, today", body)(columns, dict, helpers);
}
