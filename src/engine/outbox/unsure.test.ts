import { afterEach, describe, expect, test } from "vitest";
import { ENGINES_OF_ENGINE } from "../../store/testing/test-database.ts";
import { openTestStore } from "../../store/testing/test-store.ts";
import type { Outgoing, Store } from "../ports.ts";
import { account, contact, GO_LIVE } from "../testing/book.ts";
import { addressHash } from "./address-hash.ts";
import { listOutbox, oneMessage, settleByEvidence, settleByHand } from "./outbox-actions.ts";
import { Delivery, HOUR_MS, MINUTE_MS } from "./testing/delivery.ts";

describe.each(ENGINES_OF_ENGINE)("what nobody is sure of on %s", (engine) => {
  const open: Store[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((store) => store.close()));
  });
  async function delivery(accounts = 1): Promise<Delivery> {
    const store = await openTestStore(engine);
    open.push(store);
    return new Delivery(store).beginWith(accounts);
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
