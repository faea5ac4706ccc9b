import { expect, test } from "vitest";
import { measureGrowth, measureRules } from "./rules.ts";

test("sixty rules are answered alike by every engine that needs no database", async () => {
  const { engines, rules } = await measureRules({
    accounts: 60,
    seed: 5,
    turns: 1,
    warmUps: 0,
    libraryMs: 1,
    databases: false,
  });
  expect(rules).toBe(60);
  expect(engines.map(({ name }) => name)).toEqual([
    "Touchstone, a book",
    "loop by hand, all rules in one pass",
    "Touchstone, one account",
    "functions by hand over objects",
    "@marcbachmann/cel-js",
    "@bufbuild/cel",
    "json-logic-js",
    "mingo",
    "@gorules/zen-engine",
    "json-rules-engine",
  ]);
});

test("books of several sizes are answered, and how time grows with them is told", () => {
  const { sizes, slope } = measureGrowth([100, 200], { seed: 5, turns: 1, warmUps: 0 });
  expect(sizes.map(({ accounts }) => accounts)).toEqual([100, 200]);
  expect(slope).not.toBeNaN();
});
