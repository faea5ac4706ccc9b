/**
 * One line of a CSV file that a spreadsheet may open: a text that would be taken for a formula
 * gets an apostrophe, as the spreadsheets themselves do it.
 */
export function csvLine(values: readonly (string | number | boolean | null)[]): string {
  return values.map(field).join(",");
}

function field(value: string | number | boolean | null): string {
  if (value === null) return "";
  const text =
    typeof value === "string" && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
