import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Evaluator } from "../account/evaluate-accounts.ts";
import type { AccountRecord } from "../account/record.ts";
import { hear, randomLife, unborn } from "../account/testing/random-life.ts";
import { BookDecider, compileModel, type CompiledModel, type Decision } from "../decide/index.ts";
import { readModel } from "../model/index.ts";
import type { Model } from "../model/types.ts";
import type { Trace, Value } from "../rules/types.ts";
import { type Day, dayOf } from "../time/day.ts";
import { workCalendar } from "../time/work-calendar.ts";
import { decisionEnv } from "./decision-env.ts";
import { explainDecision } from "./explain-decision.ts";
import { nearestChanges } from "./nearest-change.ts";

const RUNS = Math.ceil(Number(process.env["TOUCHSTONE_RUNS"] ?? 100) / 10);
const TODAY = dayOf(2026, 6, 10);
const EVERY_DAY = workCalendar([1, 2, 3, 4, 5, 6, 7], () => new Set());

function read(text: string): Model {
  const { model, diagnostics } = readModel(text, { file: "model.yaml" });
  if (!model) throw new Error(JSON.stringify(diagnostics));
  return model;
}

const modelAt = (path: string): Model =>
  read(readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8"));

interface Decided {
  readonly compiled: CompiledModel;
  readonly record: AccountRecord;
  readonly decision: Decision;
}

function decide(
  model: Model,
  record: (compiled: CompiledModel) => AccountRecord,
  day: Day = TODAY,
): Decided {
  const evaluator = new Evaluator(compileModel(model), EVERY_DAY, 1);
  const one = record(evaluator.compiled);
  const occasion = {
    today: day,
    now: day * 86_400_000,
    modelVersion: 3,
    liveFrom: null,
    wantAll: true,
    triggers: () => [],
  };
  const [evaluation] = evaluator.evaluate([one], occasion);
  return { compiled: evaluator.compiled, record: one, decision: evaluation?.decision as Decision };
}

function told(
  traits: Readonly<Record<string, string | number | boolean>>,
): (compiled: CompiledModel) => AccountRecord {
  return ({ plan }) => {
    const record = unborn(plan, {
      id: "a",
      createdAt: TODAY - 100,
      firstSeen: TODAY - 100,
      news: new Map(),
    });
    for (const [trait, value] of Object.entries(traits))
      record.history.addTrait({ trait, value, from: TODAY - 100, arrived: 1 });
    return record;
  };
}

const SMALL = read(`
touchstone: 1
name: Small
workspace: { timezone: UTC }
facts:
  arr: { type: number }
  seats: { type: number }
  plan: { type: string, values: [free, pro] }
  champion: { type: boolean }
  renewal: { type: date }
  logins: { count: Logged In, over: 7d }
  per_seat: { is: arr / seats }
health: { measures: { use: { score: logins * 10, weight: 1 } }, caps: { lonely: { when: '!champion', at_most: 50 } }, bands: { red: 0, green: 60 } }
lifecycle: { stages: { early: { exit: { big: arr >= 500 && champion } }, late: {} } }
segments: { dear: per_seat >= 100, near: days_until(renewal) <= 30 }
levels: { high: { by: csm }, medium: { by: pod }, low: { by: pool } }
touch:
  base: [ { when: arr >= 1000, level: high }, { when: arr >= 100, level: medium }, { otherwise: low } ]
  adjust:
    - { name: pro plan, when: plan == "pro", raise: 1 }
    - { name: calm, when: champion && logins >= 5, at_most: low }
`);

describe("what would have to be different", () => {
  const nearest = (traits: Parameters<typeof told>[0]) => {
    const { compiled, record } = decide(SMALL, told(traits));
    return nearestChanges(compiled, record, TODAY);
  };

  test("the smallest move of one number, up and down", () => {
    expect(nearest({ arr: 900, plan: "free", champion: false })).toEqual({
      up: { fact: "arr", from: 900, to: 1000, level: "high" },
      down: { fact: "arr", from: 900, to: 99, level: "low" },
    });
  });

  test("a word or a yes where no number is near", () => {
    expect(nearest({ arr: 1, plan: "free", champion: false }).up).toEqual({
      fact: "plan",
      from: "free",
      to: "pro",
      level: "medium",
    });
  });

  test("nothing, where the end of the ladder is reached", () => {
    expect(nearest({ arr: 5000, plan: "pro", champion: false }).up).toBeUndefined();
    expect(nearest({ arr: 1, plan: "free", champion: false }).down).toBeUndefined();
  });
});

test("what is stored with a decision is enough to explain it", () => {
  const { decision } = decide(
    SMALL,
    told({ arr: 900, seats: 3, champion: false, renewal: "2026-07-01" }),
  );
  const stored = JSON.parse(JSON.stringify(decision)) as Decision;
  const { rules, stored: isStored, level, stage } = explainDecision(SMALL, stored, false);
  expect(isStored).toBe(false);
  expect(rules.base[1]).toEqual({
    text: "arr >= 100",
    result: true,
    actual: { arr: 900 },
    children: [],
  });
  expect(rules.segments["near"]).toMatchObject({
    when: { result: true, actual: { renewal: "2026-07-01" } },
  });
  expect(rules.exit["big"]?.children.map(({ text, result }) => [text, result])).toEqual([
    ["arr >= 500", true],
    ["champion", false],
  ]);
  expect(rules.adjust["pro plan"]?.result).toBeNull();
  expect(level?.steps.at(-1)).toMatchObject({ name: "calm", applied: false, result: false });
  expect(stage?.name).toBe("early");
  const env = decisionEnv(SMALL, stored);
  const values: Value[] = [
    "today",
    "renewal",
    "stage",
    "days_in_stage",
    "level",
    "segments.near",
    "account_age_days",
  ].map((name) => env.get(name));
  expect(values).toEqual([TODAY, dayOf(2026, 7, 1), "early", 0, "medium", true, 100]);
});

/** Every part of a trace, with what stands above it. */
function parts(trace: Trace): Trace[] {
  return [trace, ...trace.children.flatMap(parts)];
}

describe.each([
  "spec/cases/semantics.touch.yaml",
  "templates/high-low-by-goal/model.yaml",
  "templates/value-tiers/model.yaml",
])("%s", (path) => {
  const model = modelAt(path);

  test("a nearest change, made, is a change to that very level; and no other value was needed", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x7fff_ffff }), (seed) => {
        const life = randomLife(model, seed, TODAY, 1);
        const { compiled, record, decision } = decide(model, ({ plan }) => {
          const one = unborn(plan, life);
          hear(one, life, TODAY);
          return one;
        });
        const present = model.levels.findIndex(({ name }) => name === askedFor(decision));
        const { up, down } = nearestChanges(compiled, record, TODAY);
        for (const [change, isUp] of [
          [up, true],
          [down, false],
        ] as const) {
          if (!change) continue;
          const decider = new BookDecider(compiled, 1);
          decider.read([record.history], TODAY);
          expect(decider.book.get(change.fact, 0)).toBe(change.from);
          decider.book.set(change.fact, 0, change.to);
          decider.state.load(0, record.state.decided, null, TODAY);
          decider.run(0, 1, TODAY);
          const reached =
            decider.touch.ladder(0, TODAY).at(-1)?.after ?? decider.state.base[0] ?? -1;
          expect(model.levels[reached]?.name).toBe(change.level);
          expect(reached < present).toBe(isUp);
        }
      }),
      { numRuns: RUNS },
    );
  });

  test("a trace's parts show what they read", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x7fff_ffff }), (seed) => {
        const life = randomLife(model, seed, TODAY, 1);
        const { decision } = decide(model, ({ plan }) => {
          const one = unborn(plan, life);
          hear(one, life, TODAY);
          return one;
        });
        const { rules } = explainDecision(model, decision, true);
        for (const trace of [...rules.base, ...Object.values(rules.adjust)]) {
          for (const { actual } of parts(trace)) {
            for (const [name, value] of Object.entries(actual)) {
              if (name in decision.facts)
                expect([name, value]).toEqual([name, decision.facts[name]]);
            }
          }
        }
      }),
      { numRuns: RUNS },
    );
  });
});

/** The level before any hold: what the last step came to. */
function askedFor({ level }: Decision): string | null | undefined {
  return level?.steps.findLast(({ applied }) => applied)?.after;
}
