import { expect, test } from "vitest";
import { decideBook, sampleFacts } from "./decide-book.ts";
import { logLogSlope } from "./timing.ts";

test("the benchmark runs, and model and hand-written loop decide a small book alike", () => {
  const facts = sampleFacts(100, 3);
  for (const accounts of [60, 100]) {
    const options = { accounts, seed: 3, turns: 1, warmUps: 0 };
    const { days, stateBytes } = decideBook(facts, options);
    expect(days.map(({ day }) => day)).toEqual(["first", "second"]);
    for (const { ratio, accountsPerSecond } of days) {
      expect(ratio.median).toBeGreaterThan(0);
      expect(accountsPerSecond).toBeGreaterThan(0);
    }
    expect(stateBytes).toBeLessThan(1000);
  }
});

test("what takes four times as long for twice the size grows with its square", () => {
  const points = [1, 2, 4].map((size) => ({ size, time: 3 * size ** 2 }));
  expect(logLogSlope(points)).toBeCloseTo(2, 12);
});
