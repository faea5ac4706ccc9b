import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Store } from "../engine/ports.ts";
import { BUCKETS } from "./bucket.ts";
import { openTestStore } from "./testing/test-store.ts";

const LEASE = 10_000;
const sign = (id: string) => ({ id, startedAt: 1, details: { host: "h" } });

describe("on postgres", () => {
  let store: Store;
  beforeAll(async () => {
    store = await openTestStore("postgres");
  });
  afterAll(() => store.close());
  const renew = async (id: string, now: number) =>
    new Set(await store.leases.renew(sign(id), now, LEASE));

  test("buckets are shared out among the workers that live, and never held by two", async () => {
    expect((await renew("a", 0)).size).toBe(BUCKETS);
    // the second one gets its part when the first gives it back, at its next sign of life
    expect((await renew("b", 1000)).size).toBe(0);
    const a = await renew("a", 2000);
    const b = await renew("b", 3000);
    expect([a.size, b.size]).toEqual([128, 128]);
    expect(new Set([...a, ...b]).size).toBe(BUCKETS);
    const third = [await renew("c", 3100), await renew("a", 3200), await renew("b", 3300)];
    expect(third.map(({ size }) => size)).toEqual([0, 86, 85]);
    expect((await renew("c", 3400)).size).toBe(85);
    expect(await store.leases.workers(3500)).toMatchObject([
      { id: "a", seenAt: 3200, buckets: 86, details: { host: "h" } },
      { id: "b", buckets: 85 },
      { id: "c", buckets: 85 },
    ]);
  });

  test("who stops gives them back at once; who dies loses them when they run out", async () => {
    await store.leases.giveBack("c");
    expect((await renew("a", 4000)).size).toBe(128);
    expect((await renew("b", 4100)).size).toBe(128);
    // b is not heard of again
    expect((await renew("a", 4100 + LEASE - 1)).size).toBe(128);
    expect((await renew("a", 4100 + LEASE)).size).toBe(BUCKETS);
    // and when it comes back finds them with others
    expect((await renew("b", 4200 + LEASE)).size).toBe(0);
    expect((await renew("a", 4300 + LEASE)).size).toBe(128);
    expect((await renew("b", 4400 + LEASE)).size).toBe(128);
  });

  test("however many ask at once, no bucket is held by two", async () => {
    const ids = Array.from({ length: 7 }, (_, n) => `many-${n}`);
    const later = 100_000;
    for (let round = 0; round < 4; round++) {
      await Promise.all(ids.map((id) => renew(id, later + round)));
    }
    const held = await Promise.all(ids.map((id) => renew(id, later + 5)));
    expect(held.flatMap((buckets) => [...buckets]).toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: BUCKETS }, (_, bucket) => bucket),
    );
  });
});

test("the embedded database is one process's: all buckets, and still a sign that it works", async () => {
  const store = await openTestStore("pglite");
  expect(await store.leases.renew(sign("a"), 0, LEASE)).toBeNull();
  expect(await store.leases.workers(LEASE - 1)).toMatchObject([{ id: "a", buckets: 0 }]);
  expect(await store.leases.workers(LEASE)).toEqual([]);
  await store.leases.giveBack("a");
  expect(await store.leases.workers(1)).toEqual([]);
  await store.close();
});
