import { expect, test } from "vitest";
import { readModel } from "../model/index.ts";
import type { Model } from "../model/types.ts";
import { EndJudge } from "./judge-ends.ts";
import type { Standings } from "./types.ts";

const { model } = readModel(
  `
touchstone: 1
name: Judged
workspace: { timezone: UTC }
facts: { arr: { type: number } }
health: { measures: { pays: { score: arr, weight: 1 } }, bands: { red: 0, green: 50 } }
levels: { high: { by: csm }, low: { by: pool } }
touch: { base: [ { when: arr >= 10, level: high }, { otherwise: low } ] }
`,
  { file: "judged.yaml" },
);

const FROM = 1000;
const TO = FROM + 99;

/** high is 0, low is 1; red is 0, green is 1. Accounts a, b, c, d pay 100, 40, 20 and nothing known. */
function standings(change: Partial<Record<keyof Standings, readonly number[]>>): Standings {
  return {
    open: Uint8Array.from(change.open ?? [1, 1, 1, 1]),
    level: Int16Array.from(change.level ?? [0, 1, 1, 1]),
    base: Int16Array.from([0, 1, 1, 1]),
    band: Int16Array.from(change.band ?? [1, 1, 1, 1]),
    revenue: Float64Array.from([100, 40, 20, Number.NaN]),
  };
}

/** b ends on day 50 after it was raised from day 10 on; c ends on day 20; d is in red on day 95 alone. */
function judged() {
  const ends = [[], [FROM + 50], [FROM + 20], []];
  const judge = new EndJudge(model as Model, ends, FROM, TO);
  for (let day = FROM; day <= TO; day++) {
    const at = day - FROM;
    const raised = at >= 10 && at < 50 ? [0, 0, 1, 1] : [0, 1, 1, 1];
    judge.add(
      day,
      standings({
        open: [1, at < 50 ? 1 : 0, at < 20 ? 1 : 0, 1],
        level: raised,
        band: [1, 1, 1, at === 95 ? 0 : 1],
      }),
    );
  }
  return judge.findings();
}

test("ends, alarms and false alarms are counted by account, with what they pay", () => {
  expect(judged()).toMatchObject({
    ended: { accounts: 2, revenue: 60 },
    alarmed: { accounts: 2, revenue: 40 },
    falseAlarms: { accounts: 1, revenue: 0 },
  });
});

test("30 days before: b was raised; by revenue a would have been picked; by lot one of three", () => {
  const [thirty] = judged().horizons;
  // c ended on day 20: thirty days before lies before the first day
  expect(thirty).toMatchObject({ days: 30, seenTooShort: 1, raised: 1, red: 0 });
  expect(thirty?.seen).toEqual({ accounts: 1, revenue: 40 });
  expect(thirty?.model).toMatchObject({ caught: { accounts: 1, revenue: 40 }, recall: 1 });
  expect(thirty?.byRevenue).toMatchObject({ caught: { accounts: 0, revenue: 0 }, recall: 0 });
  // on day 20 c is closed: one of a, b and d was picked
  expect(thirty?.byLot.caught.accounts).toBeCloseTo(1 / 3, 12);
  expect(thirty?.byLot.recallOfRevenue).toBeCloseTo(1 / 3, 12);
});

test("precision goes over the days of which it is known how they went on", () => {
  const [thirty] = judged().horizons;
  // days 0 to 69 are judged. b is raised on days 10 to 49: 40 picks, right from day 20 on: 30
  expect(thirty?.picked).toBeCloseTo(40 / 70, 12);
  expect(thirty?.model.precision).toBe(30 / 40);
  expect(thirty?.model.precisionOfRevenue).toBe(30 / 40);
  expect(thirty?.byRevenue.precision).toBe(0);
  // by lot on days 10 to 19 one of four, of whom c ends within 30 days; then one of three, where b does
  const drawn = 10 * 4 * (1 / 4) + 30 * 3 * (1 / 3);
  expect(thirty?.byLot.precision).toBeCloseTo((10 * (1 / 4) + 30 * (1 / 3)) / drawn, 12);
  const worth = 10 * (160 / 4) + 30 * (140 / 3);
  expect(thirty?.byLot.precisionOfRevenue).toBeCloseTo((10 * (20 / 4) + 30 * (40 / 3)) / worth, 12);
  // days 0 to 19: c of four; from 20: b of three; from 50 on nobody ends
  expect(thirty?.endRate).toBeCloseTo((20 * (1 / 4) + 30 * (1 / 3)) / 70, 12);
});

test("60 and 90 days before nobody had been seen", () => {
  const [, sixty, ninety] = judged().horizons;
  for (const one of [sixty, ninety]) {
    expect(one).toMatchObject({ seenTooShort: 2, seen: { accounts: 0 } });
    expect(one?.model.recall).toBeNull();
    expect(one?.byLot.recall).toBeNull();
  }
});
