import { describe, expect, test } from "vitest";
import { readModel } from "../model/index.ts";
import type { Model } from "../model/types.ts";
import { type Day, dayOf } from "../time/day.ts";
import { changeEvents, sameDecision } from "./changes.ts";
import { BookDecider, compileModel } from "./index.ts";
import { armOf } from "./program-signals.ts";
import type { DecideState, Pin } from "./state.ts";

const TODAY = dayOf(2026, 6, 10);

const { model } = readModel(
  `
touchstone: 1
name: Blocks
workspace: { timezone: UTC }
facts:
  n: { type: number }
  m: { type: number }
  go: { type: boolean }
  was: { change: health, over: 3d }
health:
  measures: { n: { score: n, weight: 2 }, m: { score: m, weight: 1 } }
  caps: { low: { when: go, at_most: 30 } }
  bands: { red: 0, yellow: 50, green: 75 }
  min_coverage: 0.5
lifecycle: { stages: { one: { exit: { go: go } }, two: {}, three: { enter: n >= 90 } } }
segments:
  size: { one: { big: n >= 10, small: n < 5 } }
  low: { when: n < 50, for: 3d, until: n >= 60 }
levels: { high: { by: csm }, medium: { by: pod }, low: { by: pool } }
touch:
  base: [ { when: n >= 80, level: high }, { when: n >= 40, level: medium }, { otherwise: low } ]
  adjust: [ { name: urgent, when: go, raise: 1, keep: 2d } ]
  hold: 3d
`,
  { file: "blocks.yaml" },
);
const compiled = compileModel(model as Model);

type Facts = { readonly n?: number; readonly m?: number; readonly go?: boolean };

/** One account over some days, evaluated once a day with the facts of that day. */
class OneAccount {
  readonly decider = new BookDecider(compiled, 1);
  state: DecideState | null = null;
  pin: Pin | null = null;
  day: Day = TODAY - 1;

  next(facts: Facts): this {
    this.day += 1;
    return this.again(facts);
  }

  again({ n, m, go }: Facts): this {
    const { book, state } = this.decider;
    book.set("n", 0, n ?? null);
    book.set("m", 0, m ?? null);
    book.set("go", 0, go ?? null);
    state.load(0, this.state, this.pin, this.day);
    this.decider.run(0, 1, this.day);
    this.state = state.save(0, this.day);
    return this;
  }

  get level(): string {
    return `${this.state?.level?.name}${this.decider.state.held[0] === 1 ? " held" : ""}${this.state?.level?.pinned ? " pinned" : ""}`;
  }
}

describe("levels", () => {
  test("lowered when a lower one was asked for on three days; raised at once", () => {
    const one = new OneAccount();
    const seen = [90, 50, 50, 90, 50, 20, 20, 50].map((n) => one.next({ n }).level);
    expect(seen).toEqual([
      "high",
      "high held",
      "high held",
      "high",
      "high held",
      "high held",
      "low",
      "medium",
    ]);
  });

  test("an adjustment kept is counted from the last day on which it was true", () => {
    const one = new OneAccount();
    const seen = [true, true, false, undefined, false].map(
      (go) => one.next(go === undefined ? { n: 50 } : { n: 50, go }).level,
    );
    expect(seen).toEqual(["high", "high", "high", "high", "high held"]);
    expect(one.state?.keep).toEqual({ urgent: TODAY + 1 });
    expect(one.decider.touch.ladder(0, one.day)).toEqual([
      { adjustment: 0, applied: false, kept: false, before: 1, after: 1 },
    ]);
  });

  test("a pin is the last word through its day, and leaves nothing to hold", () => {
    const one = new OneAccount().next({ n: 20 });
    one.pin = { level: "high", until: TODAY + 2, reason: "x", by: null };
    const seen = [20, 20, 20, 20].map((n) => one.next({ n }).level);
    expect(seen).toEqual(["high pinned", "high pinned", "low", "low"]);
  });

  test("a pin to a level that is no more is none", () => {
    const one = new OneAccount();
    one.pin = { level: "platinum", until: null, reason: "x", by: null };
    expect(one.next({ n: 20 }).level).toBe("low");
  });
});

describe("health", () => {
  const score = (facts: Facts) => {
    const one = new OneAccount().next(facts);
    return [one.decider.book.get("health", 0), one.state?.band];
  };

  test.each([
    [{ n: 60, m: 90 }, 70, "yellow"],
    [{ n: 60 }, 60, "yellow"],
    [{ m: 90 }, null, "unknown"],
    [{ n: 75, m: 75 }, 75, "green"],
    [{ n: 500, m: -500 }, 66.6666666667, "yellow"],
    [{ n: 60, m: 90, go: true }, 30, "red"],
    [{ n: 6, m: 9, go: true }, 7, "red"],
  ] as const)("%j", (facts, health, band) => {
    expect(score(facts)).toEqual([health === null ? null : expect.closeTo(health, 9), band]);
  });

  test("the past is what was stored, day by day, and a day nobody looked at is none", () => {
    const one = new OneAccount();
    const seen = [60, 62, 64, 66, 68].map((n) => one.next({ n }).decider.book.get("was", 0));
    // nothing stored and no fact of those days in this book: unknown
    expect(seen).toEqual([null, null, null, 6, 6]);
    one.day += 1;
    expect(one.next({ n: 80 }).state?.health).toEqual([66, 68, "none", 80]);
    expect(one.decider.book.get("was", 0)).toBe(14);
  });
});

describe("stages and segments", () => {
  test("the days in a row begin again after an evaluation that found it not true", () => {
    const one = new OneAccount();
    const seen = [10, 10, 10, 55, 60, 10, 10].map(
      (n) => one.next({ n }).state?.segments["low"]?.in,
    );
    expect(seen).toEqual([false, false, true, true, false, false, false]);
    one.again({ n: 55 }).again({ n: 10 });
    expect(one.state?.segments["low"]).toEqual({ in: false, since: TODAY + 4, streak: TODAY + 6 });
    expect(one.next({ n: 10 }).next({ n: 10 }).state?.segments["low"]?.in).toBe(true);
  });

  test("a dimension may be empty", () => {
    expect(new OneAccount().next({ n: 7 }).state?.segments["size"]).toEqual({
      in: null,
      since: null,
      streak: null,
    });
  });

  test("what was left today is remembered today", () => {
    const one = new OneAccount().next({ n: 1 }).again({ n: 1, go: true });
    expect(one.state?.stage).toEqual({ name: "two", since: TODAY, left: ["one"] });
    expect(one.next({ n: 1 }).state?.stage).toEqual({ name: "two", since: TODAY, left: [] });
  });
});

test("loading what was saved changes nothing", () => {
  const one = new OneAccount().next({ n: 90, go: true }).next({ n: 10 }).next({ n: 10, m: 5 });
  const stored = JSON.parse(JSON.stringify(one.state)) as DecideState;
  const { state } = one.decider;
  state.load(0, stored, null, one.day);
  expect(state.save(0, one.day)).toEqual(one.state);
});

describe("events are the difference between two decisions", () => {
  const decided = (n: number, go = false): DecideState =>
    new OneAccount().next({ n, go }).state as DecideState;

  test("at first everything counts as entered", () => {
    expect(changeEvents(model as Model, null, decided(20))).toEqual([
      "stage:one:entered",
      "level:low:entered",
      "health:red:entered",
      "segment:size.big:entered",
    ]);
  });

  test("leaving comes before entering, and what stays says nothing", () => {
    expect(changeEvents(model as Model, decided(20), decided(90, true))).toEqual([
      "stage:one:left",
      "stage:three:entered",
      "level:low:left",
      "level:high:entered",
    ]);
    expect(changeEvents(model as Model, decided(20), decided(1))).toEqual([
      "segment:size.big:left",
      "segment:size.small:entered",
    ]);
    expect(changeEvents(model as Model, decided(20), decided(20))).toEqual([]);
  });

  test("what only counts is no other decision", () => {
    const before = decided(20);
    expect(sameDecision(before, { ...before, day: before.day + 1, health: [1] })).toBe(true);
    expect(sameDecision(before, decided(1))).toBe(false);
    expect(sameDecision(null, before)).toBe(false);
  });
});

test("arms share accounts out by their weights, each account for ever in one", () => {
  const experiment = {
    name: "x",
    unit: "account",
    among: undefined,
    metric: "nps",
    arms: [
      { name: "a", weight: 1 },
      { name: "b", weight: 3 },
    ],
  } as const;
  const arms = Array.from({ length: 4000 }, (_, id) => armOf(experiment, `account ${id}`));
  const share = arms.filter((arm) => arm === "b").length / arms.length;
  expect(share).toBeGreaterThan(0.72);
  expect(share).toBeLessThan(0.78);
  expect(armOf(experiment, "account 7")).toBe(arms[7]);
});
