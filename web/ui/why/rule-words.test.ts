import { describe, expect, test } from "vitest";
import { parseRule, traceRule } from "../../../src/core/rules/index.ts";
import type { RuleType, Trace } from "../../../src/core/rules/types.ts";
import { isDecisive, literal, named, said, spoken } from "./rule-words.ts";

const TYPES: Readonly<Record<string, RuleType>> = {
  arr: { kind: "number" },
  seats: { kind: "number" },
  plan: { kind: "string" },
  champion: { kind: "boolean" },
  renewal: { kind: "date" },
  "segments.value": { kind: "string" },
};

/** As the server traces it. */
function traced(text: string): Trace {
  const { rule } = parseRule(
    text,
    {
      lookup: (name) => {
        const type = TYPES[name];
        return type && { found: type };
      },
      names: () => Object.keys(TYPES),
    },
    "boolean",
  );
  if (!rule) throw new Error(`no rule: ${text}`);
  return traceRule(rule, {
    today: 20_000,
    localDay: (at) => Math.floor(at / 864e5),
    get: () => null,
  });
}

describe("what a part of a rule says", () => {
  test.each([
    ["arr >= 100000", { kind: "compare", left: "arr", sign: ">=", right: "100000" }],
    ['plan == "pro"', { kind: "compare", left: "plan", sign: "==", right: '"pro"' }],
    [
      "days_until(renewal) <= 90",
      { kind: "compare", left: "days_until(renewal)", sign: "<=", right: "90" },
    ],
    [
      'segments.value in ["big", "small"]',
      { kind: "one_of", left: "segments.value", values: ["big", "small"] },
    ],
    ["known(arr)", { kind: "known", of: "arr" }],
    ["champion", { kind: "name", name: "champion" }],
    ["arr > 1 && champion", { kind: "all" }],
    ['arr > 1 || plan != "a && b"', { kind: "any" }],
    ["!champion", { kind: "no", name: "champion" }],
    ["!(arr > 1)", { kind: "not" }],
    ["champion ? arr > 1 : arr > 2", { kind: "choose" }],
    ["arr * 2 > seats", { kind: "text", text: "arr * 2 > seats" }],
  ])("%s", (text, what) => {
    expect(said(traced(text))).toEqual(what);
  });

  test("values, names and days", () => {
    expect([literal('"gold"'), literal("-1.5"), literal("false"), literal("arr")]).toEqual([
      "gold",
      -1.5,
      false,
      undefined,
    ]);
    expect(named("days_since( last_login )")).toEqual({ name: "last_login", days: "since" });
    expect([spoken("arr"), spoken("seats_used"), spoken("segments.nps_group")]).toEqual([
      "ARR",
      "seats used",
      "NPS group",
    ]);
  });

  test("of parts that must all hold, one that does not decides; of any, one that does", () => {
    expect([isDecisive("all", false, true), isDecisive("all", false, null)]).toEqual([false, true]);
    expect([isDecisive("any", true, true), isDecisive("any", true, false)]).toEqual([true, false]);
  });
});
