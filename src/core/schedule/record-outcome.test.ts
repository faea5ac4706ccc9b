import { expect, test } from "vitest";
import { recordOutcome } from "./record-outcome.ts";
import { day, planningModel, SimulatedAccount } from "./testing/simulated-account.ts";
import { touchJson } from "./touch-json.ts";

const AT = Date.UTC(2026, 5, 1, 16);

function started(): SimulatedAccount {
  const programs =
    "p: { when: on, steps: [ { touch: call, every: 2w }, { touch: review, after: 3d } ] }";
  const account = new SimulatedAccount(planningModel(programs), "2026-06-01");
  account.plan();
  return account;
}

test("a bounce makes a touch failed, everything else done, no-shows too", () => {
  const touch = started().open("review");
  for (const result of ["held", "no_show", "attended", "replied"] as const) {
    expect(recordOutcome(touch, result, AT).touch).toMatchObject({
      status: "done",
      result,
      doneAt: AT,
    });
  }
  expect(recordOutcome(touch, "bounced", AT).touch.status).toBe("failed");
});

test("an outcome keeps minutes, note and action items", () => {
  const touch = started().open("review");
  const items = [{ text: "send deck", owner: "ann", due: day("2026-06-01"), done: false }];
  const after = recordOutcome(touch, "held", AT, {
    minutes: 45,
    note: "went well",
    actionItems: items,
  });
  expect(after.touch).toMatchObject({ minutesSpent: 45, note: "went well", actionItems: items });
  expect(after.events).toEqual([
    {
      name: "touch:review:held",
      at: AT,
      user: null,
      properties: {
        touch: touch.id,
        touchpoint: "review",
        program: "p",
        run: 1,
        status: "done",
        result: "held",
        human: true,
        channel: "video",
        contact: null,
        drives: null,
        purpose: "proactive",
      },
    },
  ]);
});

test("reports of a message arrive in any order: the furthest counts, once", () => {
  const mail = { ...started().open("call"), human: false, contact: "c1" };
  const delivered = recordOutcome(mail, "delivered", AT);
  const clicked = recordOutcome(delivered.touch, "clicked", AT + 5);
  expect(clicked.touch).toMatchObject({ result: "clicked", doneAt: AT });
  const opened = recordOutcome(clicked.touch, "opened", AT + 9);
  expect(opened).toEqual({ touch: clicked.touch, events: [] });
  expect(clicked.events.map(({ name, user }) => [name, user])).toEqual([
    ["touch:call:clicked", "c1"],
  ]);
  expect(recordOutcome(clicked.touch, "bounced", AT + 9).touch.status).toBe("failed");
});

test("people may correct what they said of a touch", () => {
  const missed = recordOutcome(started().open("call"), "no_show", AT).touch;
  const held = recordOutcome(missed, "held", AT + 60_000);
  expect(held.touch).toMatchObject({ status: "done", result: "held", doneAt: AT + 60_000 });
  expect(recordOutcome(held.touch, "held", AT + 90_000, { note: "x" })).toMatchObject({
    touch: { doneAt: AT + 60_000, note: "x" },
    events: [],
  });
});

test("a touch as JSON", () => {
  const touch = recordOutcome(started().open("call"), "held", AT, {
    actionItems: [{ text: "call back", owner: null, due: day("2026-06-20"), done: false }],
  }).touch;
  expect(touchJson({ ...touch, startsAt: AT })).toEqual({
    id: touch.id,
    account: "acme",
    contact: null,
    touchpoint: "call",
    title: "Call",
    program: "p",
    run: 1,
    step: "call#1",
    occurrence: 1,
    due: "2026-06-15",
    starts_at: "2026-06-01T16:00:00Z",
    channel: "call",
    by: "owner",
    accountable: null,
    owner: "ann",
    minutes: 60,
    minutes_spent: null,
    purpose: "proactive",
    drives: "adoption",
    status: "done",
    result: "held",
    reason: null,
    note: null,
    action_items: [{ text: "call back", owner: null, due: "2026-06-20", done: false }],
    planned_at: "2026-06-01T13:00:00Z",
    done_at: "2026-06-01T16:00:00Z",
    model_version: 1,
  });
});
