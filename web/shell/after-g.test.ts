import { expect, test } from "vitest";
import { AfterG } from "./after-g.ts";

test("a key pressed as soon as the page stands follows nothing", () => {
  expect(new AfterG().follows("x", 40)).toBe(false);
});

test("one key soon after a g follows it, no second one, and none that comes late", () => {
  const keys = new AfterG();
  expect(keys.follows("g", 1000)).toBe(false);
  expect(keys.follows("t", 1900)).toBe(true);
  expect(keys.follows("t", 1950)).toBe(false);
  keys.follows("g", 3000);
  expect(keys.follows("t", 4300)).toBe(false);
});
