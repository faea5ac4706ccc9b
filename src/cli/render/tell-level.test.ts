import { expect, test } from "vitest";
import type { DecisionStep } from "../../core/decide/index.ts";
import type { Explanation } from "../../core/explain/index.ts";
import { tellLevel } from "./tell-level.ts";

const BASE: DecisionStep = {
  rule: "arr >= 100",
  effect: "set high",
  applied: false,
  before: null,
  after: null,
};
const OTHERWISE: DecisionStep = {
  rule: "otherwise",
  effect: "set low",
  applied: true,
  before: null,
  after: "low",
};
const AT_RISK: DecisionStep = {
  name: "at risk",
  rule: "health < 50",
  effect: "at least high",
  applied: true,
  before: "low",
  after: "high",
};

function told(
  level: Partial<NonNullable<Explanation["level"]>>,
  steps: readonly DecisionStep[],
  actual = {},
): string {
  const trace = (text: string, result: boolean) => ({ text, result, actual, children: [] });
  const none = {};
  const explanation: Explanation = {
    account: "a",
    at: "2026-03-02",
    model: { name: "m", version: 1, hash: "" },
    facts: none,
    built_ins: none,
    missing: [],
    health: { score: null, band: "unknown", coverage: 0, measures: none, caps: [] },
    stage: null,
    segments: none,
    level: {
      name: "low",
      base: "low",
      since: "2026-01-01",
      held: false,
      pinned: null,
      steps,
      ...level,
    },
    programs: [],
    stored: true,
    rules: {
      measures: none,
      caps: none,
      enter: none,
      exit: none,
      segments: none,
      base: [trace("arr >= 100", false)],
      adjust: { "at risk": trace("health < 50", true) },
      programs: none,
    },
  };
  return tellLevel(explanation);
}

test("the base level is told with the rules that were asked, and their values", () => {
  const text = told({}, [BASE, OTHERWISE], { arr: 12_000.5 });
  expect(text).toContain(
    "It has had low touch since 2026-01-01. That is its base level, and no adjustment changes it.",
  );
  expect(text).toContain("- not high, because arr >= 100 does not hold (arr is 12,001)");
  expect(text).toContain("+ low, because nothing above holds");
});

test("a rule that is unknown names what is missing", () => {
  const text = told({}, [{ ...BASE, missing: ["arr", "plan"] }, OTHERWISE]);
  expect(text).toContain(
    "? not high, because arr >= 100 is unknown, for arr and plan are not known",
  );
});

test("an adjustment is told with what it did, and whether it is only kept", () => {
  const text = told({ name: "high" }, [OTHERWISE, { ...AT_RISK, kept: true }], { health: 60 });
  expect(text).toContain('Its base level is low; "at risk" makes it high.');
  expect(text).toContain(
    "+ at risk: at least high, low becomes high\n      health < 50 held a short while ago, and is kept (health is 60)",
  );
});

test("a level that is held, or pinned by hand, says so first", () => {
  expect(told({ name: "high", held: true }, [OTHERWISE])).toContain(
    "not yet for long enough to lower it: it is held.",
  );
  const pinned = { until: null, reason: "the board asked", by: "ann" };
  expect(told({ name: "high", pinned }, [OTHERWISE])).toContain(
    "It is pinned to high touch until it is taken back, by ann: the board asked.",
  );
});
