import { type Thing, wholeOf } from "./thing.ts";

interface Pair {
  readonly before: Thing;
  readonly after: Thing;
}

/** Things without names of their own: the very same first, then those of one name, in their order. */
export function pairNameless(before: readonly Thing[], after: readonly Thing[]): readonly Pair[] {
  const pairs: Pair[] = [];
  let [gone, come] = [[...before], [...after]];
  for (const known of [wholeOf, ({ name }: Thing) => name]) {
    for (const thing of come) {
      const other = gone.find((one) => known(one) === known(thing));
      if (!other) continue;
      pairs.push({ before: other, after: thing });
      gone = gone.filter((one) => one !== other);
    }
    const paired = new Set(pairs.map((pair) => pair.after));
    come = come.filter((thing) => !paired.has(thing));
  }
  return pairs;
}

/** Those that changed places with others: the fewest that explain the new order. */
export function movedOnes(
  pairs: readonly Pair[],
  before: readonly Thing[],
  after: readonly Thing[],
): readonly Pair[] {
  const inOrder = pairs.toSorted((a, b) => after.indexOf(a.after) - after.indexOf(b.after));
  const places = inOrder.map((pair) => before.indexOf(pair.before));
  const stay = longestRising(places);
  return inOrder.filter((_, index) => !stay.has(index));
}

/** Indexes of a longest rising subsequence. */
function longestRising(values: readonly number[]): ReadonlySet<number> {
  const lengths: number[] = [];
  const previous: number[] = [];
  let best = -1;
  values.forEach((value, index) => {
    lengths[index] = 1;
    previous[index] = -1;
    for (let other = 0; other < index; other++) {
      if ((values[other] ?? 0) >= value || (lengths[other] ?? 0) + 1 <= (lengths[index] ?? 0))
        continue;
      lengths[index] = (lengths[other] ?? 0) + 1;
      previous[index] = other;
    }
    if (best < 0 || (lengths[index] ?? 0) > (lengths[best] ?? 0)) best = index;
  });
  const chosen = new Set<number>();
  for (let at = best; at >= 0; at = previous[at] ?? -1) chosen.add(at);
  return chosen;
}
