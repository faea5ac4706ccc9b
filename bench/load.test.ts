import { expect, test } from "vitest";
import { newPostgresDatabase } from "../src/store/testing/test-database.ts";
import { growthOf, measureLoad, type Sample } from "./load.ts";

test("memory grows by the slope of the second half, per hour", () => {
  const sample = (second: number, mb: number): Sample => ({
    second,
    memoryMb: { serve: mb, worker: 100 },
    accountsWaiting: 0,
    lagMs: 0,
  });
  const samples = [
    sample(0, 10),
    sample(10, 90),
    sample(20, 200),
    sample(30, 201),
    sample(40, 202),
  ];
  expect(growthOf(samples)).toEqual({ serve: 360, worker: 0 });
});

test("serve and a worker take a steady load without an error, and say what they hold", async () => {
  const figures = await measureLoad(
    {
      accounts: 5,
      workers: 1,
      seconds: 1,
      rate: 320,
      searchSeconds: 1,
      sampleSeconds: 0.3,
      database: await newPostgresDatabase(),
    },
    () => undefined,
  );
  expect(figures.run.errors).toBe(0);
  expect(figures.run.events).toBeGreaterThan(0);
  expect(Object.keys(figures.growth)).toEqual(["serve", "worker 1"]);
  expect(figures.samples[0]!.memoryMb["serve"]).toBeGreaterThan(10);
});
