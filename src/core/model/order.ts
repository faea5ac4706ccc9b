/**
 * Names in an order in which each stands after all it depends on, otherwise as given; and the
 * cycles met, each once, from its first name on. Names that are not in the list are passed over.
 */
export function orderByDependencies(
  names: readonly string[],
  dependsOn: (name: string) => readonly string[],
): { readonly order: readonly string[]; readonly cycles: readonly (readonly string[])[] } {
  const known = new Set(names);
  const done = new Set<string>();
  const order: string[] = [];
  const cycles: string[][] = [];
  for (const root of names) {
    // A stack of our own: a chain of facts may be longer than the call stack is deep.
    const path: { readonly name: string; readonly left: string[] }[] = [];
    const onPath = new Map<string, number>();
    const enter = (name: string): void => {
      onPath.set(name, path.length);
      path.push({
        name,
        left: dependsOn(name)
          .filter((other) => known.has(other))
          .toReversed(),
      });
    };
    if (!done.has(root)) enter(root);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const next = top.left.pop();
      if (next === undefined) {
        path.pop();
        onPath.delete(top.name);
        done.add(top.name);
        order.push(top.name);
      } else if (onPath.has(next)) {
        cycles.push(path.slice(onPath.get(next)).map(({ name }) => name));
      } else if (!done.has(next)) {
        enter(next);
      }
    }
  }
  return { order, cycles };
}
