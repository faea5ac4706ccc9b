import { DayBuckets } from "../day-buckets.ts";
import type { Aggregate } from "./aggregate.ts";

interface Tally {
  n: number;
}

/** `count`: how many events. */
export function count(): Aggregate {
  const buckets = new DayBuckets<Tally>();
  return {
    add: (event) => {
      buckets.at(event.day, () => ({ n: 0 })).n += 1;
    },
    value: (today, over) => {
      let total = 0;
      const end = buckets.upTo(today);
      for (let i = buckets.start(today, over); i < end; i++)
        total += (buckets.values[i] as Tally).n;
      return total;
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
