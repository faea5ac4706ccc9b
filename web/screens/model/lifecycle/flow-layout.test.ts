import { expect, test } from "vitest";
import { arcsOf } from "./flow-layout.ts";

const FRAME = { over: 80, stages: 200, under: 80 };

test("neighbours are joined straight, others over the stages, and back under them", () => {
  const moves = [
    { from: "a", to: "b", accounts: 100 },
    { from: "a", to: "c", accounts: 4 },
    { from: "c", to: "a", accounts: 25 },
    { from: null, to: "a", accounts: 9 },
    { from: "gone", to: "b", accounts: 9 },
  ];
  const arcs = arcsOf(["a", "b", "c"], moves, FRAME);
  expect(arcs.map(({ from, to, way }) => [from, to, way])).toEqual([
    ["a", "b", "straight"],
    ["a", "c", "over"],
    ["c", "a", "under"],
  ]);
  const [most, least] = [arcs[0]?.width ?? 0, arcs[1]?.width ?? 0];
  expect(most).toBeGreaterThan(least);
  expect(arcs[1]?.label.y).toBeLessThan(FRAME.over);
  expect(arcs[2]?.label.y).toBeGreaterThan(FRAME.over + FRAME.stages);
});
