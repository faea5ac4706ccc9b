import { DayBuckets } from "../day-buckets.ts";
import type { Aggregate } from "./aggregate.ts";

interface Span {
  first: number;
  last: number;
  /** The property's value at `last`; of two at one instant the later arrival's. */
  latest: number;
}

function spans(
  read: (buckets: DayBuckets<Span>, start: number, end: number) => number,
  numbersOnly: boolean,
) {
  return (): Aggregate => {
    const buckets = new DayBuckets<Span>();
    return {
      add: ({ day, at, value }) => {
        if (numbersOnly && Number.isNaN(value)) return;
        const span = buckets.at(day, () => ({ first: at, last: at, latest: value }));
        if (at < span.first) span.first = at;
        if (at >= span.last) {
          span.last = at;
          span.latest = value;
        }
      },
      value: (today, over) => {
        const end = buckets.upTo(today);
        const start = buckets.start(today, over);
        return start < end ? read(buckets, start, end) : Number.NaN;
      },
    };
  };
}

/** `first`: the instant of the first such event. */
export const first = spans((buckets, start) => (buckets.values[start] as Span).first, false);
/** `last`: the instant of the last such event. */
export const last = spans((buckets, _start, end) => (buckets.values[end - 1] as Span).last, false);
/** `latest`: the property as it was in the last event that had it as a number. */
export const latest = spans(
  (buckets, _start, end) => (buckets.values[end - 1] as Span).latest,
  true,
);
