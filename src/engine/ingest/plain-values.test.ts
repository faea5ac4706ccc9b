import { expect, test } from "vitest";
import { LIMITS } from "./limits.ts";
import { isTooDeep } from "./plain-values.ts";

test.each([
  ["objects", (value: unknown) => ({ first: 1, a: value, last: null })],
  ["lists", (value: unknown) => [1, value, null]],
])("%s within each other are taken as deep as the limit, and no deeper", (_, around) => {
  let value: unknown = "the inmost";
  for (let depth = 0; depth < LIMITS.depth; depth++) value = around(value);
  expect(isTooDeep(value)).toBe(false);
  expect(isTooDeep(around(value))).toBe(true);
});
