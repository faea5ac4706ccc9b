import fc from "fast-check";
import { expect, test } from "vitest";
import { evaluateRule } from "../../rules/evaluate.ts";
import { parseRule } from "../../rules/parse-rule.ts";
import type { Env, Rule, RuleType, Scope, Value } from "../../rules/types.ts";
import { implies } from "./implies.ts";
import { possible } from "./may-hold.ts";

const TYPES: Readonly<Record<string, RuleType>> = {
  x: { kind: "number" },
  y: { kind: "number" },
  p: { kind: "string", values: ["a", "b", "c"] },
  f: { kind: "boolean" },
};

const scope: Scope = {
  lookup: (name) => {
    const found = TYPES[name];
    return found && { found };
  },
  names: () => Object.keys(TYPES),
};

function rule(text: string): Rule {
  const parsed = parseRule(text, scope, "boolean");
  if (!parsed.rule) throw new Error(`${text}: ${parsed.problems[0]?.message ?? "no rule"}`);
  return parsed.rule;
}

const shows = (a: string, b: string): boolean => implies(rule(a).expr, rule(b).expr);

test.each([
  ["x >= 10", "x >= 5"],
  ["x > 5", "x >= 5"],
  ["x > 5", "x != 5"],
  ["x == 7", "x >= 5"],
  ["10 <= x", "x > 9"],
  ["x >= 10 && f", "x >= 5"],
  ["x >= 10", "x >= 5 || f"],
  ['p == "a"', 'p in ["a", "b"]'],
  ['p in ["a", "b"]', 'p != "c"'],
  ["f", "f == true"],
  ["x < 3", "known(x)"],
  ["x + y > 3", "x + y > 3"],
  ["x > 100", "true"],
  ["x > -5", "x > -10"],
])("%s is only true where %s is", (a, b) => {
  expect(shows(a, b)).toBe(true);
});

test.each([
  ["x >= 5", "x >= 10"],
  ["x >= 5", "x > 5"],
  ["x >= 5", "y >= 5"],
  ["x >= 5", "x <= 10"],
  ["known(x)", "x > 0"],
  ['p != "a"', 'p == "b"'],
  ["f || x > 5", "x > 5"],
  ["x > 5", "f && x > 5"],
  ["!f", "f"],
])("nothing shows that %s is only true where %s is", (a, b) => {
  expect(shows(a, b)).toBe(false);
});

const leaf = fc.oneof(
  fc
    .tuple(
      fc.constantFrom("x", "y"),
      fc.constantFrom("<", "<=", ">", ">=", "==", "!="),
      fc.integer({ min: -2, max: 2 }),
    )
    .map(([name, sign, value]) => `${name} ${sign} ${value}`),
  fc.constantFrom(
    'p == "a"',
    'p != "b"',
    'p in ["a", "c"]',
    "f",
    "!f",
    "known(x)",
    "true",
    "x + y > 1",
  ),
);
const ruleText: fc.Arbitrary<string> = fc.letrec<{ rule: string }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    leaf,
    fc
      .tuple(tie("rule"), fc.constantFrom("&&", "||"), tie("rule"))
      .map(([a, op, b]) => `(${a} ${op} ${b})`),
  ),
})).rule;

const values = fc.record({
  x: fc.constantFrom<Value>(-3, -2, -1, 0, 1, 2, 3, null),
  y: fc.constantFrom<Value>(-3, -1, 0, 1, 3, null),
  p: fc.constantFrom<Value>("a", "b", "c", null),
  f: fc.constantFrom<Value>(true, false, null),
});

function result(text: string, facts: Readonly<Record<string, Value>>): Value {
  const env: Env = { get: (name) => facts[name] ?? null, today: 0, localDay: () => 0 };
  return evaluateRule(rule(text), env);
}

test("what is shown is never wrong, unknown values included", () => {
  fc.assert(
    fc.property(
      ruleText,
      ruleText,
      fc.array(values, { minLength: 30, maxLength: 30 }),
      (a, b, books) => {
        if (!shows(a, b)) return;
        for (const facts of books)
          if (result(a, facts) === true) expect(result(b, facts)).toBe(true);
      },
    ),
    { numRuns: 1500 },
  );
});

test("a rule that cannot hold at a value never does", () => {
  fc.assert(
    fc.property(ruleText, values, (text, facts) => {
      const can = possible(rule(text).expr, "p", facts.p ?? "a");
      const holds = result(text, { ...facts, p: facts.p ?? "a" });
      if (holds === true) expect(can.true).toBe(true);
      else expect(can.notTrue).toBe(true);
    }),
    { numRuns: 1500 },
  );
});

test("a level that a rule excludes is excluded", () => {
  const levels: Scope = {
    lookup: () => ({ found: { kind: "string", values: ["high", "low"] } }),
    names: () => ["level"],
  };
  const can = (text: string, level: string): boolean => {
    const parsed = parseRule(text, levels, "boolean");
    return parsed.rule ? possible(parsed.rule.expr, "level", level).true : false;
  };
  expect(can('level == "high"', "low")).toBe(false);
  expect(can('level in ["low"] || level == "high"', "low")).toBe(true);
  expect(can('!(level == "low")', "low")).toBe(false);
  expect(can('stage == "low" && level == "high"', "low")).toBe(false);
  expect(can('level == "high" && stage == "low"', "low")).toBe(false);
  expect(can('!(level == "high" || level == "low")', "high")).toBe(false);
  expect(can('level != "low" && stage == "low"', "high")).toBe(true);
});
