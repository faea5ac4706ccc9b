import { expect, test } from "vitest";
import { envOf, ruleOf, scopeOf } from "./testing/sample-scope.ts";
import { traceRule } from "./trace.ts";

const env = envOf({ arr: 100, seats: 10, users: 5, plan: "pro", champion: false });

test("a chain of conditions is one list of parts, each with its result and its values", () => {
  expect(traceRule(ruleOf('arr > 50 && champion && (plan == "free" || sponsor)'), env)).toEqual({
    text: 'arr > 50 && champion && (plan == "free" || sponsor)',
    result: false,
    actual: { arr: 100, champion: false, plan: "pro", sponsor: null },
    children: [
      { text: "arr > 50", result: true, actual: { arr: 100 }, children: [] },
      { text: "champion", result: false, actual: {}, children: [] },
      {
        text: 'plan == "free" || sponsor',
        result: null,
        actual: { plan: "pro", sponsor: null },
        children: [
          { text: 'plan == "free"', result: false, actual: { plan: "pro" }, children: [] },
          { text: "sponsor", result: null, actual: {}, children: [] },
        ],
      },
    ],
  });
});

test("what a comparison works out first is a part with its own result", () => {
  expect(traceRule(ruleOf("users / seats >= 0.6"), env)).toEqual({
    text: "users / seats >= 0.6",
    result: false,
    actual: { users: 5, seats: 10 },
    children: [
      { text: "users / seats", result: 0.5, actual: { users: 5, seats: 10 }, children: [] },
    ],
  });
});

test("of a choice the condition and both branches are shown", () => {
  const { children } = traceRule(ruleOf("champion ? arr : seats * 2"), env);
  expect(children.map(({ text, result }) => [text, result])).toEqual([
    ["champion", false],
    ["arr", 100],
    ["seats * 2", 20],
  ]);
});

test("a bare name has no parts, and today is shown as a value", () => {
  expect(traceRule(ruleOf(" champion "), env)).toEqual({
    text: "champion",
    result: false,
    actual: {},
    children: [],
  });
  expect(traceRule(ruleOf("!(renewal_date < today)"), env).children[0]?.actual).toEqual({
    renewal_date: null,
    today: env.today,
  });
});

test("a fact called __proto__ is shown like any other", () => {
  const scope = scopeOf(new Map([["__proto__", { kind: "number" }]]));
  const { actual } = traceRule(
    ruleOf("__proto__ > 1", scope),
    envOf(Object.fromEntries([["__proto__", 2]])),
  );
  expect(Object.entries(actual)).toEqual([["__proto__", 2]]);
});

test("a chain of thousands of conditions is traced", () => {
  const text = Array.from({ length: 900 }, (_, i) => `arr > ${i}`).join("&&");
  expect(traceRule(ruleOf(text), env).children).toHaveLength(900);
});
