import { expect, test } from "vitest";
import { addDays, addMonths, isoWeekday, monday, monthGrid, weeksBetween } from "./days.ts";

test("days are counted over months, years and leap days", () => {
  expect([addDays("2028-02-28", 1), addDays("2026-01-01", -1)]).toEqual([
    "2028-02-29",
    "2025-12-31",
  ]);
  expect([addMonths("2026-01-31", 1), addMonths("2026-01-15", -1)]).toEqual([
    "2026-02-01",
    "2025-12-01",
  ]);
});

test("weeks begin on Monday", () => {
  expect([isoWeekday("2026-03-01"), monday("2026-03-01"), monday("2026-03-02")]).toEqual([
    7,
    "2026-02-23",
    "2026-03-02",
  ]);
});

test("a month is shown in whole weeks", () => {
  const grid = monthGrid("2026-03-15");
  expect([grid.length, grid[0]?.[0], grid.at(-1)?.[6]]).toEqual([6, "2026-02-23", "2026-04-05"]);
  expect(monthGrid("2027-02-01").length).toBe(4);
  expect(weeksBetween("2026-03-02", "2026-03-08").length).toBe(1);
});
