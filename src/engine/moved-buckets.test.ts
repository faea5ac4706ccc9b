import { expect, test } from "vitest";
import { marksByBucket, movedBuckets } from "./moved-buckets.ts";

const mark = (bucket: number, accounts: number, revs: number) => ({ bucket, accounts, revs });
const before = marksByBucket([mark(1, 2, 10), mark(2, 1, 4), mark(3, 5, 5)]);

test("a bucket has moved when its accounts or their revisions are others, when it is new, and when it is empty", () => {
  expect(movedBuckets(before, [mark(1, 2, 10), mark(2, 1, 4), mark(3, 5, 5)])).toEqual([]);
  expect(movedBuckets(before, [mark(1, 2, 11), mark(2, 2, 4), mark(3, 5, 5)])).toEqual([1, 2]);
  expect(movedBuckets(before, [mark(1, 2, 10), mark(3, 5, 5), mark(4, 1, 1)])).toEqual([4, 2]);
});

test("one account that went and others that moved on by as much are not taken for nothing", () => {
  expect(movedBuckets(before, [mark(1, 1, 10), mark(2, 1, 4), mark(3, 5, 5)])).toEqual([1]);
});
