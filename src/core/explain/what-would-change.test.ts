import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Evaluator } from "../account/evaluate-accounts.ts";
import type { AccountRecord } from "../account/record.ts";
import { hear, randomLife, unborn } from "../account/testing/random-life.ts";
import { BookDecider, compileModel, type CompiledModel, rowEnv } from "../decide/index.ts";
import { readTyped } from "../facts/index.ts";
import { readModel } from "../model/index.ts";
import type { Model } from "../model/types.ts";
import { evaluateRule } from "../rules/index.ts";
import type { Value } from "../rules/types.ts";
import { dayOf } from "../time/day.ts";
import { workCalendar } from "../time/work-calendar.ts";
import { type FactChange, placesOf, whatWouldChange } from "./what-would-change.ts";

const RUNS = Math.ceil(Number(process.env["TOUCHSTONE_RUNS"] ?? 100) / 20);
const TODAY = dayOf(2026, 6, 10);
const EVERY_DAY = workCalendar([1, 2, 3, 4, 5, 6, 7], () => new Set());

function read(text: string): Model {
  const { model, diagnostics } = readModel(text, { file: "model.yaml" });
  if (!model) throw new Error(JSON.stringify(diagnostics));
  return model;
}

function decided(
  model: Model,
  make: (compiled: CompiledModel) => AccountRecord,
): { compiled: CompiledModel; record: AccountRecord } {
  const evaluator = new Evaluator(compileModel(model), EVERY_DAY, 1);
  const record = make(evaluator.compiled);
  evaluator.evaluate([record], {
    today: TODAY,
    now: TODAY * 86_400_000,
    modelVersion: 3,
    liveFrom: null,
    wantAll: true,
    triggers: () => [],
  });
  return { compiled: evaluator.compiled, record };
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
  share: { type: number }
  per_seat: { is: arr / seats }
  days_left: { is: days_until(renewal) }
health: { measures: { use: { score: share * 100, weight: 1 } }, caps: { lonely: { when: '!champion', at_most: 50 } }, bands: { red: 0, green: 60 } }
lifecycle: { stages: { early: { exit: { big: arr >= 500, led: champion } }, late: {} } }
segments: { dear: per_seat >= 100, near: days_until(renewal) <= 30, soon: days_left <= 10 && days_left >= 0 }
levels: { high: { by: csm }, medium: { by: pod }, low: { by: pool } }
touch:
  base: [ { when: arr >= 100000, level: high }, { when: arr >= 100, level: medium }, { otherwise: low } ]
  adjust:
    - { name: pro plan, when: plan == "pro", raise: 1 }
`);

function changesOf(traits: Readonly<Record<string, string | number | boolean>>) {
  const { compiled, record } = decided(SMALL, ({ plan }) => {
    const one = unborn(plan, {
      id: "a",
      createdAt: TODAY - 100,
      firstSeen: TODAY - 100,
      news: new Map(),
    });
    for (const [trait, value] of Object.entries(traits))
      one.history.addTrait({ trait, value, from: TODAY - 100, arrived: 1 });
    return one;
  });
  return whatWouldChange(compiled, record, TODAY);
}

const change = (
  fact: string,
  from: Value,
  to: Value,
  by: number | null,
  makes: Value,
): FactChange => ({
  fact,
  from,
  to,
  by,
  makes,
});

describe("what would change it", () => {
  const acme = changesOf({
    arr: 82_000,
    seats: 1000,
    plan: "free",
    champion: false,
    renewal: "2026-08-01",
    share: 0.7,
  });

  test("of the level: how much is missing, nearest first", () => {
    expect(acme.level.up).toEqual([
      change("arr", 82_000, 100_000, 18_000, "high"),
      change("plan", "free", "pro", null, "high"),
    ]);
    expect(acme.level.down).toEqual([change("arr", 82_000, 99, -81_901, "low")]);
    expect(acme.rules["base/0"]).toEqual([change("arr", 82_000, 100_000, 18_000, true)]);
    expect(acme.rules["adjust/pro plan"]).toEqual([change("plan", "free", "pro", null, true)]);
  });

  test("of health: what holds it down, though more of all else would not lift it", () => {
    expect(acme.band.up).toEqual([change("champion", false, true, null, "green")]);
    expect(acme.rules["caps/lonely"]).toEqual([change("champion", false, true, null, false)]);
  });

  test("of the stage: the one criterion that is open; with two open no single fact is enough", () => {
    expect(acme.stage).toEqual([change("champion", false, true, null, "late")]);
    expect(acme.rules["exit/big"]).toEqual([change("arr", 82_000, 499, -81_501, false)]);
    const both = changesOf({ arr: 10, champion: false });
    expect(both.stage).toEqual([]);
    expect(both.rules["exit/big"]).toEqual([change("arr", 10, 500, 490, true)]);
  });

  test("of a rule over a fact made of others: these are named", () => {
    expect(acme.rules["segments/dear/when"]).toEqual(
      [
        change("arr", 82_000, 100_000, 18_000, true),
        change("seats", 1000, 820, -180, true),
      ].toSorted(
        (a, b) => Math.abs((a.by ?? 0) / Number(a.from)) - Math.abs((b.by ?? 0) / Number(b.from)),
      ),
    );
  });

  test("of a day: in days, the nearest that turns it", () => {
    expect(acme.rules["segments/near/when"]).toEqual([
      change("renewal", "2026-08-01", "2026-07-10", -22, true),
    ]);
  });

  test("of a day that another fact is counted from, too", () => {
    expect(acme.rules["segments/soon/when"]).toEqual([
      change("renewal", "2026-08-01", "2026-06-20", -42, true),
    ]);
  });

  test("of what is unknown: a value that would answer it", () => {
    const bare = changesOf({ seats: 10, champion: true });
    expect(bare.level.up[0]).toEqual(change("arr", null, 100, null, "medium"));
    expect(bare.rules["adjust/pro plan"]).toEqual([change("plan", null, "pro", null, true)]);
    // nothing says which shares there are, so none is made up
    expect(bare.band.up).toEqual([]);
  });
});

/** The account decided with one fact as the change says, read at the place it is told of. */
function madeBy(
  decider: BookDecider,
  record: AccountRecord,
  { fact, to }: FactChange,
): { level: Value; band: Value; stage: Value; rule: (place: string) => Value } {
  const { model } = decider.compiled;
  const type = model.facts.find(({ name }) => name === fact)?.type ?? { kind: "any" };
  decider.read([record.history], TODAY);
  decider.book.set(fact, 0, readTyped(type, to, model.workspace.timezone) ?? null);
  decider.state.load(0, record.state.decided, null, TODAY);
  decider.run(0, 1, TODAY);
  const env = rowEnv(decider, 0, TODAY);
  const level = decider.touch.ladder(0, TODAY).at(-1)?.after ?? decider.state.base[0] ?? -1;
  const places = new Map(
    (model.lifecycle?.stages ?? [{ name: "" }])
      .flatMap(({ name }) => placesOf(model, name))
      .map(({ key, rule }) => [key, rule]),
  );
  return {
    level: model.levels[level]?.name ?? null,
    band: env.get("health_band"),
    stage: env.get("stage"),
    rule: (place) => {
      const rule = places.get(place);
      if (!rule) throw new Error(`there is no rule at ${place}`);
      return evaluateRule(rule, env);
    },
  };
}

test.each(["spec/cases/semantics.touch.yaml", "templates/four-tiers-hybrid/model.yaml"])(
  "%s: each change that is named, made, gives just what it says, and that is another answer",
  (path) => {
    const model = read(readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8"));
    let named = 0;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x7fff_ffff }), (seed) => {
        const life = randomLife(model, seed, TODAY, 1);
        const { compiled, record } = decided(model, ({ plan }) => {
          const one = unborn(plan, life);
          hear(one, life, TODAY);
          return one;
        });
        const found = whatWouldChange(compiled, record, TODAY);
        const decider = new BookDecider(compiled, 1);
        const untouched = madeBy(new BookDecider(compiled, 1), record, asItIs(compiled, record));
        const before = (at: (made: ReturnType<typeof madeBy>) => Value): Value => at(untouched);
        const check = (
          changes: readonly FactChange[],
          at: (made: ReturnType<typeof madeBy>) => Value,
        ): void => {
          for (const one of changes) {
            named += 1;
            const made = at(madeBy(decider, record, one));
            expect([one, made]).toEqual([one, one.makes]);
            expect(made).not.toBe(before(at));
          }
        };
        check([...found.level.up, ...found.level.down], ({ level }) => level);
        check([...found.band.up, ...found.band.down], ({ band }) => band);
        check(found.stage, ({ stage }) => stage);
        for (const [place, changes] of Object.entries(found.rules))
          check(changes, ({ rule }) => rule(place));
      }),
      { numRuns: RUNS },
    );
    expect(named).toBeGreaterThan(RUNS);
  },
);

/** No change at all, told as one. */
function asItIs({ model }: CompiledModel, { history }: AccountRecord): FactChange {
  const fact = model.facts.find(({ source }) => source.kind === "trait");
  if (fact?.source.kind !== "trait") throw new Error("no trait to leave as it is");
  const value = history.trait(fact.source.trait, TODAY) ?? fact.source.default ?? null;
  return { fact: fact.name, from: value, to: value, by: null, makes: null };
}
