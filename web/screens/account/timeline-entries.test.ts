import { expect, test } from "vitest";
import type { TimelineEntry } from "./account-queries.ts";
import { byDay, entryKey, isWanted, kindOf } from "./timeline-entries.ts";

const person = (at: string, text: string): TimelineEntry => ({
  at,
  text,
  more: [],
  kind: "person",
  by: "Ann",
  what: "note",
  reason: null,
  details: {},
});
const event = (name: string): TimelineEntry => ({
  at: "2026-03-02T10:00:00Z",
  text: name,
  more: ["by Bob"],
  kind: "event",
  event: name,
  user: null,
  by_touchstone: false,
  properties: {},
  touch: null,
});

test("entries stand under the workspace's day, not the day of Greenwich", () => {
  const late = person("2026-03-02T23:30:00Z", "a");
  const early = person("2026-03-02T12:00:00Z", "b");
  const inParis = byDay([late, early], "Europe/Paris").map(({ day, entries }) => [
    day,
    entries.length,
  ]);
  expect(inParis).toEqual([
    ["2026-03-03", 1],
    ["2026-03-02", 1],
  ]);
  expect(byDay([late, early], "UTC").length).toBe(1);
});

test("entries are found by kind and by any of their words", () => {
  expect([
    kindOf(event("Logged In")),
    kindOf(event("touch:call:held")),
    kindOf(person("", "")),
  ]).toEqual(["events", "touches", "people"]);
  expect(isWanted(event("Logged In"), undefined, " BOB")).toBe(true);
  expect(isWanted(event("Logged In"), "people", "")).toBe(false);
  expect(isWanted(event("Logged In"), "events", "call")).toBe(false);
  expect(entryKey(event("x"))).toBe("2026-03-02T10:00:00Z.event");
});
