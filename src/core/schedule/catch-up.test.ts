import { expect, test } from "vitest";
import { contact, day, planningModel, SimulatedAccount } from "./testing/simulated-account.ts";

/** The machine was off: today's pass runs on a later day. */
function caughtUp(programs: string, entered: string, present: string): SimulatedAccount {
  const account = new SimulatedAccount(planningModel(programs), entered);
  account.contacts = [contact({ id: "c1" })];
  account.present = day(present);
  return account;
}

test("steps of a run entered on a day that is caught up start on that day", () => {
  const account = caughtUp(
    "p: { when: on, steps: [ { touch: call, after: 1d }, { touch: call, after: 9d }, { touch: mail, after: 0d }, { touch: mail, after: 7d } ] }",
    "2026-06-01",
    "2026-06-09",
  );
  account.plan();
  expect(account.list()).toEqual([
    // 8 days late is beyond give_up_after, one day is not.
    "2026-06-01 mail to c1 dropped: late: 8 days after its day",
    "2026-06-02 call missed: its day was past when it was made",
    "2026-06-08 mail to c1 planned",
    "2026-06-10 call planned",
  ]);
  expect(account.runs()).toEqual(["p 1 since 2026-06-01"]);
});

test("touches planned before the machine was off fall due on their days", () => {
  const account = new SimulatedAccount(
    planningModel(
      "p: { when: on, steps: [ { touch: call, after: 2d }, { touch: mail, after: 2d } ] }",
    ),
    "2026-06-01",
  );
  account.contacts = [contact({ id: "c1" })];
  account.plan();
  account.present = day("2026-06-06");
  account.goTo("2026-06-06");
  expect(account.list()).toEqual(["2026-06-03 call due", "2026-06-03 mail to c1 due"]);
});

test("what changes on a day that is caught up happened on that day", () => {
  const account = caughtUp(
    "p: { when: on, steps: [ { touch: call, after: 0d } ] }",
    "2026-06-01",
    "2026-06-04",
  );
  const { events, touches } = account.plan();
  expect(events.map(({ name, at }) => [name, new Date(at).toISOString()])).toEqual([
    ["touch:call:missed", "2026-06-01T04:00:00.000Z"],
  ]);
  expect(new Date(touches[0]?.plannedAt ?? 0).toISOString()).toBe("2026-06-04T13:00:00.000Z");
});

test("the day it really is may be said beside the instant at which things happened", () => {
  const account = new SimulatedAccount(
    planningModel("p: { when: on, steps: [ { touch: call, after: 1d } ] }"),
    "2026-06-01",
  );
  account.plan({ present: day("2026-06-09") });
  expect(account.list()).toEqual(["2026-06-02 call missed: its day was past when it was made"]);
});

test("what must happen and is missed that way is planned again, counted from the day caught up", () => {
  const account = caughtUp(
    "p: { when: on, steps: [ { touch: review, after: 0d } ] }",
    "2026-06-01",
    "2026-06-20",
  );
  account.plan();
  expect(account.list()).toEqual([
    "2026-06-01 review missed: its day was past when it was made",
    "2026-06-08 review planned",
  ]);
});

test("a weekend caught up gives what daily passes would have given", () => {
  const programs =
    "p: { when: on, steps: [ { touch: call, every: 3d }, { touch: mail, after: 1d }, { touch: review, after: 0d } ] }";
  const daily = caughtUp(programs, "2026-06-05", "2026-06-05");
  daily.present = null;
  daily.plan();
  daily.goTo("2026-06-08");
  const late = caughtUp(programs, "2026-06-05", "2026-06-08");
  late.present = null;
  late.plan();
  late.present = day("2026-06-08");
  late.goTo("2026-06-08");
  expect(late.list()).toEqual(daily.list());
  expect(late.state).toEqual(daily.state);
});
