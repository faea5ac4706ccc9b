import { expect, test } from "vitest";
import { BUCKETS, bucketOf } from "./bucket.ts";

// These are in every database there is: a change here is a bug in bucketOf, never in the table.
test.each([
  ["", 11],
  ["a", 179],
  ["acme", 194],
  ["A-17", 110],
  ["日本", 31],
  ["😀", 10],
])("%j is in its bucket for ever", (id, bucket) => {
  expect(bucketOf(id)).toBe(bucket);
});

test("accounts spread evenly, whatever their ids look like", () => {
  for (const prefix of ["", "ACC-", "0011x00000"]) {
    const sizes = Array.from({ length: BUCKETS }, () => 0);
    for (let i = 0; i < 25_600; i++) sizes[bucketOf(prefix + i)]!++;
    expect(Math.min(...sizes)).toBeGreaterThan(50);
    expect(Math.max(...sizes)).toBeLessThan(160);
  }
});
