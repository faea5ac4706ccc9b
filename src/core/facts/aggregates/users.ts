import { DayBuckets } from "../day-buckets.ts";
import type { Aggregate } from "./aggregate.ts";

/** No window is as long, in days. */
const LONGEST = 100_000;
const MOST_TOLD = 100;

/**
 * `users`: how many distinct users did something. Distinct users do not add over days, so the
 * days on which each user was there are kept. Events without a user are no user.
 */
export function users(): Aggregate {
  const presence = new Map<string, DayBuckets<true>>();
  /** Answers by window and day: a change against four weeks ago asks for what was told then. */
  const told = new Map<number, number>();
  return {
    add: (event) => {
      if (event.user === null) return;
      told.clear();
      let days = presence.get(event.user);
      if (!days) presence.set(event.user, (days = new DayBuckets()));
      days.at(event.day, () => true);
    },
    value: (today, over) => {
      const asked = today * LONGEST + (over ?? 0);
      const known = told.get(asked);
      if (known !== undefined) return known;
      let there = 0;
      const first = over === undefined ? Number.NEGATIVE_INFINITY : today - over + 1;
      for (const days of presence.values()) {
        const last = days.days[days.upTo(today) - 1];
        if (last !== undefined && last >= first) there += 1;
      }
      if (told.size >= MOST_TOLD) told.clear();
      told.set(asked, there);
      return there;
    },
  };
}
