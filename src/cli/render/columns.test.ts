import { expect, test } from "vitest";
import { cut, widthOf, wrap } from "./columns.ts";

test("wide characters take two columns, marks none", () => {
  expect(widthOf("abc")).toBe(3);
  expect(widthOf("株式")).toBe(4);
  expect(widthOf("한국")).toBe(4);
  expect(widthOf("e\u0301")).toBe(1);
});

test("what is too long is cut to the columns there are, and says so", () => {
  expect(cut("abcdef", 6)).toBe("abcdef");
  expect(cut("abcdefg", 6)).toBe("abcde…");
  expect(widthOf(cut("株式会社株式会社", 7))).toBeLessThanOrEqual(7);
  expect(cut("two\n lines", 20)).toBe("two lines");
});

test("a sentence breaks between words, later lines set in; a word longer than a line is broken", () => {
  expect(wrap("one two three four", 9, "  ")).toEqual(["one two", "  three", "  four"]);
  expect(wrap("abcdefghij", 4)).toEqual(["abcd", "efgh", "ij"]);
});
