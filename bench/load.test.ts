import { expect, test } from "vitest";
import { newPostgresDatabase } from "../src/store/testing/test-database.ts";
import { growthOf, measureLoad, type Sample } from "./load.ts";

test("memory grows by its peaks, process by process", () => {
  const sample = (second: number, mb: number): Sample => ({
    second,
    memoryMb: { serve: mb, worker: 100 },
    accountsWaiting: 0,
    lagMs: 0,
  });
  const samples = [80, 90, 100, 95, 60, 101, 150, 70].map((mb, at) => sample(at, mb));
  expect(growthOf(samples)).toEqual({ serve: 1.5, worker: 1 });
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
