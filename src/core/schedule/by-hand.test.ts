import { expect, test } from "vitest";
import { formatDay } from "../time/day.ts";
import { recordOutcome } from "./record-outcome.ts";
import { startRun, stopRun } from "./run-by-hand.ts";
import { day, planningModel, SimulatedAccount } from "./testing/simulated-account.ts";
import {
  addTouch,
  assignTouch,
  cancelTouch,
  isMovedByHand,
  moveTouch,
  skipTouch,
} from "./touch-by-hand.ts";
import type { Touch } from "./types.ts";

const SERIES =
  "p: { when: on, steps: [ { touch: call, every: 2w }, { touch: review, after: 3d } ] }";
const AT = Date.UTC(2026, 5, 1, 16);
const when = { today: day("2026-06-01"), at: AT };

function started(programs = SERIES): SimulatedAccount {
  const account = new SimulatedAccount(planningModel(programs), "2026-06-01");
  account.plan();
  return account;
}

function change(account: SimulatedAccount, touch: Touch): void {
  account.apply({ touch, events: [] });
}

test("skipping and cancelling need a reason and something to skip", () => {
  const touch = started().open("review");
  expect(skipTouch(touch, " ", AT)).toEqual({
    touch,
    events: [],
    refused: "to skip it needs a reason",
  });
  const { touch: skipped, events } = skipTouch(touch, "on holiday", AT);
  expect(skipped).toMatchObject({ status: "skipped", reason: "on holiday" });
  expect(events.map(({ name, at }) => [name, at])).toEqual([["touch:review:skipped", AT]]);
  expect(skipTouch(skipped, "again", AT).refused).toBe("it is skipped: nothing is left to skip");
  expect(cancelTouch(touch, "sold", AT).touch.status).toBe("cancelled");
  expect(cancelTouch({ ...touch, status: "sending" }, "sold", AT).refused).toContain("sending");
});

test("a touch that was given to somebody stays theirs, also when it is moved before or after", () => {
  const account = started();
  change(account, assignTouch(account.open("call"), "dana", "on leave", AT).touch);
  account.goTo("2026-06-05");
  expect(account.open("call")).toMatchObject({ owner: "dana" });
  const moved = moveTouch(account.open("call"), { due: day("2026-06-20") }, "their wish", {
    today: day("2026-06-05"),
    at: AT,
  });
  change(account, moved.touch);
  account.goTo("2026-06-10");
  expect(account.open("call")).toMatchObject({ owner: "dana", due: day("2026-06-20") });
  change(account, assignTouch(account.open("call"), null, "pool", AT).touch);
  account.goTo("2026-06-11");
  expect(account.open("call")).toMatchObject({
    owner: null,
    due: day("2026-06-20"),
    reason: "moved by hand: their wish; given to somebody by hand: pool",
  });
  expect(assignTouch(account.open("call"), "ed", "", AT).refused).toContain("needs a reason");
  const done = { ...account.open("call"), status: "done" } as const;
  expect(assignTouch(done, "ed", "x", AT).refused).toContain("it is done");
});

test("what was skipped is not planned again", () => {
  const account = started();
  change(account, skipTouch(account.open("review"), "no time", AT).touch);
  account.goTo("2026-06-12");
  expect(account.list()[0]).toBe("2026-06-04 review skipped: no time");
  expect(account.list().filter((line) => line.includes("review"))).toHaveLength(1);
});

test("a touch stays where a person puts it, and the series counts on from the planned day", () => {
  const account = started();
  const { touch } = moveTouch(account.open("call"), { due: day("2026-06-20") }, "their wish", when);
  change(account, touch);
  account.goTo("2026-06-16");
  expect(isMovedByHand(account.open("call"))).toBe(true);
  expect(account.list().slice(1, 3)).toEqual([
    "2026-06-20 call planned: moved by hand: their wish",
    "2026-06-29 call planned",
  ]);
  account.goTo("2026-06-20");
  expect(account.open("call")).toMatchObject({ status: "due", unshifted: day("2026-06-15") });
});

test("where the next of a series was moved to the same day, the earlier one is missed, once", () => {
  const account = new SimulatedAccount(
    planningModel(
      "p: { when: on, steps: [ { touch: call, before: renewal_date, days: [60d, 59d] } ] }",
    ),
    "2026-06-01",
  );
  account.facts.set("renewal_date", when.today + 60);
  account.plan();
  const next = [...account.touches.values()].find(({ status }) => status === "planned");
  if (!next) throw new Error("no second call");
  change(account, moveTouch(next, { due: when.today }, "both at once", when).touch);
  account.plan();
  const { state } = account;
  expect(account.list()[0]).toBe("2026-06-01 call missed: the next of its series is due");
  expect(account.plan()).toMatchObject({ touches: [], events: [] });
  expect(account.state).toEqual(state);
});

test("moving needs a reason and a day to come; an hour goes with it", () => {
  const touch = started().open("review");
  expect(moveTouch(touch, { due: touch.due }, "", when).refused).toContain("reason");
  expect(moveTouch(touch, { due: when.today - 1 }, "late", when).refused).toBe("that day is past");
  const startsAt = AT + 3_600_000;
  const moved = moveTouch(touch, { due: when.today, startsAt }, "they call back", when).touch;
  expect(moved).toMatchObject({ due: when.today, startsAt, status: "due" });
  expect(
    moveTouch(recordOutcome(moved, "held", AT).touch, { due: 99_999 }, "x", when).refused,
  ).toContain("done");
});

test("a touch that nobody planned counts like any other", () => {
  const account = started("p: { when: 'tier == \"high\"', steps: [ { touch: call, every: 2w } ] }");
  const [touchpoint] = account.model.touchpoints;
  if (!touchpoint) throw new Error("no touchpoint");
  const given = {
    account: "acme",
    touchpoint,
    contact: null,
    due: when.today,
    owner: "ann",
    nonce: "1",
  };
  const added = addTouch(given, { ...when, modelVersion: 1 });
  expect(added).toMatchObject({
    program: null,
    run: null,
    step: null,
    status: "due",
    minutes: 60,
    owner: "ann",
  });
  change(account, recordOutcome(added, "held", AT).touch);
  account.facts.set("tier", "high");
  account.plan();
  expect(formatDay(account.open("call").due)).toBe("2026-06-15");
});

test("one that nobody planned and nobody held is missed as well, and planned again if it must be", () => {
  const account = started(
    "p: { when: 'tier == \"high\"', steps: [ { touch: review, every: 8w } ] }",
  );
  const touchpoint = account.model.touchpoints.find(({ name }) => name === "review");
  if (!touchpoint) throw new Error("no touchpoint");
  const given = {
    account: "acme",
    touchpoint,
    contact: null,
    due: when.today,
    owner: null,
    nonce: "1",
  };
  change(account, addTouch(given, { ...when, modelVersion: 1 }));
  account.goTo("2026-07-02");
  expect(account.list()).toEqual([
    "2026-06-01 review missed: open for 30 days",
    "2026-07-10 review planned",
  ]);
});

test("a program started by hand runs whatever its `when` says, until that was true and is not", () => {
  const account = started();
  account.facts.set("on", false);
  account.plan();
  const change1 = startRun(
    account.model,
    account.state,
    { program: "p", contact: null },
    account.today,
  );
  account.state = change1.state;
  account.plan();
  expect(account.runs()).toEqual(["p 2 since 2026-06-01"]);
  account.goTo("2026-06-05");
  expect(account.runs()).toEqual(["p 2 since 2026-06-01"]);
  account.facts.set("on", true);
  account.plan();
  account.facts.set("on", false);
  account.plan();
  expect(account.runs()).toEqual([]);
});

test("starting by hand says what stands in its way", () => {
  const model = planningModel(
    "p: { when: on, steps: [ { touch: call, after: 1d } ] }\nq: { for: contact, when: on, steps: [ { touch: mail, after: 1d } ] }",
  );
  const account = new SimulatedAccount(model, "2026-06-01");
  account.plan();
  const start = (program: string, contact: string | null) =>
    startRun(model, account.state, { program, contact }, account.today).refused;
  expect(start("p", null)).toBe("p is running already");
  expect(start("x", null)).toBe("the model has no program x");
  expect(start("constructor", null)).toBe("the model has no program constructor");
  expect(start("q", null)).toBe("q is for a contact: say which");
  expect(start("p", "c1")).toBe("p is for the whole account");
});

test("a run stopped by hand stays stopped until `when` was not true", () => {
  const account = started();
  const touches = [...account.touches.values()];
  const stopped = stopRun(
    account.state,
    touches,
    { program: "p", contact: null },
    "they asked",
    AT,
  );
  expect(
    stopped.touches.every(
      ({ status, reason }) => status === "cancelled" && reason === "stopped: they asked",
    ),
  ).toBe(true);
  expect(stopped.events).toHaveLength(stopped.touches.length);
  account.state = stopped.state;
  for (const touch of stopped.touches) change(account, touch);
  account.goTo("2026-06-20");
  expect(account.runs()).toEqual([]);
  account.facts.set("on", false);
  account.plan();
  account.facts.set("on", true);
  account.plan();
  expect(account.runs()).toEqual(["p 2 since 2026-06-20"]);
});

test("nor does an event start a stopped program before then", () => {
  const account = started("p: { on: Asked, when: on, steps: [ { touch: call, after: 1d } ] }");
  account.hear("Asked");
  const choice = { program: "p", contact: null };
  account.state = stopRun(account.state, [...account.touches.values()], choice, "enough", AT).state;
  account.hear("Asked");
  expect(account.runs()).toEqual([]);
  account.facts.set("on", false);
  account.plan();
  account.facts.set("on", true);
  account.hear("Asked");
  expect(account.runs()).toEqual(["p 2 since 2026-06-01"]);
  expect(stopRun(account.state, [], choice, " ", AT).refused).toBe("to stop it needs a reason");
});

test("in the closing evaluation only the closing itself starts programs", () => {
  const account = started(
    "bye: { on: 'account:closed', steps: [ { touch: call, after: 1d } ] }\nother: { on: 'stage:growth:left', steps: [ { touch: call, after: 1d } ] }",
  );
  const heard = { at: AT, user: null, properties: {}, engine: true };
  account.plan({
    closing: true,
    triggers: [
      { ...heard, name: "stage:growth:left" },
      { ...heard, name: "account:closed" },
    ],
  });
  expect(account.runs()).toEqual(["bye 1 since 2026-06-01"]);
});

test("what happened before a date is remembered when its touch is no longer at hand", () => {
  const account = started(
    "p: { when: on, steps: [ { touch: call, before: renewal_date, days: [60d, 30d] } ] }",
  );
  account.facts.set("renewal_date", when.today + 60);
  account.plan();
  account.outcome("call", "held");
  account.facts.set("renewal_date", when.today + 90);
  const touches = [...account.touches.values()].filter(({ status }) => status === "planned");
  account.today += 30;
  account.plan({ touches });
  expect(account.list().filter((line) => line.includes("2026-07-01"))).toEqual([]);
});

test("a no-show from before it had to happen is not planned again long after", () => {
  const programs = (touchpoint: string): string =>
    `p: { when: on, steps: [ { touch: ${touchpoint}, after: 0d }, { touch: pitch, every: 26w } ] }`;
  const account = started(programs("call"));
  account.outcome("call", "no_show");
  const touch = [...account.touches.values()].find(({ result }) => result === "no_show");
  if (!touch) throw new Error("no touch");
  change(account, { ...touch, must: true });
  account.today += 60;
  account.plan();
  expect(account.list().filter((line) => line.includes("call"))).toEqual([
    "2026-06-01 call no_show",
  ]);
});

test("owners: by the owner it is whoever that is now, by others nobody by name", () => {
  const account = started(
    "p: { when: on, steps: [ { touch: call, after: 3d }, { touch: pitch, after: 4d } ] }",
  );
  expect([account.open("call").owner, account.open("pitch").owner]).toEqual(["ann", null]);
  account.owner = "bob";
  const { events } = account.plan();
  expect([account.open("call").owner, account.open("pitch").owner, events]).toEqual([
    "bob",
    null,
    [],
  ]);
  expect(account.open("pitch")).toMatchObject({ by: "sales", accountable: "cs_ops", human: true });
});
