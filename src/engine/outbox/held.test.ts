import { afterEach, describe, expect, test } from "vitest";
import { localMinutes } from "../../core/time/zone.ts";
import { ENGINES_OF_ENGINE } from "../../store/testing/test-database.ts";
import { openTestStore } from "../../store/testing/test-store.ts";
import type { Store } from "../ports.ts";
import { account, contact, GO_LIVE, login } from "../testing/book.ts";
import { EVERYTHING, listPauses, pauseSending, resumeSending } from "./pauses.ts";
import { Delivery, HOUR_MS, MINUTE_MS } from "./testing/delivery.ts";

const DAY = 24 * HOUR_MS;

describe.each(ENGINES_OF_ENGINE)("what is held on %s", (engine) => {
  const open: Store[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((store) => store.close()));
  });

  /** Accounts each with one mail to go today. */
  async function delivery(accounts: number): Promise<Delivery> {
    const store = await openTestStore(engine);
    open.push(store);
    const ids = Array.from({ length: accounts }, (_, index) => `a${index}`);
    return new Delivery(store).begin({
      accounts: ids.map((id) => account(id, { traits: { arr: 10 } })),
      contacts: ids.map((id) => contact(id, "c", { email: `${id}@x.test`, role: "user" })),
    });
  }

  const tally = async (it: Delivery): Promise<Record<string, number>> => {
    const counts: Record<string, number> = {};
    for (const one of await it.standing()) counts[one] = (counts[one] ?? 0) + 1;
    return counts;
  };

  /** Works every twenty minutes for a while; how many went in each hour, first hour first. */
  async function hours(it: Delivery, count: number): Promise<number[]> {
    const sent: number[] = [];
    for (let hour = 0; hour < count; hour++) {
      const before = it.email.arrived.length;
      for (let turn = 0; turn < 3; turn++) {
        await it.work();
        it.book.now += 20 * MINUTE_MS;
      }
      sent.push(it.email.arrived.length - before);
    }
    return sent;
  }

  test("a pause says so and is logged; after it the mails go spread over time", async () => {
    const it = await delivery(24);
    expect(await pauseSending(it.book.context, EVERYTHING, "a wrong price")).toBe(true);
    expect(await pauseSending(it.book.context, EVERYTHING, "again")).toBe(false);
    await it.work();
    expect(await tally(it)).toEqual({ "welcome | deferred | sending is paused": 24 });
    expect(await listPauses(it.book.context)).toMatchObject([
      { scope: "all", name: "", by: "tester", reason: "a wrong price", since: it.book.now },
    ]);
    it.book.now += 3 * HOUR_MS;
    await it.work();
    expect(await resumeSending(it.book.context, EVERYTHING)).toBe(true);
    expect(await resumeSending(it.book.context, EVERYTHING)).toBe(false);
    const sent = await hours(it, 6);
    expect(sent.reduce((sum, one) => sum + one, 0)).toBe(24);
    expect(Math.max(...sent)).toBeLessThan(12);
    const log = await it.store.audit.list({ limit: 10 });
    expect(log.map(({ what }) => what)).toEqual(
      expect.arrayContaining(["sending paused", "sending resumed"]),
    );
  }, 120_000);

  test("a channel and a program are held by themselves; unknown ones are refused", async () => {
    const it = await delivery(1);
    await pauseSending(it.book.context, { scope: "channel", name: "email" }, null);
    await pauseSending(it.book.context, { scope: "program", name: "welcome" }, null);
    await it.work();
    expect(await it.standing()).toEqual(["welcome | deferred | channel email is paused"]);
    await resumeSending(it.book.context, { scope: "channel", name: "email" });
    await it.work();
    expect(await it.standing()).toEqual(["welcome | deferred | program welcome is paused"]);
    await it.book.import({
      events: [login("a0", GO_LIVE, { event: "Tip Wanted", at: it.book.now, messageId: "t" })],
    });
    await it.work();
    expect(it.email.arrived).toHaveLength(1);
    await expect(
      pauseSending(it.book.context, { scope: "program", name: "welcom" }, null),
    ).rejects.toMatchObject({ code: "bad-value", hint: "Did you mean `welcome`?" });
  });

  test("after three days without a worker nothing bursts and nothing is lost", async () => {
    const it = await delivery(30);
    it.book.on(GO_LIVE + 3, 9);
    await it.work();
    expect(it.email.arrived.length).toBeLessThan(8);
    const sent = await hours(it, 10);
    expect(it.email.arrived).toHaveLength(30);
    expect(Math.max(...sent)).toBeLessThan(12);
    expect(await tally(it)).toEqual({ "welcome | done | delivered": 30 });
    const minutes = it.email.arrived.map(({ at }) => localMinutes(at, "Europe/Paris"));
    expect(Math.max(...minutes)).toBeLessThan(18 * 60);
  }, 120_000);

  test("what is later than it may be is dropped with its reason", async () => {
    const it = await delivery(2);
    it.book.on(GO_LIVE + 8, 9);
    await it.work();
    expect(await tally(it)).toEqual({ "welcome | dropped | late: 8 days after its day": 2 });
    expect(await it.outbox()).toEqual([]);
  });

  test("a pause that outlasts what a touch may wait drops it, and says the pause", async () => {
    const it = await delivery(1);
    await pauseSending(it.book.context, EVERYTHING, null);
    for (let day = 0; day <= 8; day++) {
      await it.work();
      it.book.now += DAY;
    }
    expect(await it.standing()).toEqual([
      "welcome | dropped | sending is paused for longer than 7 days",
    ]);
  });
});
