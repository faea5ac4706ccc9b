/**
 * An order in which to take up members of groups so that, wherever one stops, each group is there
 * in proportion, and every group before any has a second: those of a group are taken at even steps.
 */
export function evenOrder<T>(members: readonly T[], groupOf: (member: T) => string): readonly T[] {
  const groups = new Map<string, T[]>();
  for (const member of members) {
    const name = groupOf(member);
    const group = groups.get(name);
    if (group) group.push(member);
    else groups.set(name, [member]);
  }
  const placed = [...groups.values()].flatMap((group) =>
    scattered(group).map((member, index) => ({
      member,
      place: index === 0 ? -1 : index / group.length,
    })),
  );
  return placed.toSorted((a, b) => a.place - b.place).map(({ member }) => member);
}

/** The same members, neighbours far apart: what stands side by side is often alike. */
function scattered<T>(members: readonly T[]): T[] {
  const stride = strideOf(members.length);
  return members.map((_, index) => members[(index * stride) % members.length] as T);
}

/** Near the golden section of the length, and without a divisor in common with it. */
function strideOf(length: number): number {
  let stride = Math.max(1, Math.round(length * 0.618));
  while (divisor(stride, length) > 1) stride += 1;
  return stride;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
