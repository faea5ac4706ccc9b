import { type ColumnData, Dictionary, type Layout, newColumn } from "../columns.ts";
import type { RuleType, Value } from "../types.ts";
import { SAMPLE_TYPES } from "./sample-scope.ts";

export type Row = Readonly<Record<string, Value>>;

export interface SampleBook {
  readonly layout: Layout;
  readonly dict: Dictionary;
  readonly columns: readonly ColumnData[];
}

/** The rows as columns, in the way that a book holds them. */
export function bookOf(
  rows: readonly Row[],
  types: ReadonlyMap<string, RuleType> = SAMPLE_TYPES,
): SampleBook {
  const dict = new Dictionary();
  const held = [...types].filter(([name, { kind }]) => kind !== "any" && name !== "today");
  const columns = held.map(([name, type]) => {
    const column = newColumn(type, rows.length);
    for (const [i, row] of rows.entries()) {
      const value = new Map(Object.entries(row)).get(name) ?? null;
      if (value !== null) column[i] = typeof value === "string" ? dict.code(value) : Number(value);
    }
    return column;
  });
  const places = new Map(held.map(([name, type], index) => [name, { index, type }]));
  return { layout: { column: (name) => places.get(name) }, dict, columns };
}
