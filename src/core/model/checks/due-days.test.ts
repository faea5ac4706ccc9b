import { expect, test } from "vitest";
import { dueDays, sentInTime } from "./due-days.ts";

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

test("a burst that can be put off in time goes through", () => {
  expect(sentInTime([0, 0, 0], { count: 1, days: 1 }, 7)).toBe(3);
});

test("of a burst that cannot, as many go through as there are days to wait", () => {
  const days = Array.from({ length: 10 }, () => 0);
  expect(sentInTime(days, { count: 1, days: 1 }, 7)).toBe(8);
  expect(sentInTime(days, { count: 3, days: 7 }, 0)).toBe(3);
});

test("fifteen a month under a cap of six lose half", () => {
  const days = dueDays([step({ kind: "every", period: 2, first: 2 })], 62);
  expect(days).toHaveLength(30);
  expect(sentInTime(days, { count: 6, days: 30 }, 7)).toBe(15);
});

test("eight within a month under a cap of six lose two", () => {
  expect(sentInTime([0, 1, 2, 3, 4, 5, 6, 7], { count: 6, days: 30 }, 7)).toBe(6);
});

test("as many as the cap allows all go through", () => {
  const days = dueDays([step({ kind: "every", period: 5, first: 5 })], 366);
  expect(sentInTime(days, { count: 6, days: 30 }, 7)).toBe(days.length);
});
