import { expect, test } from "vitest";
import { measureSchedule } from "./schedule.ts";

test("accounts get touches for a year, and a second planning changes nothing", () => {
  const { touches, unsettled, planned, reconciled } = measureSchedule({
    accounts: 40,
    seed: 4,
    turns: 2,
    warmUp: 0,
  });
  expect(touches).toBeGreaterThan(40);
  expect(unsettled).toBe(0);
  expect(planned.median).toBeGreaterThan(0);
  expect(reconciled.median).toBeGreaterThan(0);
});
