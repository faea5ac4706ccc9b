import { expect, test } from "vitest";
import { readModel } from "../../../core/model/index.ts";
import { parseDay } from "../../../core/time/day.ts";
import { planJson } from "../../../engine/plan/plan-json.ts";
import type { AccountMove, ModelPlan, PlanProblem } from "../../../engine/plan/types.ts";
import { LATER_MODEL } from "../../../engine/testing/small-model.ts";
import { widthOf } from "../columns.ts";
import { tellNext } from "./tell-next.ts";
import { tellPlan } from "./tell-plan.ts";

const TODAY = parseDay("2026-03-02") ?? 0;
const { model } = readModel(LATER_MODEL, { file: "m" });
if (!model) throw new Error("the small model has errors");
const MODEL = model;

const NO_HOURS = { doers: [], levels: [], roles: [] };

function planOf(more: Partial<ModelPlan> = {}): ModelPlan {
  return {
    madeAt: Date.parse("2026-03-02T09:00:00Z"),
    today: TODAY,
    model: { name: MODEL.name, hash: MODEL.hash },
    live: { version: 3, name: "Before", hash: "sha256:0" },
    existing: "all",
    isSame: false,
    changes: [],
    messageFiles: { added: [], changed: [], removed: [] },
    accounts: { total: 12, moving: 2, revenue: 5000, revenueMoving: 1000, first: 0 },
    levels: [
      { from: "high", to: "high", accounts: 4, revenue: 3000 },
      { from: "high", to: "low", accounts: 2, revenue: 1000 },
      { from: "low", to: "low", accounts: 6, revenue: 1000 },
    ],
    stages: [],
    segments: [],
    moves: [],
    programs: [],
    touches: [],
    touchChanges: [],
    messages: [],
    newlyCapped: [],
    hours: { before: NO_HOURS, after: NO_HOURS },
    problems: [],
    ...more,
  };
}

function move(account: string, revenue: number | null, name: string | null = account): AccountMove {
  const reason = {
    oldRule: "arr >= 100",
    newRule: "arr >= 500",
    actual: { arr: 300 },
    why: "arr 300: big needs 500 now (was 100)",
  };
  return {
    account,
    name,
    owner: "ann",
    revenue,
    reasons: [
      { what: "level", from: "high", to: "low", ...reason },
      { what: "segments.worth", from: "big", to: "small", ...reason },
      { what: "segments.quiet", from: null, to: "in", ...reason, why: "no logins" },
    ],
  };
}

const PROBLEM: PlanProblem = {
  code: "over-capacity",
  severity: "blocking",
  where: "levels.high",
  message: "The level high would need 60 hours a week and has 40.",
  hint: "Raise a threshold.",
  allowed: false,
};

function told(more: Partial<ModelPlan> = {}, limit = 20): string {
  return tellPlan(planOf(more), MODEL, limit);
}

test("the headline says what goes live over what, and how many move with how much", () => {
  expect(told().split("\n").slice(0, 3)).toEqual([
    "Small book, planned on 2026-03-02",
    "It would replace version 3 (Before). 2 accounts of 12 move, with €1K of €5K arr (20%).",
    "",
  ]);
  expect(told({ existing: "new" })).toContain("Accounts that match already start no program");
});

test("the first model, the same one, a book without accounts and one where nobody moves are told as such", () => {
  expect(told({ live: null })).toContain("It would be the first model. It decides 12 accounts");
  expect(told({ isSame: true })).toBe(
    "Small book, planned on 2026-03-02\nIt is live already, as version 3: nothing would change.",
  );
  const none = { total: 0, moving: 0, revenue: 0, revenueMoving: 0, first: 0 };
  expect(told({ accounts: none, levels: [] })).toContain("There are no accounts yet");
  const still = { total: 12, moving: 0, revenue: 5000, revenueMoving: 0, first: 1 };
  expect(told({ accounts: still, levels: [] })).toContain(
    "None of 12 accounts moves to another level, stage or segment. 1\naccount is decided for the first time.",
  );
});

test("levels are a matrix in the model's order, with revenue in each cell", () => {
  expect(told()).toContain(
    ["          high     low", "  high  4, €3K  2, €1K", "  low           6, €1K"].join("\n"),
  );
});

test("problems come first, what blocks with what to do; allowed ones are told as allowed", () => {
  const page = told({ problems: [PROBLEM, { ...PROBLEM, code: "flood", allowed: true }] });
  expect(page).toContain(
    "  blocks   The level high would need 60 hours a week and has 40. [over-capacity]\n           Raise a threshold.",
  );
  expect(page).toContain(
    "  allowed  The level high would need 60 hours a week and has 40. [flood]",
  );
  expect(page.indexOf("Problems")).toBeLessThan(page.indexOf("What changes in the model"));
});

test("the accounts with the most revenue are shown, moves of one reason together", () => {
  const moves = [move("a", 10), move("b", 900), move("c", null, null)];
  expect(told({ moves }, 1)).toContain(
    [
      "The account with the most revenue of 3 that move, and why",
      "  b (b)  €900, owner ann",
      "    level high -> low, segment worth big -> small: arr 300: big needs 500 now (was 100)",
      "    segment quiet out -> in: no logins",
      "  and 2 more: --limit shows more of them, --json all",
    ].join("\n"),
  );
});

test("sentences on the model stand one a line, those that decide first; another model is counted by block", () => {
  const change = {
    path: "p",
    block: "segments",
    kind: "changed" as const,
    before: null,
    after: null,
    decides: true,
  };
  const changes = [
    { ...change, sentence: "the title is another", decides: false },
    { ...change, sentence: "big needs arr of at least 500 EUR, was 100" },
  ];
  expect(told({ changes })).toContain(
    "What changes in the model\n  big needs arr of at least 500 EUR, was 100\n  the title is another",
  );
  const many = Array.from({ length: 41 }, () => ({ ...change, sentence: "again" }));
  expect(told({ changes: many })).toContain("41 differences: it is another model.");
  expect(told()).toContain("Nothing that has a meaning: only how it is written.");
});

test("hours show before and after, and mark weeks that hold more than there is", () => {
  const week = (minutes: number) => ({
    week: TODAY,
    minutes,
    capacity: 2400,
    load: null,
    band: "none" as const,
    touches: 1,
  });
  const doer = (minutes: number) => ({
    doer: "ann",
    name: "Ann Miles",
    kind: "person" as const,
    role: "csm",
    accounts: 1,
    weeks: [week(minutes)],
    total: week(minutes),
  });
  const role = (minutes: number) => ({ role: "csm", weeks: [week(minutes)] });
  const hours = {
    before: { doers: [doer(600)], levels: [], roles: [role(600)] },
    after: { doers: [doer(3000)], levels: [], roles: [role(1200)] },
  };
  const page = told({ hours });
  expect(page).toContain("  all csm     40   10>20");
  expect(page).toContain("  Ann Miles   40  10>50!");
  expect(page).toContain("! more than there are hours in that week");
});

test("long and wide names stay within 100 columns", () => {
  const long = "A".repeat(300);
  const wide = "株式会社".repeat(40);
  const page = told({
    moves: [move(long, 1), move("w", 2, wide)],
    live: { version: 1, name: long, hash: "x" },
    problems: [{ ...PROBLEM, message: wide, hint: long }],
    programs: [{ program: long, started: 1, ended: 2, heldBack: 3 }],
    touches: [
      {
        program: long,
        touchpoint: wide,
        human: true,
        made: 1,
        kept: 0,
        moved: 2,
        cancelled: 3,
        changed: 4,
      },
    ],
    segments: [{ segment: long, from: wide, to: long, accounts: 1, revenue: 2 }],
    stages: [{ from: wide, to: long, accounts: 1, revenue: 3 }],
    newlyCapped: [{ account: long, contact: wide, cap: "email: 2 per 7d", planned: 3 }],
  });
  for (const line of page.split("\n")) expect(widthOf(line), line).toBeLessThanOrEqual(100);
});

test("what to do next is the line to type, with what was chosen", () => {
  expect(tellNext(planOf(), "my model", { data: "d" })).toBe(
    "Nothing was written. Make it live with `touchstone apply 'my model' --data d`.",
  );
  expect(tellNext(planOf({ existing: "new" }), "m", {})).toContain("apply m --existing new`");
  expect(tellNext(planOf({ existing: "new" }), "m", { out: "p.json" })).toBe(
    "Nothing was written but the plan, in p.json. Make it live with `touchstone apply p.json`.",
  );
  expect(tellNext(planOf({ problems: [PROBLEM] }), "m", {}).replaceAll("\n", " ")).toBe(
    "Nothing was written. 1 problem blocks it (over-capacity): change the model and plan again, or accept it with `touchstone apply m --allow over-capacity`.",
  );
});

test("as JSON: snake_case, days as text, names of facts as they are", () => {
  const moves = [move("a", 10)];
  const json = planJson(planOf({ moves }), MODEL);
  expect(json).toMatchObject({
    made_at: "2026-03-02T09:00:00.000Z",
    today: "2026-03-02",
    currency: "EUR",
    is_same: false,
    accounts: { revenue_moving: 1000 },
    moves: [{ reasons: [{ old_rule: "arr >= 100", actual: { arr: 300 } }, {}, {}] }],
  });
  expect(JSON.stringify(json)).not.toMatch(/"[a-z]+[A-Z]\w*":/);
});

test("as JSON: money added up is rounded to a hundredth, values of facts are as they are", () => {
  const levels = [{ from: "low", to: "high", accounts: 3, revenue: 0.1 + 0.2 }];
  const json = planJson(planOf({ levels, moves: [move("a", 10.005)] }), MODEL);
  expect(json).toMatchObject({ levels: [{ revenue: 0.3 }] });
});
