import fc from "fast-check";
import { expect, test } from "vitest";
import { orderByDependencies } from "./order.ts";

function order(graph: Readonly<Record<string, readonly string[]>>) {
  return orderByDependencies(Object.keys(graph), (name) => graph[name] ?? []);
}

test("names without dependencies keep their order", () => {
  expect(order({ b: [], a: [], c: [] }).order).toEqual(["b", "a", "c"]);
});

test("a name stands after all it depends on", () => {
  expect(order({ c: ["b"], b: ["a"], a: [] }).order).toEqual(["a", "b", "c"]);
});

test("a cycle is told from its first name, and the rest is ordered all the same", () => {
  const { order: names, cycles } = order({ x: ["a"], a: ["b"], b: ["c"], c: ["a"], y: [] });
  expect(cycles).toEqual([["a", "b", "c"]]);
  expect(names.toSorted()).toEqual(["a", "b", "c", "x", "y"]);
});

test("what depends on itself is a cycle of one", () => {
  expect(order({ a: ["a"] }).cycles).toEqual([["a"]]);
});

test("in any graph without cycles each name stands after its dependencies", () => {
  const edges = fc.array(fc.tuple(fc.nat(19), fc.nat(19)), { maxLength: 60 });
  fc.assert(
    fc.property(edges, (pairs) => {
      const names = Array.from({ length: 20 }, (_, i) => `n${i}`);
      // Towards smaller numbers only: no cycle.
      const dependsOn = (name: string): string[] =>
        pairs.filter(([a, b]) => `n${a}` === name && b < a).map(([, b]) => `n${b}`);
      const { order: sorted, cycles } = orderByDependencies(names.toReversed(), dependsOn);
      expect(cycles).toEqual([]);
      expect(sorted.toSorted()).toEqual(names.toSorted());
      for (const name of names) {
        for (const other of dependsOn(name)) {
          expect(sorted.indexOf(other)).toBeLessThan(sorted.indexOf(name));
        }
      }
    }),
  );
});
