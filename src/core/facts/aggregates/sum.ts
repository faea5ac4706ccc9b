import { DayBuckets } from "../day-buckets.ts";
import type { Aggregate } from "./aggregate.ts";

interface Totals {
  sum: number;
  n: number;
  min: number;
  max: number;
}

const nothing = (): Totals => ({
  sum: 0,
  n: 0,
  min: Number.POSITIVE_INFINITY,
  max: Number.NEGATIVE_INFINITY,
});

/** What is worked out of a numeric property's daily totals; values that are no numbers are skipped. */
function overTotals(read: (totals: Totals) => number): () => Aggregate {
  return () => {
    const buckets = new DayBuckets<Totals>();
    return {
      add: ({ day, value }) => {
        if (Number.isNaN(value)) return;
        const bucket = buckets.at(day, nothing);
        bucket.sum += value;
        bucket.n += 1;
        bucket.min = Math.min(bucket.min, value);
        bucket.max = Math.max(bucket.max, value);
      },
      value: (today, over) => {
        const totals = nothing();
        const end = buckets.upTo(today);
        for (let i = buckets.start(today, over); i < end; i++) {
          const bucket = buckets.values[i] as Totals;
          totals.sum += bucket.sum;
          totals.n += bucket.n;
          totals.min = Math.min(totals.min, bucket.min);
          totals.max = Math.max(totals.max, bucket.max);
        }
        const value = read(totals);
        return Number.isFinite(value) ? value : Number.NaN;
      },
    };
  };
}

/** `sum` of a numeric property: 0 when there is none. */
export const sum = overTotals((totals) => totals.sum);
/** `avg` over all answers in the window: unknown when there is none. */
export const avg = overTotals((totals) => totals.sum / totals.n);
export const max = overTotals((totals) => totals.max);
export const min = overTotals((totals) => totals.min);
