import { expect, test } from "vitest";
import { dayOf, formatDay } from "./day.ts";
import { parseDuration } from "./duration.ts";
import { addWorkingDays, nextWorkingDay, workCalendar } from "./work-calendar.ts";

const juneteenth = dayOf(2026, 6, 19);
const calendar = workCalendar([1, 2, 3, 4, 5], () => new Set([juneteenth]));

test("a holiday and the weekend after it move to Monday", () => {
  expect(formatDay(nextWorkingDay(calendar, juneteenth))).toBe("2026-06-22");
  expect(formatDay(nextWorkingDay(calendar, juneteenth - 1))).toBe("2026-06-18");
});

test("five working days on, over a holiday and a weekend", () => {
  expect(formatDay(addWorkingDays(calendar, dayOf(2026, 6, 17), 5))).toBe("2026-06-25");
  expect(formatDay(addWorkingDays(calendar, dayOf(2026, 6, 20), 1))).toBe("2026-06-22");
});

test("a year's holidays are asked for once", () => {
  const asked: number[] = [];
  const counted = workCalendar([1, 2, 3, 4, 5], (year) => {
    asked.push(year);
    return new Set();
  });
  for (let day = dayOf(2026, 12, 1); day < dayOf(2027, 2, 1); day++) counted.isWorkingDay(day);
  expect(asked).toEqual([2026, 2027]);
});

test("where nobody ever works the day stays", () => {
  expect(
    nextWorkingDay(
      workCalendar([], () => new Set()),
      juneteenth,
    ),
  ).toBe(juneteenth);
});

test("durations are days or weeks", () => {
  expect(["0d", "14d", "2w"].map(parseDuration)).toEqual([0, 14, 14]);
  expect(["", "d", "-1d", "1.5d", "2m", "2 d", "2D"].map(parseDuration)).toEqual(
    Array.from({ length: 7 }, () => undefined),
  );
});
