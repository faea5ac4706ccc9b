import { expect, test } from "vitest";
import { dayOf, formatDay } from "../time/day.ts";
import { Flapping } from "./flapping.ts";
import { periodsOf } from "./periods.ts";

const told = (from: number, to: number, length: "week" | "month") =>
  periodsOf(from, to, length).map((one) => `${formatDay(one.from)} ${formatDay(one.to)}`);

test("weeks go from Monday to Sunday; the first and the last may be cut short", () => {
  expect(told(dayOf(2026, 2, 26), dayOf(2026, 3, 10), "week")).toEqual([
    "2026-02-26 2026-03-01",
    "2026-03-02 2026-03-08",
    "2026-03-09 2026-03-10",
  ]);
});

test("months are those of the calendar", () => {
  expect(told(dayOf(2025, 12, 30), dayOf(2026, 2, 28), "month")).toEqual([
    "2025-12-30 2025-12-31",
    "2026-01-01 2026-01-31",
    "2026-02-01 2026-02-28",
  ]);
  expect(told(dayOf(2026, 2, 1), dayOf(2026, 2, 1), "month")).toEqual(["2026-02-01 2026-02-01"]);
});

test("an account flaps from its third move within 30 days until one of them is 30 days old", () => {
  const flapping = new Flapping();
  flapping.move(7, 100);
  flapping.move(7, 110);
  flapping.move(8, 110);
  expect(flapping.on(128)).toEqual([]);
  flapping.move(7, 129);
  expect(flapping.on(129)).toEqual([7]);
  expect(flapping.on(130)).toEqual([]);
});
