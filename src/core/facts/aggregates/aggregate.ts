import type { Day, Instant } from "../../time/day.ts";

/** One event as an aggregate sees it, after pattern and `where` have let it through. */
export interface Counted {
  readonly day: Day;
  readonly at: Instant;
  readonly user: string | null;
  /** The aggregate's property where it is a number, else NaN. */
  readonly value: number;
}

/**
 * What one account's events of one kind come to over a window. Events may arrive in any order;
 * those after `today` are not yet there.
 */
export interface Aggregate {
  add(event: Counted): void;
  /** The fact's value as of the end of `today`, over the `over` days ending then; NaN is unknown. */
  value(today: Day, over: number | undefined): number;
}
