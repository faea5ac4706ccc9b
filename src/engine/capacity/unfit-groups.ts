import { summaryOf } from "../../core/allocate/fit.ts";
import type { FitSummary, PlannedWork, Unfit } from "../../core/allocate/types.ts";
import type { Day } from "../../core/time/day.ts";

/** What one who does touches has no hours for in a week. */
export interface UnfitGroup extends FitSummary {
  readonly doer: string;
  readonly week: Day;
  /** Titles of touches, the most frequent first. */
  readonly what: readonly { readonly title: string; readonly touches: number }[];
}

/** By week, then by what it costs. */
export function unfitGroups(list: readonly Unfit[]): UnfitGroup[] {
  const groups = new Map<string, Unfit[]>();
  for (const one of list) {
    const key = `${one.week} ${one.work.doer}`;
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group;
      if (!first) return [];
      const work = group.map((one) => one.work);
      return { doer: first.work.doer, week: first.week, ...summaryOf(work), what: titlesOf(work) };
    })
    .toSorted((a, b) => a.week - b.week || b.revenue - a.revenue || (a.doer < b.doer ? -1 : 1));
}

export function titlesOf(work: readonly PlannedWork[]): UnfitGroup["what"] {
  const counts = new Map<string, number>();
  for (const { title } of work) counts.set(title, (counts.get(title) ?? 0) + 1);
  return [...counts]
    .map(([title, touches]) => ({ title, touches }))
    .toSorted((a, b) => b.touches - a.touches || (a.title < b.title ? -1 : 1));
}
