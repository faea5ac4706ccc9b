import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compileModel, type Decision, rowEnv } from "../decide/index.ts";
import { explainDecision } from "../explain/index.ts";
import { readModel } from "../model/index.ts";
import type { Model } from "../model/types.ts";
import { evaluateRule } from "../rules/index.ts";
import { showTyped } from "../facts/index.ts";
import type { Trigger } from "../schedule/types.ts";
import { dayOf, type Day, formatDay } from "../time/day.ts";
import { workCalendar } from "../time/work-calendar.ts";
import { startOfDay } from "../time/zone.ts";
import { catchUp } from "./catch-up.ts";
import { type Evaluation, Evaluator } from "./evaluate-accounts.ts";
import type { AccountRecord } from "./record.ts";
import { hear, type Life, randomLife, unborn } from "./testing/random-life.ts";

/** Whole lives of accounts are heavy: a tenth of the runs that single rules get. */
const RUNS = Math.ceil(Number(process.env["TOUCHSTONE_RUNS"] ?? 40) / 10);

const MODELS = [
  "spec/cases/four-tier.yaml",
  "spec/cases/semantics.touch.yaml",
  "spec/cases/own/lifecycle.model.yaml",
  "spec/cases/own/health.model.yaml",
  "spec/cases/own/facts.model.yaml",
  "templates/four-tiers-hybrid/model.yaml",
  "templates/dynamic-four-dimensions/model.yaml",
  "templates/high-low-by-goal/model.yaml",
  "templates/right-time-right-touch/model.yaml",
];

const START = dayOf(2026, 6, 1);
const DAYS = 10;
/** Monday to Friday, but for one day off within those that are lived through. */
const CALENDAR = workCalendar([1, 2, 3, 4, 5], () => new Set([dayOf(2026, 6, 4)]));
const seeds = fc.integer({ min: 0, max: 0x7fff_ffff });

function modelOf(path: string): Model {
  const text = readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
  const { model, diagnostics } = readModel(text, { file: path });
  if (!model) throw new Error(JSON.stringify(diagnostics));
  return model;
}

function evaluatorOf(model: Model, batch: number): Evaluator {
  return new Evaluator(compileModel(model), CALENDAR, batch);
}

/** The midnight pass of a day, then what arrives on it. */
function live(
  evaluator: Evaluator,
  lives: readonly Life[],
  records: readonly AccountRecord[],
  day: Day,
): Evaluation[] {
  const midnight = startOfDay(day, evaluator.compiled.model.workspace.timezone);
  const at = (
    hours: number,
    triggers: (record: AccountRecord) => readonly Trigger[],
  ): Evaluation[] =>
    evaluator.evaluate(records, {
      today: day,
      now: midnight + hours * 3_600_000,
      modelVersion: 1,
      liveFrom: null,
      wantAll: true,
      triggers,
    });
  if (day > START) at(0, () => []);
  const news = new Map(
    records.map((record, index) => [record, hear(record, lives[index] as Life, day)]),
  );
  return at(12, (record) =>
    (news.get(record) ?? []).filter((event) => record.history.localDay(event.at) >= START),
  );
}

function memoryOf(record: AccountRecord): unknown {
  return {
    state: record.state,
    touches: [...record.touches.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1)),
  };
}

describe.each(MODELS)("%s", (path) => {
  const model = modelOf(path);
  const one = evaluatorOf(model, 1);
  const many = evaluatorOf(model, 8);

  test("a book of many is as many books of one", () => {
    fc.assert(
      fc.property(fc.array(seeds, { minLength: 2, maxLength: 6 }), (all) => {
        const lives = all.map((seed) => randomLife(model, seed, START, DAYS));
        const together = lives.map((life) => unborn(many.compiled.plan, life));
        const alone = lives.map((life) => unborn(one.compiled.plan, life));
        for (let day = START; day < START + DAYS; day++) {
          const found = live(many, lives, together, day).map(({ decision }) => decision);
          expect(found).toEqual(live(one, lives, alone, day).map(({ decision }) => decision));
        }
        expect(together.map(memoryOf)).toEqual(alone.map(memoryOf));
      }),
      { numRuns: RUNS },
    );
  });

  test("deciding again without news changes nothing", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const life = randomLife(model, seed, START, DAYS);
        const record = unborn(one.compiled.plan, life);
        for (let day = START; day < START + DAYS; day++) {
          const [first] = live(one, [life], [record], day);
          const before = memoryOf(record);
          const now = startOfDay(day, model.workspace.timezone) + 13 * 3_600_000;
          const [again] = one.evaluate([record], {
            today: day,
            now,
            modelVersion: 1,
            liveFrom: null,
            wantAll: true,
            triggers: () => [],
          });
          expect(again?.events).toEqual([]);
          expect(again?.touches).toEqual([]);
          expect(again?.changed).toBe(false);
          expect(again?.decision && { ...again.decision, stage: null }).toEqual(
            first?.decision && { ...first.decision, stage: null },
          );
          expect(memoryOf(record)).toEqual(before);
        }
      }),
      { numRuns: RUNS },
    );
  });

  test("days on which the machine was off, caught up, are as if it had run", () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 9 }), (seed, off) => {
        const life = randomLife(model, seed, START, DAYS);
        const [daily, late] = [unborn(one.compiled.plan, life), unborn(one.compiled.plan, life)];
        for (let day = START; day < START + DAYS; day++) {
          live(one, [life], [daily], day);
          live(one, [life], [late], day);
        }
        const today = START + DAYS - 1 + off;
        const zone = model.workspace.timezone;
        const pass = (record: AccountRecord, from: Day, to: Day) =>
          catchUp(one, [{ record, from, liveFrom: null, news: [], cause: null }], {
            today: to,
            now: startOfDay(to, zone),
            modelVersion: 1,
          });
        const events = [];
        for (let day = START + DAYS; day <= today; day++)
          events.push(...(pass(daily, day, day)[0]?.events ?? []));
        const [caught] = pass(late, START + DAYS, today);
        expect(late.state.decided).toEqual(daily.state.decided);
        // what was made and due on a day nobody was there is late from the start (model.md, small print)
        const isLate = ({ reason }: { reason: string | null }): boolean =>
          reason?.startsWith("late: ") === true || reason === "its day was past when it was made";
        if ([...late.touches.values()].some(isLate)) return;
        expect(memoryOf(late)).toEqual(memoryOf(daily));
        expect(caught?.events).toEqual(events);
      }),
      { numRuns: RUNS },
    );
  });

  test("columns, decision and traces say the same", () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const life = randomLife(model, seed, START, 3);
        const record = unborn(one.compiled.plan, life);
        for (let day = START; day < START + 3; day++) {
          const decision = live(one, [life], [record], day)[0]?.decision;
          if (decision) agree(one, model, decision, day);
        }
      }),
      { numRuns: RUNS * 3 },
    );
  });
});

function agree(evaluator: Evaluator, model: Model, decision: Decision, day: Day): void {
  expect(decision.at).toBe(formatDay(day));
  const env = rowEnv(evaluator.decider, 0, day);
  for (const { name, source, type } of model.facts) {
    if (source.kind === "is")
      expect([name, decision.facts[name]]).toEqual([
        name,
        showTyped(type, evaluateRule(source.rule, env)),
      ]);
  }
  const { rules } = explainDecision(model, decision, true);
  const { level, stage, health, segments } = decision;
  const entry = rules.base.findIndex(({ result }) => result === true);
  const base = entry < 0 ? model.touch?.otherwise : model.touch?.base[entry]?.level;
  if (level) expect(level.base).toBe(base);
  for (const step of level?.steps ?? []) {
    if (step.name === undefined || step.kept) continue;
    expect([step.name, step.applied]).toEqual([
      step.name,
      rules.adjust[step.name]?.result === true,
    ]);
  }
  for (const [name, { met }] of Object.entries(stage?.exit ?? {})) {
    expect([name, met]).toEqual([name, rules.exit[name]?.result]);
  }
  for (const [name, { score }] of Object.entries(health.measures)) {
    const result = rules.measures[name]?.result ?? null;
    expect([name, score]).toEqual([
      name,
      typeof result === "number" ? Math.min(Math.max(result, 0), 100) : null,
    ]);
  }
  for (const segment of model.segments) {
    const own = segments[segment.name];
    const traces = rules.segments[segment.name] ?? {};
    if (segment.kind === "one") {
      const first = segment.entries.find(({ name }) => traces[name]?.result === true)?.name ?? null;
      expect([segment.name, own && "name" in own && own.name]).toEqual([segment.name, first]);
    } else if (segment.for === 1 && !segment.until) {
      expect([segment.name, own && "in" in own && own.in]).toEqual([
        segment.name,
        traces["when"]?.result === true,
      ]);
    }
  }
  const known = Object.values(health.measures).reduce(
    (sum, { score, share }) => sum + (score ?? 0) * share,
    0,
  );
  if (health.score !== null && health.caps.length === 0) expect(health.score).toBeCloseTo(known, 8);
}
