import { expect, test } from "vitest";
import { nearest } from "./nearest.ts";

test.each([
  ["entreprise", ["free", "enterprise"], "enterprise"],
  ["arrr", ["arr", "users"], "arr"],
  ["ar", ["arr", "users"], "arr"],
  ["palns", ["plan", "plans"], "plans"],
  ["usres", ["users", "uses"], "users"],
  ["startswith", ["startsWith", "endsWith"], "startsWith"],
  ["segments.vlaue", ["segments.value", "segments.vale"], "segments.value"],
  ["renewel_date", ["renewal_date", "signed_on"], "renewal_date"],
])("%s was meant to be one of %j: %s", (word, candidates, expected) => {
  expect(nearest(word, candidates)).toBe(expected);
});

test("what is far from everything has no nearest", () => {
  expect(nearest("banana", ["arr", "plan", "renewal_date"])).toBe(undefined);
  expect(nearest("ab", ["xy"])).toBe(undefined);
  expect(nearest("arr", [])).toBe(undefined);
});

test("of equally near ones the first wins, and an exact one wins over all", () => {
  expect(nearest("plan", ["plat", "clan"])).toBe("plat");
  expect(nearest("plan", ["plat", "plan"])).toBe("plan");
});

test("a very long word costs little", () => {
  const long = "x".repeat(100_000);
  expect(nearest(long, [long, "x"])).toBe(undefined);
});
