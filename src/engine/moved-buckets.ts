import type { BookMark } from "./ports.ts";

/** How far each bucket of accounts had come: revisions only go up, so that equal sums mean no change. */
export type BookMarks = ReadonlyMap<number, Pick<BookMark, "accounts" | "revs">>;

export function marksByBucket(marks: readonly BookMark[]): BookMarks {
  return new Map(marks.map((mark) => [mark.bucket, mark]));
}

/** Buckets in which something has changed since, those in which nothing is left among them. */
export function movedBuckets(before: BookMarks, now: readonly BookMark[]): number[] {
  const gone = new Set(before.keys());
  const moved = now.filter(({ bucket, accounts, revs }) => {
    gone.delete(bucket);
    const was = before.get(bucket);
    return was?.accounts !== accounts || was.revs !== revs;
  });
  return [...moved.map(({ bucket }) => bucket), ...gone];
}
