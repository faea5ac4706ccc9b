import { expect, test } from "vitest";
import { RateLimit } from "./rate-limit.ts";

test("so many tries in a window, each for themselves, and all anew in the next one", () => {
  let now = 1_000_000;
  const limit = new RateLimit(2, 60_000, () => now);
  limit.count("ann");
  expect(limit.wait("ann")).toBe(0);
  limit.count("ann");
  now += 20_000;
  expect(limit.wait("ann")).toBe(40);
  expect(limit.wait("bob")).toBe(0);
  now += 39_999;
  expect(limit.wait("ann")).toBe(1);
  now += 1;
  expect(limit.wait("ann")).toBe(0);
});

test("a clock that is put back an hour keeps nobody out for an hour", () => {
  let now = 10_000_000;
  const limit = new RateLimit(1, 60_000, () => now);
  limit.count("ann");
  now -= 3_600_000;
  expect(limit.wait("ann")).toBe(0);
});
