import { expect, test } from "vitest";
import { compileModel } from "../decide/index.ts";
import { readModel } from "../model/index.ts";
import type { Trigger } from "../schedule/types.ts";
import { DAY_MS, type Day, dayOf } from "../time/day.ts";
import { workCalendar } from "../time/work-calendar.ts";
import { catchUp, type CaughtUp } from "./catch-up.ts";
import { Evaluator } from "./evaluate-accounts.ts";
import type { AccountRecord } from "./record.ts";
import { unborn } from "./testing/random-life.ts";

/** `--existing new`: what matches as the model goes live starts nothing, what comes to match does. */
const { model, diagnostics } = readModel(
  `
touchstone: 1
name: For newcomers
workspace: { timezone: UTC, plan_ahead: 30d }
facts: { arr: { type: number }, asked: { count: Asked, over: 2d } }
segments: { big: { when: arr >= 10 } }
levels: { high: { by: csm }, low: { by: pool } }
touch: { base: [ { when: arr >= 10, level: high }, { otherwise: low } ] }
touchpoints:
  call: { title: Call, purpose: proactive, channel: call, by: owner, minutes: 5, succeeds: held }
programs:
  care: { when: level == "high", steps: [ { touch: call, every: 10d } ], again: never }
  joined: { on: "segment:big:entered", steps: [ { touch: call, after: 1d } ] }
  answer: { on: Asked, steps: [ { touch: call, after: 0d } ] }
`,
  { file: "existing.yaml" },
);
if (!model) throw new Error(JSON.stringify(diagnostics));

const TODAY = dayOf(2026, 6, 30);
const everyDay = workCalendar([1, 2, 3, 4, 5, 6, 7], () => new Set());
const evaluator = new Evaluator(compileModel(model), everyDay);

function account(arr: number): AccountRecord {
  const record = unborn(evaluator.compiled.plan, {
    id: "a",
    createdAt: TODAY - 50,
    firstSeen: TODAY - 50,
    news: new Map(),
  });
  return worth(record, arr, TODAY - 50);
}

function worth(record: AccountRecord, value: number, from: Day): AccountRecord {
  record.history.addTrait({ trait: "arr", value, from, arrived: from * DAY_MS });
  return record;
}

function decide(
  record: AccountRecord,
  day: Day,
  { holdBackUntil, news = [] }: { holdBackUntil?: Day; news?: readonly Trigger[] } = {},
): CaughtUp {
  const until = holdBackUntil === undefined ? {} : { holdBackUntil };
  const one = { record, from: day, liveFrom: null, news, cause: null, ...until };
  const moment = { today: day, now: day * DAY_MS + 1, modelVersion: 1 };
  return catchUp(evaluator, [one], moment)[0] as CaughtUp;
}

const runs = ({ record }: CaughtUp) =>
  record.state.schedule.runs.map(({ program, run }) => `${program} ${run}`);
const asked: Trigger = {
  name: "Asked",
  at: TODAY * DAY_MS,
  user: "u",
  properties: {},
  engine: false,
};

test("an account that matches starts everything where all do", () => {
  const first = decide(account(20), TODAY);
  expect(runs(first)).toEqual(["care 1", "joined 1"]);
  expect(first.heldBack).toEqual([]);
});

test("where only newcomers do, neither `when` nor what entering brings starts a run, and it is said", () => {
  const record = account(20);
  const live = decide(record, TODAY, { holdBackUntil: TODAY });
  expect(runs(live)).toEqual([]);
  expect(live.touches).toEqual([]);
  expect(live.heldBack).toEqual([
    { program: "care", contact: null },
    { program: "joined", contact: null },
  ]);
  // nor on the days after, as long as it goes on matching
  expect(runs(decide(record, TODAY + 1))).toEqual([]);
});

test("what people do starts programs on the very day", () => {
  const live = decide(account(20), TODAY, { holdBackUntil: TODAY, news: [asked] });
  expect(runs(live)).toEqual(["answer 1"]);
});

test("one that comes to match later starts, for the first time even where it is once for ever", () => {
  const small = account(5);
  expect(decide(small, TODAY, { holdBackUntil: TODAY }).heldBack).toEqual([]);
  worth(small, 20, TODAY + 1);
  expect(runs(decide(small, TODAY + 1))).toEqual(["care 1", "joined 1"]);

  const big = account(20);
  decide(big, TODAY, { holdBackUntil: TODAY });
  worth(big, 5, TODAY + 1);
  decide(big, TODAY + 1);
  for (let day = TODAY + 2; day < TODAY + 20; day++) decide(big, day);
  worth(big, 20, TODAY + 20);
  expect(runs(decide(big, TODAY + 20))).toEqual(["care 1", "joined 1"]);
});
