import { expect, test } from "vitest";
import { isStorable, storableText } from "./storable-text.ts";

test.each([
  ["plain", "plain"],
  ["é 日本 😀", "é 日本 😀"],
  ["a\0b\0", "a\uFFFDb\uFFFD"],
  ["half \uD83D pair", "half \uFFFD pair"],
  ["\uDE00 turned \uD83D", "\uFFFD turned \uFFFD"],
])("%j is stored as %j", (text, stored) => {
  expect(storableText(text)).toBe(stored);
  expect(isStorable(text)).toBe(text === stored);
});
