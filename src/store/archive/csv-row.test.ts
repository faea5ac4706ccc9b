import { expect, test } from "vitest";
import { csvRow } from "./csv-row.ts";

test.each([
  ["=1+1", "'=1+1"],
  ["+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"],
  ["-2+3", "'-2+3"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["\t=1", "'\t=1"],
  ['=HYPERLINK("x")', `"'=HYPERLINK(""x"")"`],
  ["-12.5", "-12.5"],
  ["+49", "+49"],
  ["a=b", "a=b"],
  ['say "hi", all', '"say ""hi"", all"'],
  ["two\nlines", '"two\nlines"'],
  ["", ""],
])("the text %j becomes the cell %j", (text, cell) => {
  expect(csvRow([text])).toBe(`${cell}\n`);
});

test("numbers, truths and objects are written plainly, null is an empty cell", () => {
  expect(csvRow([-5, true, null, { a: [1] }])).toBe('-5,true,,"{""a"":[1]}"\n');
});
