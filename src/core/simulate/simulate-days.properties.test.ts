import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Evaluator } from "../account/evaluate-accounts.ts";
import { type News, randomLife } from "../account/testing/random-life.ts";
import { compileModel } from "../decide/index.ts";
import { readModel } from "../model/index.ts";
import type { Model } from "../model/types.ts";
import { type Day, dayOf } from "../time/day.ts";
import { localDay } from "../time/zone.ts";
import { workCalendar } from "../time/work-calendar.ts";
import { lived, pastOf, PlainEvaluator } from "./testing/past-lives.ts";

/** Whole lives are heavy: a tenth of the runs that single rules get. */
const RUNS = Math.ceil(Number(process.env["TOUCHSTONE_RUNS"] ?? 40) / 10);
const MODELS = [
  "spec/cases/semantics.touch.yaml",
  "spec/cases/own/lifecycle.model.yaml",
  "templates/four-tiers-hybrid/model.yaml",
  "templates/right-time-right-touch/model.yaml",
  "templates/high-low-by-goal/model.yaml",
];
const FROM = dayOf(2026, 6, 1);
const DAYS = 50;
const SPAN = { from: FROM + 5, to: FROM + DAYS, warmUp: 5 };
const CALENDAR = workCalendar([1, 2, 3, 4, 5], () => new Set([dayOf(2026, 6, 4)]));
const all = (): boolean => true;
const seeds = fc.array(fc.integer({ min: 0, max: 0x7fff_ffff }), { minLength: 1, maxLength: 3 });

function modelOf(path: string): Model {
  const text = readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
  const { model, diagnostics } = readModel(text, { file: path });
  if (!model) throw new Error(JSON.stringify(diagnostics));
  return model;
}

describe.each(MODELS)("%s", (path) => {
  const model = modelOf(path);
  const evaluator = new Evaluator(compileModel(model), CALENDAR, 8);
  const plain = new PlainEvaluator(compileModel(model), CALENDAR, 8);
  const livesOf = (all: readonly number[]) =>
    all.map((seed) => randomLife(model, seed, FROM, DAYS));

  test("resting changes nothing: planning every account every day comes to the same", () => {
    fc.assert(
      fc.property(seeds, (some) => {
        const lives = livesOf(some);
        const accounts = lives.map((life) => pastOf(evaluator.compiled.plan, life, all));
        const others = lives.map((life) => pastOf(plain.compiled.plan, life, all));
        expect(lived(evaluator, CALENDAR, accounts, SPAN)).toEqual(
          lived(plain, CALENDAR, others, SPAN),
        );
        expect(accounts.map(({ record }) => [record.state, [...record.touches.values()]])).toEqual(
          others.map(({ record }) => [record.state, [...record.touches.values()]]),
        );
      }),
      { numRuns: RUNS },
    );
  });

  test("what comes later reaches no day before it", () => {
    const happenedBy = (day: Day) => (news: News) => {
      if (news.kind === "event") return localDay(news.event.at, model.workspace.timezone) <= day;
      return (news.kind === "trait" ? news.change.from : news.contact.from) <= day;
    };
    fc.assert(
      fc.property(seeds, fc.integer({ min: 0, max: 40 }), (some, after) => {
        const day = SPAN.from + after;
        const lives = livesOf(some);
        const plan = evaluator.compiled.plan;
        const knowing = lives.map((life) => pastOf(plan, life, all));
        const ignorant = lives.map((life) => pastOf(plan, life, happenedBy(day)));
        const span = { ...SPAN, to: day };
        expect(lived(evaluator, CALENDAR, knowing, span)).toEqual(
          lived(evaluator, CALENDAR, ignorant, span),
        );
      }),
      { numRuns: RUNS },
    );
  });

  test("the same history comes to the same, in batches of any size", () => {
    fc.assert(
      fc.property(seeds, (some) => {
        const lives = livesOf(some);
        const one = new Evaluator(evaluator.compiled, CALENDAR, 1);
        const run = (by: Evaluator) =>
          lived(
            by,
            CALENDAR,
            lives.map((life) => pastOf(by.compiled.plan, life, all)),
            SPAN,
          );
        expect(run(evaluator)).toEqual(run(one));
      }),
      { numRuns: Math.ceil(RUNS / 4) },
    );
  });
});
