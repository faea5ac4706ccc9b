import { afterEach, describe, expect, test } from "vitest";
import { ENGINES } from "../../store/testing/test-database.ts";
import { openTestStore } from "../../store/testing/test-store.ts";
import { erasePerson } from "../erase-person.ts";
import type { Outgoing, Store } from "../ports.ts";
import { account, contact, GO_LIVE } from "../testing/book.ts";
import { completeTouch } from "../touch-actions.ts";
import { addressHash } from "./address-hash.ts";
import { listOutbox, oneMessage, settleByEvidence, settleByHand } from "./outbox-actions.ts";
import { WORKER_GONE } from "./settle-job.ts";
import { Delivery, HOUR_MS, MINUTE_MS } from "./testing/delivery.ts";
import { Death, Mortal } from "./testing/mortal.ts";

describe.each(ENGINES)("what nobody is sure of on %s", (engine) => {
  const open: Store[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((store) => store.close()));
  });
  async function delivery(accounts = 1): Promise<Delivery> {
    const store = await openTestStore(engine);
    open.push(store);
    const ids = Array.from({ length: accounts }, (_, index) => `a${index}`);
    return new Delivery(store).begin({
      accounts: ids.map((id) => account(id, { traits: { arr: 10 } })),
      contacts: ids.map((id) => contact(id, "c", { email: `${id}@x.test`, role: "user" })),
    });
  }
  const broken = { kind: "uncertain", error: "the connection broke" } as const;

  test("an attempt of unknown end is shown so, and assumed to be sent after a while", async () => {
    const it = await delivery();
    it.email.behave = () => broken;
    const sentAt = it.book.now;
    await it.work();
    expect(await it.standing()).toEqual(["welcome | uncertain | the connection broke"]);
    it.book.now += HOUR_MS - 1;
    expect(await it.hand("w").settle()).toBe(0);
    it.book.now += 1;
    expect(await it.hand("w").settle()).toBe(1);
    expect(await it.hand("w").settle()).toBe(0);
    const [touch] = await it.touches();
    expect(touch).toMatchObject({
      status: "done",
      result: "delivered",
      reason: "assumed to be sent: the connection broke",
      doneAt: sentAt,
    });
    await it.work();
    expect(it.email.handed).toHaveLength(1);
  });

  test("evidence settles it earlier: it was opened, or it came back", async () => {
    const it = await delivery(2);
    it.email.behave = () => broken;
    await it.work();
    const [one, two] = await it.outbox();
    if (!one || !two) throw new Error("two mails were expected");
    expect(await settleByEvidence(it.book.context, { id: one.id }, { kind: "reached" })).toEqual([
      one.id,
    ]);
    expect(
      await settleByEvidence(
        it.book.context,
        { messageId: two.messageId ?? "" },
        { kind: "bounced", error: "550 gone" },
      ),
    ).toEqual([two.id]);
    expect(await settleByEvidence(it.book.context, { id: one.id }, { kind: "reached" })).toEqual(
      [],
    );
    expect(await it.standing(one.account)).toEqual(["welcome | done | delivered"]);
    expect(await it.standing(two.account)).toEqual(["welcome | failed | bounced | 550 gone"]);
  });

  test("a person settles one by hand, which is logged; only one of unknown end", async () => {
    const it = await delivery();
    it.email.behave = () => broken;
    await it.work();
    const [message] = await it.outbox();
    const id = message?.id ?? "";
    await settleByHand(it.book.context, id, "not_sent");
    expect(await it.standing()).toEqual(["welcome | failed | settled by hand: it was not sent"]);
    await expect(settleByHand(it.book.context, id, "sent")).rejects.toMatchObject({
      code: "wrong-status",
    });
    await expect(settleByHand(it.book.context, "nobody.1", "sent")).rejects.toMatchObject({
      code: "unknown-message",
    });
    const [entry] = await it.store.audit.list({ limit: 1 });
    expect(entry).toMatchObject({
      what: "message settled: not sent",
      by: "tester",
      details: { message: id },
    });
  });

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

  test("what a worker says after it was taken for dead still counts", async () => {
    const it = await delivery();
    it.sendTimeoutMs = 60_000;
    let answer = (): void => undefined;
    it.email.behave = () =>
      new Promise((resolve) => {
        answer = () => resolve({ kind: "temporary", error: "451 later" });
      });
    const slow = it.hand("slow").deliver();
    await expect.poll(() => it.email.handed.length, { timeout: 30_000 }).toBe(1);
    it.book.now += 6 * MINUTE_MS;
    expect(await it.hand("other").settle()).toBe(1);
    expect(await it.standing()).toEqual([
      "welcome | uncertain | the worker went away while it was being sent",
    ]);
    answer();
    await slow;
    expect(await it.standing()).toEqual(["welcome | deferred | 451 later"]);
  });

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

  test.each([
    ["a contact says no", "opted out of email"],
    ["its address must not be written to", "the address must not be written to"],
    ["the account leaves the program", "left welcome"],
    ["the contact's address is gone", "no mail address"],
  ] as const)("between planning and sending %s: it is not sent", async (what, reason) => {
    const it = await delivery();
    const { outbox, persons } = it.store;
    const person = { email: "a0@x.test" };
    const nothing = {
      optOut: [],
      optIn: [],
      traits: {},
      suppress: [],
      lift: [],
      audit: null,
    };
    const moment = { now: it.book.now, today: GO_LIVE };
    const happen = async (): Promise<void> => {
      if (what === "a contact says no")
        await persons.change(person, { ...nothing, optOut: ["email"] }, moment);
      else if (what === "the account leaves the program")
        await it.book.import({ accounts: [account("a0", { traits: { arr: 0 } })] });
      else if (what === "the contact's address is gone")
        await it.book.import({ contacts: [contact("a0", "c", { email: null })] });
      else {
        const suppressed = { address: addressHash("a0@x.test"), channel: "all", reason: "asked" };
        await persons.change(person, { ...nothing, suppress: [suppressed] }, moment);
      }
    };
    const store: Store = {
      ...it.store,
      outbox: {
        ...outbox,
        claim: async (...args) => {
          await happen();
          return outbox.claim(...args);
        },
      },
    };
    await it.hand("w", { store }).deliver();
    expect(it.email.handed).toEqual([]);
    await it.work();
    expect(it.email.handed).toEqual([]);
    const [standing = ""] = await it.standing();
    expect(standing).toContain(`welcome | cancelled | ${reason}`);
  });

  test("an invitation goes before its withdrawal, however long it takes", async () => {
    const it = await delivery();
    const message = (kind: "invitation" | "withdrawal", sequence: number): Outgoing => ({
      id: `touch7.${kind.slice(0, 3)}.${sequence}`,
      account: "a0",
      kind,
      touch: null,
      touchId: "touch7",
      touchpoint: "call",
      program: null,
      attempt: 1,
      channel: "email",
      contact: "c",
      userId: null,
      receiver: "a0@x.test",
      countedAs: null,
      status: "queued",
      messageId: `<touch7.${sequence}@acme.test>`,
      message: {
        subject: kind,
        text: "",
        html: "",
        preheader: null,
        locale: null,
        links: [],
        extra: {},
      },
      error: null,
      madeAt: it.book.now + sequence,
      tryAt: null,
      sentAt: null,
      settledAt: null,
      worker: null,
      leaseUntil: null,
    });
    const both = [message("invitation", 0), message("withdrawal", 1)];
    await it.store.outbox.queue(both);
    await it.store.outbox.queue(both);
    it.email.behave = () => ({ kind: "temporary", error: "451 busy" });
    const hand = it.hand("w");
    expect(await hand.sendQueued()).toBe(1);
    expect(await hand.sendQueued()).toBe(0);
    it.email.behave = ({ kind }) => (kind === "invitation" ? broken : { kind: "sent" });
    it.book.now += 5 * MINUTE_MS;
    expect(await hand.sendQueued()).toBe(1);
    expect(await hand.sendQueued()).toBe(0);
    it.book.now += 2 * HOUR_MS;
    expect(await hand.settle()).toBe(1);
    expect(await hand.sendQueued()).toBe(1);
    expect(it.email.handed.map(({ kind }) => kind)).toEqual([
      "invitation",
      "invitation",
      "withdrawal",
    ]);
    expect((await it.outbox()).map(({ id, status }) => [id, status])).toEqual([
      ["touch7.wit.1", "sent"],
      ["touch7.inv.0", "sent"],
    ]);
  });

  test("the outbox is read a page at a time, newest first", async () => {
    const it = await delivery(7);
    await it.work();
    const seen: string[] = [];
    let page = await listOutbox(it.book.context, { channel: "email" }, 3);
    for (;;) {
      seen.push(...page.messages.map(({ id }) => id));
      if (!page.next) break;
      page = await listOutbox(it.book.context, { channel: "email" }, 3, page.next);
    }
    expect(seen).toEqual((await it.outbox()).map(({ id }) => id));
    expect(new Set(seen).size).toBe(7);
    const filters = [{ account: "a3" }, { statuses: ["dead" as const] }, { touchId: "none" }];
    const counts = filters.map(async (filter) => {
      const { messages } = await listOutbox(it.book.context, filter, 10);
      return messages.length;
    });
    expect(await Promise.all(counts)).toEqual([1, 0, 0]);
    expect(await oneMessage(it.book.context, seen[0] ?? "")).toMatchObject({ status: "sent" });
  });
});
