import { expect, test } from "vitest";
import { formatDay, parseDay } from "../core/time/day.ts";
import { holidaysOf, knownHolidays } from "./holidays.ts";

const days = (code: string, year: number) => [...holidaysOf(code)(year)].map(formatDay).sort();
const off = (code: string, day: string) =>
  holidaysOf(code)(Number(day.slice(0, 4))).has(parseDay(day) ?? 0);

test("a holiday on a Saturday has its substitute day off as well", () => {
  expect(days("US", 2026)).toEqual([
    "2026-01-01",
    "2026-01-19",
    "2026-02-16",
    "2026-05-25",
    "2026-06-19",
    "2026-07-03",
    "2026-07-04",
    "2026-09-07",
    "2026-10-12",
    "2026-11-11",
    "2026-11-26",
    "2026-12-25",
  ]);
  expect(off("US", "2021-12-31")).toBe(true);
});

test("each day of a holiday that lasts several counts", () => {
  expect(["2026-03-20", "2026-03-21", "2026-03-22"].map((day) => off("AE", day))).toEqual([
    true,
    true,
    true,
  ]);
  expect(off("AE", "2026-03-19")).toBe(false);
});

test("only public holidays count: neither bank nor school holidays nor observances", () => {
  expect(off("US", "2026-02-14")).toBe(false);
  expect(off("DE", "2026-12-24")).toBe(false);
});

test("states and regions have their own, whatever the case of the code", () => {
  expect(off("DE", "2026-01-06")).toBe(false);
  expect(off("DE-BY", "2026-01-06")).toBe(true);
  expect(off("de-by", "2026-08-08")).toBe(false);
  expect(off("de-by-a", "2026-08-08")).toBe(true);
});

test("a code without a calendar is known as such", () => {
  expect(["US", "us", "DE-BY", "DE-BY-A", "MY-14"].map(knownHolidays)).toEqual([
    true,
    true,
    true,
    true,
    true,
  ]);
  expect(["", "XX", "DE-XX", "DE-BY-XX", "DE-BY-A-B", "constructor"].map(knownHolidays)).toEqual(
    Array.from({ length: 6 }, () => false),
  );
  expect(days("XX", 2026)).toEqual([]);
});

test("a holiday that begins in one year and ends in the next counts in both", () => {
  for (const year of [1970, 2026, 2100]) {
    for (const day of holidaysOf("AM")(year)) expect(formatDay(day).slice(0, 4)).toBe(String(year));
  }
});
