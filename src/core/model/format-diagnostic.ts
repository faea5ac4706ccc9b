import type { Diagnostic } from "./diagnostic.ts";

/** Longest piece of a source line that is shown; a caret under column 5,000 helps nobody. */
const MAX_SHOWN = 120;

/**
 * A diagnostic as people read it, at most four lines without colour: place, severity, code and
 * message; the line of the file; carets under the place; the hint. `sourceText` is the file's.
 */
export function formatDiagnostic(diagnostic: Diagnostic, sourceText: string): string {
  const { file, line, column, severity, code, message, hint } = diagnostic;
  const lines = [`${file}:${line}:${column} ${severity} ${code}: ${message}`];
  const source = lineAt(sourceText, line);
  if (source.trim() !== "") lines.push(...excerpt(source, column, diagnostic.end_column));
  if (hint !== undefined) lines.push(`  ${hint}`);
  return lines.join("\n");
}

function lineAt(text: string, line: number): string {
  let start = text.startsWith("\ufeff") ? 1 : 0;
  for (let at = 1; at < line; at += 1) {
    const next = text.indexOf("\n", start);
    if (next < 0) return "";
    start = next + 1;
  }
  const end = text.indexOf("\n", start);
  return text.slice(start, end < 0 ? text.length : end).replace(/\r$/, "");
}

function excerpt(source: string, column: number, endColumn: number): string[] {
  const from = column - 1 > MAX_SHOWN - 20 ? column - 21 : 0;
  const shown = source.slice(from, from + MAX_SHOWN);
  const before = source.slice(from, column - 1).replaceAll(/[^\t]/g, " ");
  const width = Math.max(1, Math.min(endColumn, from + shown.length + 1) - column);
  // Control characters would move the terminal's cursor.
  // oxlint-disable-next-line no-control-regex -- they are what is replaced
  const safe = shown.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "\ufffd");
  return [`  ${safe}`, `  ${before}${"^".repeat(width)}`];
}
