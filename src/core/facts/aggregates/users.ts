import { DayBuckets } from "../day-buckets.ts";
import type { Aggregate } from "./aggregate.ts";

/**
 * `users`: how many distinct users did something. Distinct users do not add over days, so the
 * days on which each user was there are kept. Events without a user are no user.
 */
export function users(): Aggregate {
  const presence = new Map<string, DayBuckets<true>>();
  return {
    add: (event) => {
      if (event.user === null) return;
      let days = presence.get(event.user);
      if (!days) presence.set(event.user, (days = new DayBuckets()));
      days.at(event.day, () => true);
    },
    value: (today, over) => {
      let there = 0;
      const first = over === undefined ? Number.NEGATIVE_INFINITY : today - over + 1;
      for (const days of presence.values()) {
        const last = days.days[days.upTo(today) - 1];
        if (last !== undefined && last >= first) there += 1;
      }
      return there;
    },
  };
}
