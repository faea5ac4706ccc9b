import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { formatDiagnostic } from "./format-diagnostic.ts";
import { readModel } from "./read-model.ts";

const model = readFileSync(new URL("../../../spec/cases/four-tier.yaml", import.meta.url), "utf8");

/** What slips of the hand leave behind: pieces cut, doubled, moved or put in. */
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  cut: fc.nat(40),
  put: fc.oneof(
    fc.constantFrom(
      "",
      ":",
      "- ",
      "{",
      "}",
      "[",
      "]",
      '"',
      "'",
      "!",
      "*a",
      "&a ",
      "#",
      "\n",
      "  ",
      ",",
      "?",
      "|",
      ">",
    ),
    fc.constantFrom(
      "null",
      "true",
      "-1",
      "1e999",
      ".nan",
      "0d",
      "touch:",
      "<<: *a",
      "\t",
      "\r",
      "%",
      "@",
      "`",
      "\u2028",
    ),
    fc.string({ maxLength: 8, unit: "binary" }),
    fc
      .double({ min: 0, max: 1, noNaN: true })
      .map((from) => model.slice(Math.floor(from * model.length)).slice(0, 60)),
  ),
});

function apply(text: string, { at, cut, put }: { at: number; cut: number; put: string }): string {
  const start = Math.floor(at * text.length);
  return text.slice(0, start) + put + text.slice(start + cut);
}

test("a model with any slips in it is answered, at places that are in the file", () => {
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
      const text = edits.reduce(apply, model);
      const { model: read, diagnostics } = readModel(text, { file: "slips.yaml" });
      const lines = text.split("\n");
      for (const each of diagnostics) {
        const { line, column, end_column } = each;
        expect(line).toBeLessThanOrEqual(lines.length);
        expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1);
        expect(end_column).toBeGreaterThan(column);
        expect(formatDiagnostic(each, text).split("\n").length).toBeLessThanOrEqual(5);
      }
      expect(read === undefined).toBe(diagnostics.some(({ severity }) => severity === "error"));
    }),
    { numRuns: Number(process.env["FUZZ_RUNS"] ?? 60) },
  );
});
