import type { Json } from "../../core/facts/types.ts";

const NUMBER = /^[+-]?\d+(?:\.\d+)?$/;
/** What makes a spreadsheet take a cell for a formula. */
const FORMULA = /^[=+\-@\t\r\n]/;

/** A line of CSV that a spreadsheet can open without running anything that a customer wrote. */
export function csvRow(values: readonly Json[]): string {
  return `${values.map(csvCell).join(",")}\n`;
}

function csvCell(value: Json): string {
  if (value === null) return "";
  const text = typeof value === "object" ? JSON.stringify(value) : String(value);
  const isText = typeof value === "string";
  const safe = isText && FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
