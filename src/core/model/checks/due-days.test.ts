import { expect, test } from "vitest";
import { dueDays, overflows } from "./due-days.ts";

const step = (timing: Parameters<typeof dueDays>[0][number]["timing"]) => ({
  touchpoint: "mail",
  ordinal: 1,
  minutes: 0,
  timing,
});

test("days of all timings, in order", () => {
  const steps = [
    step({ kind: "every", period: 14, first: 7 }),
    step({ kind: "after", days: 10 }),
    step({ kind: "before", date: "renewal_date", days: [60, 30] }),
  ];
  expect(dueDays(steps, 40)).toEqual([-60, -30, 7, 10, 21, 35]);
});

test("a burst that can be put off in time is no overflow", () => {
  expect(overflows([0, 0, 0], { count: 1, days: 1 }, 7)).toBeUndefined();
});

test("a burst that cannot be put off is one", () => {
  const days = Array.from({ length: 10 }, () => 0);
  expect(overflows(days, { count: 1, days: 1 }, 7)).toMatchObject({ touches: 9, room: 8 });
});

test("sixteen a month under a cap of six overflow in the end", () => {
  const days = dueDays([step({ kind: "every", period: 2, first: 2 })], 366);
  expect(overflows(days, { count: 6, days: 30 }, 7)).toBeDefined();
});

test("as many as the cap allows are no overflow", () => {
  const days = dueDays([step({ kind: "every", period: 5, first: 5 })], 366);
  expect(overflows(days, { count: 6, days: 30 }, 7)).toBeUndefined();
});
