import { afterEach, describe, expect, test } from "vitest";
import { ENGINES_OF_ENGINE } from "../../store/testing/test-database.ts";
import { openTestStore } from "../../store/testing/test-store.ts";
import { erasePerson } from "../erase-person.ts";
import type { Store } from "../ports.ts";
import { completeTouch } from "../touch-actions.ts";
import { WORKER_GONE } from "./settle-job.ts";
import { Delivery, MINUTE_MS } from "./testing/delivery.ts";
import { Death, Mortal } from "./testing/mortal.ts";

describe.each(ENGINES_OF_ENGINE)("between the claim and the channel on %s", (engine) => {
  const open: Store[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((store) => store.close()));
  });
  async function delivery(accounts = 1): Promise<Delivery> {
    const store = await openTestStore(engine);
    open.push(store);
    return new Delivery(store).beginWith(accounts);
  }
  test("what a dead worker had claimed and never handed over goes at once, by another", async () => {
    const it = await delivery(40);
    const mortal = new Mortal(12);
    const hand = it.hand("dies", {
      store: mortal.store(it.store),
      channels: mortal.channels(it.channels),
    });
    await expect(hand.deliver()).rejects.toThrow(Death);
    await it.hand("w").settle();
    const unsure = it.email.handed.length;
    const statuses = (await it.outbox()).map(({ status }) => status);
    expect(statuses.filter((status) => status === "uncertain").length).toBeLessThanOrEqual(20);
    expect(statuses).not.toContain("sending");
    expect(unsure).toBeLessThanOrEqual(20);
    await it.work();
    const handed = it.email.handed.map(({ account: id }) => id);
    expect(new Set(handed).size).toBe(handed.length);
    const uncertain = (await it.touches()).filter(({ status }) => status === "uncertain");
    expect(handed.length + uncertain.length).toBeGreaterThanOrEqual(40);
  });

  test("a slow worker hands nothing over of what was taken from it", async () => {
    const it = await delivery();
    let isSlow = true;
    const { outbox } = it.store;
    const store: Store = {
      ...it.store,
      outbox: {
        ...outbox,
        hand: async (...args) => {
          if (isSlow) expect(await it.hand("other").settle()).toBe(1);
          isSlow = false;
          return outbox.hand(...args);
        },
      },
    };
    await it.hand("slow", { store }).deliver();
    expect(it.email.handed).toEqual([]);
    expect(await it.standing()).toEqual(["welcome | due"]);
    await it.work();
    expect(it.email.handed).toHaveLength(1);
    expect(await it.standing()).toEqual(["welcome | done | delivered"]);
  });

  test("what is handed over while somebody looks at it is not taken back", async () => {
    const it = await delivery();
    const { outbox } = it.store;
    let handed: readonly string[] = [];
    const store: Store = {
      ...it.store,
      outbox: {
        ...outbox,
        settle: async (...args) => {
          const [one] = args[0];
          if (one && handed.length === 0)
            handed = await outbox.hand([one.outgoing], "slow", it.book.now);
          return outbox.settle(...args);
        },
      },
    };
    // it claims, and dies before anything is handed over
    const mortal = new Mortal(8);
    await expect(it.hand("slow", { store: mortal.store(it.store) }).deliver()).rejects.toThrow(
      Death,
    );
    await it.hand("other", { store }).settle();
    expect(handed).toHaveLength(1);
    expect(await it.standing()).toEqual(["welcome | sending"]);
    await it.hand("other").settle();
    expect(await it.standing()).toEqual([`welcome | uncertain | ${WORKER_GONE}`]);
  });

  test("whoever is erased between the claim and the handing over gets nothing", async () => {
    const it = await delivery();
    const { outbox } = it.store;
    const store: Store = {
      ...it.store,
      outbox: {
        ...outbox,
        hand: async (...args) => {
          await erase(it);
          return outbox.hand(...args);
        },
      },
    };
    await it.hand("w", { store }).deliver();
    expect(it.email.handed).toEqual([]);
    it.book.now += 10 * MINUTE_MS;
    await it.hand("w").settle();
    await it.work();
    expect(it.email.handed).toEqual([]);
    expect(await it.standing()).toEqual(["welcome | cancelled | contact gone"]);
  });

  test("what became of a message brings nobody back who was erased meanwhile", async () => {
    const it = await delivery();
    const { outbox, touches } = it.store;
    let isErased = false;
    const store: Store = {
      ...it.store,
      outbox: {
        ...outbox,
        settle: async (...args) => {
          if (!isErased) await erase(it);
          isErased = true;
          return outbox.settle(...args);
        },
      },
    };
    it.email.behave = async () => {
      const [listed] = await touches.list({});
      await reply(it, listed?.touch.id ?? "");
      return { kind: "sent" };
    };
    await it.hand("w", { store }).deliver();
    const [message] = await it.outbox();
    expect(message?.status).toBe("sent");
    expect(JSON.stringify(message)).not.toContain("a0@x.test");
  });

  async function erase(it: Delivery): Promise<void> {
    const how = { reason: "asked for it", suppressAll: false };
    await erasePerson({ ...it.book.context, delivers: true }, { account: "a0", id: "c" }, how);
  }

  /** A person says what became of it while it is on its way. */
  async function reply(it: Delivery, id: string): Promise<void> {
    await completeTouch({ ...it.book.context, delivers: true }, id, { result: "replied", set: {} });
  }

  test("a channel that does not answer is left alone for the rest of the batch", async () => {
    const it = await delivery(30);
    it.sendTimeoutMs = 50;
    let hang = true;
    it.email.behave = () =>
      hang ? new Promise(() => undefined) : Promise.resolve({ kind: "sent" as const });
    await it.hand("w").deliver();
    const statuses = (await it.outbox()).map(({ status, error }) => `${status}: ${error}`);
    expect(new Set(statuses)).toEqual(
      new Set([
        "uncertain: no answer within 0.05 seconds",
        "failed: channel email does not answer",
      ]),
    );
    expect(it.email.handed.length).toBeLessThanOrEqual(20);
    hang = false;
    it.book.now += 10 * MINUTE_MS;
    await it.work();
    const handed = it.email.handed.map(({ account: id }) => id);
    expect(handed).toHaveLength(30);
    expect(new Set(handed).size).toBe(30);
  });

  test("a channel that does not answer is not waited for in the next batch either", async () => {
    const it = await delivery(3);
    it.sendTimeoutMs = 50;
    it.email.behave = () => new Promise(() => undefined);
    const hand = it.hand("w", { batch: 1 });
    await hand.deliver();
    await hand.deliver();
    await hand.deliver();
    expect(it.email.handed).toHaveLength(1);
    it.book.now += 10 * MINUTE_MS;
    it.email.behave = () => ({ kind: "sent" });
    await it.work();
    expect(it.email.handed).toHaveLength(3);
  });

  test("an account whose claim fails keeps no other back, and is tried again later", async () => {
    const it = await delivery(5);
    const { outbox } = it.store;
    let isBroken = true;
    const store: Store = {
      ...it.store,
      outbox: {
        ...outbox,
        claim: (wanted, ...rest) =>
          isBroken && wanted.accounts.some(({ id }) => id === "a2")
            ? Promise.reject(new Error("a2 cannot be claimed"))
            : outbox.claim(wanted, ...rest),
      },
    };
    const hand = it.hand("w", { store });
    await it.work(hand);
    expect(it.email.receivers.toSorted()).toEqual(
      ["a0", "a1", "a3", "a4"].map((id) => `${id}@x.test`),
    );
    expect(await hand.deliver()).toBe(0);
    isBroken = false;
    it.book.now += MINUTE_MS;
    await it.work(hand);
    expect(it.email.receivers).toContain("a2@x.test");
    expect(it.email.receivers).toHaveLength(5);
  });
});
