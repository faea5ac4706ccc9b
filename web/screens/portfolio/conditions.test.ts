import { expect, test } from "vitest";
import type { RuleName } from "../../ui/rule-field/rule-names.ts";
import { valuesWanted } from "../../ui/rule-field/rule-completion.ts";
import { readConditions } from "./conditions.ts";
import { alsoHolds, writeConditions } from "./write-conditions.ts";

const name = (of: string, type: RuleName["type"], values: string[] | null = null): RuleName => ({
  name: of,
  type,
  values,
  about: null,
});
const NAMES = [
  name("arr", "number"),
  name("plan", "string", ["free", "pro"]),
  name("city", "string"),
  name("champion", "boolean"),
  name("renewal_date", "date"),
];

const RULES = [
  "arr >= 1000",
  "arr < -5",
  'plan == "pro" && arr > 10 && champion',
  "!champion && !known(arr)",
  'plan in ["free", "pro"]',
  'city.contains("Kuala \\"L\\"")',
  "days_until(renewal_date) <= 90 && known(city)",
  "days_since(renewal_date) >= 30",
];
test.each(RULES)("what can be clicked together is the same rule again: %s", (rule) => {
  const conditions = readConditions(rule, NAMES);
  expect(conditions).not.toBeNull();
  expect(writeConditions(conditions ?? [])).toBe(rule);
});

test.each([
  "arr > 1 || champion",
  "arr + 1 > 2",
  "arr > 10 ? champion : !champion",
  'renewal_date < date("2026-01-01")',
  "arr >",
])("what cannot is said to be none: %s", (rule) => expect(readConditions(rule, NAMES)).toBeNull());

test("one more condition holds as well, whatever the rule was", () => {
  const more = { name: "plan", operator: "==", value: "pro" } as const;
  expect(alsoHolds(undefined, more)).toBe('plan == "pro"');
  expect(alsoHolds("arr > 1", more)).toBe('arr > 1 && plan == "pro"');
  expect(alsoHolds("arr > 1 || champion", more)).toBe('(arr > 1 || champion) && plan == "pro"');
});

test("values are offered where a comparison waits for one", () => {
  const labels = (before: string) => valuesWanted(before, NAMES)?.options.map(({ label }) => label);
  expect(labels("plan == ")).toEqual(['"free"', '"pro"']);
  expect(labels('champion && plan in ["free", "p')).toEqual(['"free"', '"pro"']);
  expect(labels("city == ")).toBeUndefined();
  expect(labels('plan == "pro" ')).toBeUndefined();
});
