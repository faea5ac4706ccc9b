import { expect, test } from "vitest";
import { dayOf } from "./day.ts";
import { formatInstant, parseDayOrInstant, parseInstant } from "./zone.ts";

const iso = (text: string, zone?: string) => {
  const at = parseInstant(text, zone);
  return at === undefined ? undefined : formatInstant(at);
};

test.each([
  ["2026-03-01T10:00:00Z", "2026-03-01T10:00:00Z"],
  ["2026-03-01T10:00Z", "2026-03-01T10:00:00Z"],
  ["2026-03-01 10:00:00+02:00", "2026-03-01T08:00:00Z"],
  ["2026-03-01T10:00:00-0530", "2026-03-01T15:30:00Z"],
  ["2026-03-01T10:00:00 +02", "2026-03-01T08:00:00Z"],
  ["2026-03-01T10:00:00.057Z", "2026-03-01T10:00:00.057Z"],
  ["2026-03-01t10:00:00,5z", "2026-03-01T10:00:00.500Z"],
  ["2016-12-31T23:59:60Z", "2016-12-31T23:59:59Z"],
])("%s is an instant", (text, expected) => {
  expect(iso(text)).toBe(expected);
});

test.each([
  "",
  "2026-03-01",
  "2026-02-30T10:00:00Z",
  "2026-03-01T24:00:00Z",
  "2026-03-01T10:60:00Z",
  "2026-03-01T10:00:00+99:00",
  "01/03/2026 10:00",
  "2026-03-01T10:00:00",
  "10:00:00Z",
])("%s is none", (text) => {
  expect(iso(text)).toBeUndefined();
});

test("without an offset it is the clock of the zone given", () => {
  expect(iso("2026-07-01 09:00", "Europe/Berlin")).toBe("2026-07-01T07:00:00Z");
  expect(iso("2026-07-01 09:00Z", "Europe/Berlin")).toBe("2026-07-01T09:00:00Z");
});

test("a bare day is a day and no instant", () => {
  expect(parseDayOrInstant("2026-03-01")).toEqual({ day: dayOf(2026, 3, 1) });
  expect(parseDayOrInstant("2026-03-01T00:00:00Z")).toEqual({ at: Date.UTC(2026, 2, 1) });
  expect(parseDayOrInstant("tomorrow")).toBeUndefined();
});
