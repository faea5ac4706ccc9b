import type { ColumnData, Dictionary, Layout } from "./columns.ts";
import type { RuleHelpers } from "./link.ts";
import type { Day } from "../time/day.ts";
import type { Rule } from "./types.ts";

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
): (i: number, today: Day) => number {
  void [rule, layout, dict, columns, helpers];
  throw new Error("being written");
}
