import { DayBuckets } from "../day-buckets.ts";
import type { Aggregate } from "./aggregate.ts";

interface Answer {
  at: number;
  score: number;
}

/**
 * `nps`: 100 × (share of 9 and 10 − share of 0 to 6) over each user's latest answer in the
 * window (Reichheld 2003). Answers without a user or outside 0 to 10 do not count.
 */
export function nps(): Aggregate {
  const answers = new Map<string, DayBuckets<Answer>>();
  return {
    add: ({ day, at, user, value }) => {
      if (user === null || !(value >= 0 && value <= 10)) return;
      let own = answers.get(user);
      if (!own) answers.set(user, (own = new DayBuckets()));
      const answer = own.at(day, () => ({ at, score: value }));
      if (at >= answer.at) Object.assign(answer, { at, score: value });
    },
    value: (today, over) => {
      let all = 0;
      let promoters = 0;
      let detractors = 0;
      for (const own of answers.values()) {
        const end = own.upTo(today);
        if (end <= own.start(today, over)) continue;
        const { score } = own.values[end - 1] as Answer;
        all += 1;
        if (score >= 9) promoters += 1;
        else if (score <= 6) detractors += 1;
      }
      return all === 0 ? Number.NaN : (100 * (promoters - detractors)) / all;
    },
  };
}
