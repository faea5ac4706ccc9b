import fc from "fast-check";
import { DAY_MS } from "../../core/time/day.ts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES_OF_ENGINE } from "../../store/testing/test-database.ts";
import { openTestStore } from "../../store/testing/test-store.ts";
import type { SendResult } from "../ports.ts";
import { account, contact } from "../testing/book.ts";
import { Delivery, HOUR_MS, MINUTE_MS } from "./testing/delivery.ts";
import { Death, Mortal } from "./testing/mortal.ts";

const RUNS = 12;
const ACCOUNTS = 5;

/** A life of a worker: the step at which it dies, or how what it sends ends. */
const lives = fc.array(fc.integer({ min: 0, max: 45 }), { minLength: 3, maxLength: 12 });
const ends = fc.array(
  fc.constantFrom<SendResult["kind"]>("sent", "sent", "sent", "temporary", "uncertain"),
  { minLength: 10, maxLength: 10 },
);

describe.each(ENGINES_OF_ENGINE)("whatever dies on %s", (engine) => {
  let it: Delivery;
  let run = 0;
  beforeAll(async () => {
    it = await new Delivery(await openTestStore(engine)).begin({});
  });
  afterAll(() => it.store.close());

  async function newAccounts(): Promise<readonly string[]> {
    run += 1;
    const ids = Array.from({ length: ACCOUNTS }, (_, index) => `r${run}-${index}`);
    await it.book.import({
      accounts: ids.map((id) => account(id, { traits: { arr: 10 } })),
      contacts: ids.map((id) => contact(id, "c", { email: `${id}@x.test`, role: "user" })),
    });
    return ids;
  }

  /** Nobody knows of a message whose connection broke whether it arrived: here every other did. */
  function behave(kinds: readonly SendResult["kind"][]): void {
    let sends = 0;
    it.email.behave = (dispatch) => {
      const kind = kinds[sends++ % kinds.length] ?? "sent";
      if (kind === "uncertain" && sends % 2 === 0) it.email.arrived.push(dispatch);
      return kind === "sent" ? { kind } : { kind, error: `it is ${kind}` };
    };
  }

  async function live(steps: number, worker: string): Promise<void> {
    const mortal = new Mortal(steps);
    const hand = it.hand(worker, {
      store: mortal.store(it.store),
      channels: mortal.channels(it.channels),
    });
    try {
      await hand.settle();
      while ((await hand.deliver()) > 0) await it.decide();
    } catch (error) {
      if (!(error instanceof Death)) throw error;
    }
  }

  async function finish(): Promise<void> {
    it.email.behave = () => ({ kind: "sent" });
    const hand = it.hand("last");
    for (let round = 0; round < 12; round++) {
      it.book.now += 20 * MINUTE_MS;
      await hand.settle();
      await it.work(hand);
    }
  }

  async function check(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      const arrived = it.email.receivers.filter((receiver) => receiver === `${id}@x.test`);
      expect(arrived.length, `${id} got ${arrived.length}`).toBeLessThanOrEqual(1);
      const [touch] = await it.touches(id);
      expect(touch).toMatchObject({ status: "done", result: "delivered" });
      const sent = await it.store.outbox.list({ account: id, statuses: ["sent"] }, 10);
      expect(sent).toHaveLength(1);
      if (arrived.length === 0) expect(touch?.reason).toMatch(/^assumed to be sent: /);
    }
    expect(await it.store.outbox.list({ statuses: ["sending", "uncertain"] }, 10)).toEqual([]);
  }

  test("each message arrives at most once, and nothing is lost without a word", async () => {
    await fc.assert(
      fc.asyncProperty(lives, ends, async (deaths, kinds) => {
        it.book.on(Math.floor(it.book.now / DAY_MS) + 1, 9);
        const ids = await newAccounts();
        await it.decide();
        behave(kinds);
        for (const [index, steps] of deaths.entries()) {
          await live(steps, `w${index}`);
          it.book.now += 6 * MINUTE_MS;
          await it.decide();
        }
        await finish();
        await check(ids);
      }),
      { numRuns: RUNS },
    );
  }, 240_000);

  test("the same with three workers at a time", async () => {
    await fc.assert(
      fc.asyncProperty(lives, ends, async (deaths, kinds) => {
        it.book.on(Math.floor(it.book.now / DAY_MS) + 1, 9);
        const ids = await newAccounts();
        await it.decide();
        behave(kinds);
        for (let index = 0; index < deaths.length; index += 3) {
          const together = deaths.slice(index, index + 3);
          await Promise.all(together.map((steps, own) => live(steps * 2, `w${index + own}`)));
          it.book.now += 6 * MINUTE_MS;
          await it.decide();
        }
        await finish();
        await check(ids);
      }),
      { numRuns: RUNS },
    );
  }, 240_000);

  test("set to send again, what was of unknown end is made once more under another id", async () => {
    it.settings = { ...it.settings, uncertain: "resend" };
    it.book.on(Math.floor(it.book.now / DAY_MS) + 1, 9);
    const [id = ""] = await newAccounts();
    await it.decide();
    it.email.behave = () => ({ kind: "uncertain", error: "the connection broke" });
    await it.hand("w").deliver();
    expect((await it.touches(id))[0]).toMatchObject({ status: "uncertain" });
    it.email.behave = () => ({ kind: "sent" });
    it.book.now += HOUR_MS + 1;
    await it.hand("w").settle();
    await it.work();
    const sent = await it.store.outbox.list({ account: id }, 10);
    expect(sent.map(({ id: attempt, status }) => [attempt.slice(-2), status])).toEqual([
      [".2", "sent"],
      [".1", "failed"],
    ]);
    it.settings = { ...it.settings, uncertain: "assume_sent" };
  });
});
