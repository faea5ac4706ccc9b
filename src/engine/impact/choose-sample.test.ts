import { expect, test } from "vitest";
import { evenOrder } from "./choose-sample.ts";

test("every member once, each group at the start, and in proportion wherever one stops", () => {
  const members = Array.from({ length: 1000 }, (_, n) => ({
    n,
    group: n < 900 ? "a" : n < 999 ? "b" : "c",
  }));
  const order = evenOrder(members, ({ group }) => group);
  expect(new Set(order.map(({ n }) => n)).size).toBe(1000);
  expect(new Set(order.slice(0, 3).map(({ group }) => group))).toEqual(new Set(["a", "b", "c"]));
  const half = order.slice(0, 500).filter(({ group }) => group === "b").length;
  expect(half).toBeGreaterThan(45);
  expect(half).toBeLessThan(56);
  // neighbours of the list do not follow each other
  const steps = order.slice(3, 50).map(({ n }, index) => Math.abs(n - (order[index + 2]?.n ?? 0)));
  expect(steps.filter((step) => step === 1)).toEqual([]);
});

test("of nobody there is no order", () => {
  expect(evenOrder([], () => "x")).toEqual([]);
});
