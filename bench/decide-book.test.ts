import { expect, test } from "vitest";
import { decideBook } from "./decide-book.ts";

test("the benchmark runs, and model and hand-written loop decide a small book alike", () => {
  const { days, stateBytes } = decideBook({ accounts: 100, seed: 3, turns: 1, warmUps: 0 });
  expect(days.map(({ day }) => day)).toEqual(["first", "second"]);
  for (const { ratio, accountsPerSecond } of days) {
    expect(ratio.median).toBeGreaterThan(0);
    expect(accountsPerSecond).toBeGreaterThan(0);
  }
  expect(stateBytes).toBeLessThan(1000);
});
