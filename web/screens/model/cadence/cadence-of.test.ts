import { expect, test } from "vitest";
import { readModel } from "../../../../src/core/model/index.ts";
import { cadenceOf } from "./cadence-of.ts";

const { model } = readModel(
  `touchstone: 1
name: Cadence
workspace: { timezone: Europe/Paris, currency: EUR }
facts: { renewal_date: { type: date } }
levels:
  high: { often: 4w, channels: [call], kinds: [call], by: csm, drives: [adoption] }
touch: { base: [{ otherwise: high }] }
touchpoints:
  call: { title: Call, purpose: proactive, channel: call, by: owner, minutes: 30, drives: adoption, succeeds: held }
programs:
  start: { when: level == "high", steps: [{ touch: call, after: 0d }, { touch: call, after: 30d }, { touch: call, every: 2w, first: 1w }] }
  renew: { when: level == "high", steps: [{ touch: call, before: renewal_date, days: [60d, 14d] }] }
`,
  { file: "model.yaml" },
);
const program = (name: string) => {
  const found = model?.programs.find((one) => one.name === name);
  if (!found) throw new Error("no program");
  return cadenceOf(found);
};

test("days of a run fall into its weeks; a series is shown as far as the rest goes", () => {
  const { rows, firstWeek, lastWeek } = program("start");
  expect([firstWeek, lastWeek]).toEqual([0, 4]);
  expect(rows.map(({ weeks }) => [...weeks])).toEqual([
    [[0, [0]]],
    [[4, [30]]],
    [
      [1, [7]],
      [3, [21]],
    ],
  ]);
  expect(rows.map(({ isEndless }) => isEndless)).toEqual([false, false, true]);
});

test("days before a date are counted back from it", () => {
  const { rows, firstWeek, lastWeek, date } = program("renew");
  expect([firstWeek, lastWeek, date]).toEqual([-9, 0, "renewal_date"]);
  expect([...(rows[0]?.weeks ?? [])]).toEqual([
    [-9, [-60]],
    [-2, [-14]],
  ]);
});
