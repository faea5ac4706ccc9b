import { expect, test } from "vitest";
import type { Touch, TouchStatus } from "../../core/schedule/index.ts";
import { byHandKey, touchId } from "../../core/schedule/touch-key.ts";
import type { Appointment } from "../ports.ts";
import { followTouch } from "./follow-touch.ts";

const NOW = Date.UTC(2026, 2, 2, 9);
const HOUR = 3_600_000;
const STARTS = NOW + 24 * HOUR;
const KEY = byHandKey("acme", "1");

const APPOINTMENT: Appointment = {
  account: "acme",
  touch: KEY,
  touchId: touchId(KEY),
  touchpoint: "call",
  program: null,
  uid: "u@touchstone",
  sequence: 4,
  startsAt: STARTS,
  minutes: 30,
  title: "Call",
  place: "Room 1",
  organizer: null,
  attendees: [
    { contact: "a1", name: "Ada", email: "ada@acme.test", timezone: null, locale: null },
    { contact: "a2", name: "Bo", email: null, timezone: null, locale: null },
  ],
  timezone: "Europe/Paris",
  status: "confirmed",
};

function touch(status: TouchStatus, startsAt: number | null): Touch {
  return {
    key: KEY,
    id: touchId(KEY),
    account: "acme",
    contact: null,
    touchpoint: "call",
    title: "Call",
    program: null,
    run: null,
    step: null,
    occurrence: 1,
    due: 20_515,
    unshifted: 20_515,
    startsAt,
    channel: "call",
    by: "owner",
    accountable: null,
    human: true,
    must: false,
    owner: null,
    minutes: 30,
    minutesSpent: null,
    purpose: "proactive",
    drives: null,
    priority: null,
    status,
    result: null,
    reason: null,
    note: null,
    actionItems: [],
    plannedAt: NOW,
    doneAt: null,
    modelVersion: 1,
  };
}

const follow = (
  status: TouchStatus,
  startsAt: number | null,
  now = NOW,
  appointment = APPOINTMENT,
): string | null => {
  const change = followTouch(appointment, touch(status, startsAt), now);
  if (!change) return null;
  const mails = change.outgoing.map(({ id, kind, receiver }) => `${kind} ${id} ${receiver}`);
  return [change.appointment.status, change.appointment.sequence, ...mails].join(", ");
};
const id = touchId(KEY);

test.each([
  ["cancelled", STARTS],
  ["skipped", STARTS],
  ["dropped", STARTS],
  ["failed", STARTS],
  // put on another day by hand, and no hour said
  ["planned", null],
] as const)("a %s touch (at %s) is called off", (status, startsAt) => {
  expect(follow(status, startsAt)).toBe(`withdrawn, 5, withdrawal ${id}.inv.5 ada@acme.test`);
});

test("another hour is another version of the same entry", () => {
  expect(follow("planned", STARTS + HOUR)).toBe(
    `confirmed, 5, invitation ${id}.inv.5 ada@acme.test`,
  );
});

test.each([
  ["planned", STARTS],
  ["due", STARTS],
  ["done", STARTS],
  ["missed", STARTS],
] as const)("a %s touch keeps it", (status, startsAt) => {
  expect(follow(status, startsAt)).toBeNull();
});

test("what was withdrawn stays so, and what has begun is called off without a mail", () => {
  const withdrawn = { ...APPOINTMENT, status: "withdrawn" } as const;
  expect(follow("cancelled", STARTS, NOW, withdrawn)).toBeNull();
  expect(follow("cancelled", STARTS, STARTS + HOUR)).toBe("withdrawn, 5");
});
