import { expect, test } from "vitest";
import { newPostgresDatabase } from "../src/store/testing/test-database.ts";
import { bestFrom, measureTaskLatency } from "./task-latency.ts";

test("the highest rate that holds is found by doubling, then by halving the gap", async () => {
  const asked: number[] = [];
  const best = await bestFrom(1_000, (rate) => {
    asked.push(rate);
    return Promise.resolve(rate <= 5_300);
  });
  expect(asked).toEqual([2_000, 4_000, 8_000, 6_000, 5_000, 5_500]);
  expect(best).toBe(5_000);
});

test("tickets sent over HTTP come to the task list while other events come in", async () => {
  const database = await newPostgresDatabase();
  const options = { engine: "postgres", accounts: 30, rates: [40], seconds: 0.3 } as const;
  const { steps } = await measureTaskLatency(
    { ...options, searchSeconds: 0, database },
    () => undefined,
  );
  expect(steps).toMatchObject([{ rate: 40, failed: 0 }]);
  const [step] = steps;
  expect(step!.tickets).toBeGreaterThan(0);
  expect(step!.p50).toBeLessThan(30_000);
});
