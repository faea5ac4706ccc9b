import { expect, test } from "vitest";
import type { Diagnostic } from "./diagnostic.ts";
import { formatDiagnostic } from "./format-diagnostic.ts";

const diagnostic: Diagnostic = {
  code: "unknown-name",
  severity: "error",
  message: "There is no `ar`.",
  file: "model.yaml",
  line: 2,
  column: 8,
  end_column: 10,
  hint: "did you mean arr",
};

test("place, code and message; the line; carets under the place; the hint", () => {
  expect(formatDiagnostic(diagnostic, "segments:\n  big: ar > 5\n")).toBe(
    [
      "model.yaml:2:8 error unknown-name: There is no `ar`.",
      "    big: ar > 5",
      "         ^^",
      "  did you mean arr",
    ].join("\n"),
  );
});

test("tabs stay tabs above the carets, and Windows line ends are left out", () => {
  const shown = formatDiagnostic(
    { ...diagnostic, column: 3, end_column: 5 },
    "x:\r\n\t\tar > 5\r\n",
  );
  expect(shown.split("\n").slice(1, 3)).toEqual(["  \t\tar > 5", "  \t\t^^"]);
});

test("of a long line only the part around the place is shown", () => {
  const line = `${"a".repeat(1000)}HERE${"b".repeat(1000)}`;
  const at = { ...diagnostic, line: 1, column: 1001, end_column: 1005 };
  const [, source = "", carets = ""] = formatDiagnostic(at, line).split("\n");
  expect(source.length).toBeLessThan(130);
  expect(source.slice(carets.indexOf("^"), carets.lastIndexOf("^") + 1)).toBe("HERE");
});

test("characters that move a terminal's cursor are made visible", () => {
  const shown = formatDiagnostic({ ...diagnostic, line: 1 }, "name: \u001b[2Jx");
  expect(shown).not.toContain("\u001b");
});

test("a place behind the end of the file shows no line", () => {
  expect(formatDiagnostic({ ...diagnostic, line: 9 }, "x: 1\n").split("\n")).toHaveLength(2);
});
