import { describe, expect, test } from "vitest";
import { compileModel } from "../decide/index.ts";
import type { EventInput } from "../facts/index.ts";
import { readModel } from "../model/index.ts";
import type { Model } from "../model/types.ts";
import type { Trigger } from "../schedule/types.ts";
import { DAY_MS, type Day, dayOf, formatDay } from "../time/day.ts";
import { workCalendar } from "../time/work-calendar.ts";
import { type Behind, catchUp, type CaughtUp } from "./catch-up.ts";
import { Evaluator } from "./evaluate-accounts.ts";
import type { AccountRecord } from "./record.ts";
import { unborn } from "./testing/random-life.ts";

const { model } = readModel(
  `
touchstone: 1
name: Catching up
workspace: { timezone: UTC, plan_ahead: 30d }
facts: { arr: { type: number }, logins: { count: Logged In, over: 3d }, asked: { count: Asked } }
segments: { quiet: { when: logins == 0, for: 2d } }
levels: { high: { by: csm }, low: { by: pool } }
touch: { base: [ { when: arr >= 10, level: high }, { otherwise: low } ], hold: 3d }
touchpoints:
  call: { title: Call, purpose: proactive, channel: call, by: owner, minutes: 5, succeeds: held }
  hook: { title: Hook, purpose: proactive, channel: webhook, by: automation }
programs:
  wake: { on: "segment:quiet:entered", steps: [ { touch: call, after: 1d }, { touch: hook, after: 0d } ] }
  answer: { on: Asked, steps: [ { touch: call, after: 0d } ] }
  care: { when: level == "high", steps: [ { touch: hook, every: 10d, first: 5d } ] }
caps: { give_up_after: 3d }
`,
  { file: "catching-up.yaml" },
);

const TODAY = dayOf(2026, 6, 30);
const everyDay = workCalendar([1, 2, 3, 4, 5, 6, 7], () => new Set());
const evaluator = new Evaluator(compileModel(model as Model), everyDay, 4);

function account(firstSeen: Day, createdAt = firstSeen): AccountRecord {
  return unborn(evaluator.compiled.plan, { id: "a", createdAt, firstSeen, news: new Map() });
}

function happened(record: AccountRecord, name: string, day: Day): Trigger {
  const event: EventInput = {
    name,
    at: day * DAY_MS + 3_600_000,
    user: "u1",
    properties: {},
    engine: false,
  };
  record.history.addEvent(event);
  return event;
}

function decide(
  behind: Partial<Behind> & Pick<Behind, "record" | "from">,
  today = TODAY,
): CaughtUp {
  const one = { liveFrom: null, news: [], cause: null, ...behind };
  const [caught] = catchUp(evaluator, [one], {
    today,
    now: today * DAY_MS + 5 * 3_600_000,
    modelVersion: 1,
  });
  return caught as CaughtUp;
}

const touches = (record: AccountRecord) =>
  [...record.touches.values()]
    .toSorted((a, b) => a.due - b.due)
    .map(
      ({ touchpoint, program, due, status }) =>
        `${formatDay(due)} ${touchpoint} of ${program} ${status}`,
    );

const moments = ({ history }: CaughtUp) =>
  history.map(({ day, cause }) => `${formatDay(day)} ${cause}`);

describe("the first time", () => {
  test("decisions of days before are made one by one, and no touch is due before today", () => {
    const record = account(TODAY - 200, TODAY - 300);
    record.history.addTrait({ trait: "arr", value: 5, from: TODAY - 300, arrived: 1 });
    record.history.addTrait({ trait: "arr", value: 50, from: TODAY - 12, arrived: 2 });
    happened(record, "Logged In", TODAY - 20);
    const caught = decide({ record, from: TODAY - 90, liveFrom: TODAY });
    expect(moments(caught)).toEqual([
      "2026-04-01 first",
      "2026-04-02 midnight", // quiet for two days
      "2026-04-03 midnight", // nothing of the run it started is due before it is live: it is over
      "2026-06-10 midnight", // a login
      "2026-06-14 midnight", // the second day without one in three
      "2026-06-15 midnight",
      "2026-06-18 midnight", // high
    ]);
    expect(caught.decision?.level).toMatchObject({ name: "high", since: "2026-06-18" });
    // runs keep the day on which they were entered in the replay; their series go on from it
    expect(caught.decision?.programs).toEqual([{ name: "care", run: 1, since: "2026-06-18" }]);
    expect(touches(record)).toEqual([
      "2026-07-03 hook of care planned",
      "2026-07-13 hook of care planned",
      "2026-07-23 hook of care planned",
    ]);
  });

  test("what happened before the first day starts nothing", () => {
    const record = account(TODAY);
    happened(record, "Asked", TODAY - 1);
    const caught = decide({ record, from: TODAY });
    expect(caught.decision?.facts).toMatchObject({ asked: 1 });
    expect(touches(record)).toEqual([]);
  });
});

describe("after some days off", () => {
  const decided = (day: Day): AccountRecord => {
    const record = account(day);
    happened(record, "Logged In", day);
    decide({ record, from: day }, day);
    return record;
  };

  test("programs start on the days on which they would have started", () => {
    const record = decided(TODAY - 10);
    // no login in the last three days: the 23rd and 24th; entered on the 24th
    const caught = decide({ record, from: TODAY - 9 });
    expect(
      caught.events
        .filter(({ name }) => name.startsWith("segment:"))
        .map(({ name, at }) => `${new Date(at).toISOString()} ${name}`),
    ).toEqual(["2026-06-24T00:00:00.000Z segment:quiet:entered"]);
    expect(touches(record)).toEqual([
      "2026-06-24 hook of wake dropped",
      "2026-06-25 call of wake missed",
    ]);
    expect(moments(caught)).toContain("2026-06-24 midnight");
  });

  test("what is not too late still goes out", () => {
    const record = decided(TODAY - 5);
    decide({ record, from: TODAY - 4 });
    expect(touches(record)).toEqual(["2026-06-29 hook of wake due", "2026-06-30 call of wake due"]);
  });

  test("late news starts its program on the first day that is looked at", () => {
    const record = decided(TODAY - 2);
    const news = [happened(record, "Asked", TODAY - 4)];
    decide({ record, from: TODAY - 1, news });
    expect(record.state.schedule.past["answer"]).toMatchObject({ last: 1, began: TODAY - 1 });
    expect(touches(record)).toEqual(["2026-06-29 call of answer missed"]);
  });

  test("news of a day counts on that day, and once", () => {
    const record = decided(TODAY - 3);
    const news = [happened(record, "Asked", TODAY - 1)];
    const caught = decide({ record, from: TODAY - 2, news, cause: "event" });
    expect(record.state.schedule.past["answer"]).toMatchObject({ last: 1, began: TODAY - 1 });
    expect(caught.decision?.facts).toMatchObject({ asked: 1 });
    expect(decide({ record, from: TODAY }).events).toEqual([]);
  });

  test("engine events are numbered, so that the same day decided again from the same state names them alike", () => {
    const [one, other] = [decided(TODAY - 5), decided(TODAY - 5)];
    const ids = (record: AccountRecord) =>
      decide({ record, from: TODAY - 4 }).events.map(({ id }) => id);
    const first = ids(one);
    expect(first[0]).toBe("ts:a:2");
    expect(new Set(first).size).toBe(first.length);
    expect(ids(other)).toEqual(first);
  });
});

test("an account closed while nobody looked is closed on its day, and no further days are decided", () => {
  const record = account(TODAY - 5);
  record.history.addTrait({ trait: "arr", value: 50, from: TODAY - 5, arrived: 1 });
  decide({ record, from: TODAY - 5 }, TODAY - 5);
  record.history.addTrait({
    trait: "closed_at",
    value: formatDay(TODAY - 2),
    from: TODAY - 4,
    arrived: 2,
  });
  const caught = decide({ record, from: TODAY - 4 });
  expect(caught.decision).toBeNull();
  expect(caught.events.map(({ name, at }) => `${formatDay(at / DAY_MS)} ${name}`)).toContain(
    "2026-06-28 account:closed",
  );
  expect(record.state).toMatchObject({ closed: true, decided: null });
  expect(touches(record)).toEqual([
    "2026-06-26 hook of wake dropped",
    "2026-06-27 call of wake missed",
    "2026-06-30 hook of care cancelled",
    "2026-07-10 hook of care cancelled",
    "2026-07-20 hook of care cancelled",
  ]);
});
