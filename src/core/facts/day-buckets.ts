import type { Day } from "../time/day.ts";

/**
 * One bucket per day on which something happened, in order of days whatever the order of
 * arrival. Windows are looked up by halving, so a year's replay stays cheap.
 */
export class DayBuckets<T> {
  days: Day[] = [];
  values: T[] = [];

  /** The bucket of a day, made where there is none. */
  at(day: Day, make: () => T): T {
    const index = this.upTo(day);
    if (this.days[index - 1] === day) return this.values[index - 1] as T;
    const value = make();
    // most days come in order, and many are the only one: an array made of one holds no room for others
    if (this.days.length === 0) {
      this.days = [day];
      this.values = [value];
    } else if (index === this.days.length) {
      this.days.push(day);
      this.values.push(value);
    } else {
      this.days.splice(index, 0, day);
      this.values.splice(index, 0, value);
    }
    return value;
  }

  /** How many buckets lie on or before a day: the end, exclusive, of a window that ends there. */
  upTo(day: Day): number {
    const { days } = this;
    let low = 0;
    let high = days.length;
    if (high > 0 && (days[high - 1] as Day) <= day) return high;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((days[middle] as Day) <= day) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** First bucket inside the window of `over` days that ends on `today` (0 without a window). */
  start(today: Day, over: number | undefined): number {
    return over === undefined ? 0 : this.upTo(today - over);
  }
}
