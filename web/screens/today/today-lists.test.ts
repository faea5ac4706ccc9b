import { expect, test } from "vitest";
import { atLocal, dayChoices, localTime, snoozeChoices } from "./day-choices.ts";
import { activeAfter, keepPlaces } from "./keep-places.ts";
import type { Load } from "./today-queries.ts";

const rows = (...ids: string[]) => ids.map((id) => ({ id }));
const ids = (list: readonly { readonly id: string }[]): string[] => list.map(({ id }) => id);

test("what is new never pushes the active row away", () => {
  const before = ["a", "b", "c"];
  expect(ids(keepPlaces(before, rows("new", "a", "b", "c"), "b"))).toEqual(["a", "b", "new", "c"]);
  expect(ids(keepPlaces(before, rows("a", "b", "new", "c"), "b"))).toEqual(["a", "b", "new", "c"]);
  expect(ids(keepPlaces(before, rows("c", "b"), "b"))).toEqual(["b", "c"]);
  expect(ids(keepPlaces(before, rows("new", "a"), null))).toEqual(["new", "a"]);
});

test("the keyboard goes on from where a row was", () => {
  const before = ["a", "b", "c"];
  expect(activeAfter(before, rows("a", "b", "c"), "b")).toBe("b");
  expect(activeAfter(before, rows("a", "c"), "b")).toBe("c");
  expect(activeAfter(before, rows("a"), "c")).toBe("a");
  expect(activeAfter(before, rows(), "c")).toBeNull();
  expect(activeAfter([], rows("x", "y"), null)).toBe("x");
});

const WEEKDAYS = [1, 2, 3, 4, 5];
const named = (list: readonly { readonly name: string; readonly day: string }[]): string[] =>
  list.map(({ name, day }) => `${name} ${day}`);

test("a touch is moved to working days, each offered once", () => {
  expect(named(dayChoices("2026-03-02", WEEKDAYS, null))).toEqual([
    "tomorrow 2026-03-03",
    "inTwoDays 2026-03-04",
    "nextWeek 2026-03-09",
    "inTwoWeeks 2026-03-16",
  ]);
  // a Friday: tomorrow is Monday
  expect(named(dayChoices("2026-03-06", WEEKDAYS, null))[0]).toBe("tomorrow 2026-03-09");
  const days = [{ day: "2026-03-03", working: false }];
  const load = { weeks: [{ days }] } as unknown as Load;
  expect(named(dayChoices("2026-03-02", WEEKDAYS, load))[0]).toBe("tomorrow 2026-03-04");
});

test("a clock's time in the workspace's zone is an instant, also when clocks change", () => {
  expect(atLocal("2026-03-02", "09:00", "Europe/Paris")).toBe("2026-03-02T08:00:00.000Z");
  expect(atLocal("2026-07-02", "09:00", "Europe/Paris")).toBe("2026-07-02T07:00:00.000Z");
  expect(atLocal("2026-03-29", "09:00", "Europe/Paris")).toBe("2026-03-29T07:00:00.000Z");
  expect(atLocal("2026-03-02", "09:00", "Asia/Kuala_Lumpur")).toBe("2026-03-02T01:00:00.000Z");
  expect(localTime("2026-03-02T08:30:00Z", "Europe/Paris")).toEqual({
    day: "2026-03-02",
    time: "09:30",
  });
});

test("a snooze ends in an hour, in the afternoon, or on a working morning", () => {
  const days = dayChoices("2026-03-06", WEEKDAYS, null);
  const at = (text: string) =>
    snoozeChoices(Date.parse(text), "2026-03-06", "UTC", days).map(({ name, until }) => [
      name,
      until.slice(0, 16),
    ]);
  expect(at("2026-03-06T09:10:00Z")).toEqual([
    ["inAnHour", "2026-03-06T10:10"],
    ["thisAfternoon", "2026-03-06T14:00"],
    ["tomorrowMorning", "2026-03-09T09:00"],
  ]);
  expect(at("2026-03-06T13:30:00Z").map(([name]) => name)).toEqual(["inAnHour", "tomorrowMorning"]);
});
