import { DayBuckets } from "../day-buckets.ts";
import type { Aggregate } from "./aggregate.ts";

interface Tally {
  n: number;
}

/** `count`: how many events. Sums up to each day are kept, so that a long window costs no more than a short one. */
export function count(): Aggregate {
  const buckets = new DayBuckets<Tally>();
  /** What lies before each bucket; right for the first `summed` buckets. */
  const before: number[] = [0];
  let summed = 0;
  return {
    add: (event) => {
      buckets.at(event.day, () => ({ n: 0 })).n += 1;
      summed = Math.min(summed, buckets.upTo(event.day) - 1);
    },
    value: (today, over) => {
      const end = buckets.upTo(today);
      for (; summed < end; summed++)
        before[summed + 1] = (before[summed] as number) + (buckets.values[summed] as Tally).n;
      return (before[end] as number) - (before[buckets.start(today, over)] as number);
    },
  };
}

/** `days`: on how many distinct days something happened. */
export function days(): Aggregate {
  const buckets = new DayBuckets<true>();
  return {
    add: (event) => {
      buckets.at(event.day, () => true);
    },
    value: (today, over) => buckets.upTo(today) - buckets.start(today, over),
  };
}
