import { expect, test } from "vitest";
import { newPostgresDatabase } from "../src/store/testing/test-database.ts";
import { growthOfPeaks } from "./growth.ts";
import { measureIngestMemory } from "./ingest-memory.ts";

test("memory that is filled at first and then stays is no growth", () => {
  expect(growthOfPeaks([50, 180, 200, 190, 205, 195, 200, 190])).toBe(1);
  expect(growthOfPeaks([50, 100, 150, 200, 250, 300, 350, 400])).toBe(2);
});

test("events are sent until somebody says stop, and each point says what serve holds", async () => {
  const stop = new AbortController();
  const figures = await measureIngestMemory(
    {
      engine: "postgres",
      accounts: 3,
      events: 1_000_000,
      every: 40,
      clients: 2,
      perRequest: 20,
      database: await newPostgresDatabase(),
    },
    stop.signal,
    ({ events }) => {
      if (events >= 80) stop.abort();
    },
  );
  expect(figures.points.map(({ events }) => events)).toEqual([40, 80]);
  expect(figures.points[1]!.memoryMb).toBeGreaterThan(10);
});
