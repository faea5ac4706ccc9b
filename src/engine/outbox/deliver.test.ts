import { afterEach, describe, expect, test } from "vitest";
import { ENGINES_OF_ENGINE } from "../../store/testing/test-database.ts";
import { openTestStore } from "../../store/testing/test-store.ts";
import { AppError } from "../app-error.ts";
import type { Outgoing, Store } from "../ports.ts";
import { account, contact, GO_LIVE, login } from "../testing/book.ts";
import { replayDead } from "./outbox-actions.ts";
import { Delivery, HOUR_MS, MINUTE_MS } from "./testing/delivery.ts";

describe.each(ENGINES_OF_ENGINE)("delivery on %s", (engine) => {
  const open: Store[] = [];
  afterEach(async () => {
    await Promise.all(open.splice(0).map((store) => store.close()));
  });
  async function delivery(): Promise<Delivery> {
    const store = await openTestStore(engine);
    open.push(store);
    return new Delivery(store);
  }
  const rows = (arr = 10) => ({
    accounts: [account("acme", { name: "Acme", traits: { arr } })],
    contacts: [
      contact("acme", "ann", { email: "ann@acme.test", role: "admin" }),
      contact("acme", "bob", { email: "bob@acme.test", role: "silent" }),
    ],
  });

  test("a mail goes out once, under its own Message-ID, and what came of it is known", async () => {
    const it = await (await delivery()).begin(rows());
    await it.work();
    await it.work();
    expect(it.email.receivers).toEqual(["ann@acme.test"]);
    expect(await it.standing()).toEqual(["welcome | done | delivered"]);
    const [message] = await it.outbox();
    const [touch] = await it.touches();
    expect(message).toMatchObject({
      id: `${touch?.id}.1`,
      status: "sent",
      receiver: "ann@acme.test",
      messageId: `<${touch?.id}.1@acme.test>`,
      message: { subject: "Welcome for Acme" },
    });
    const [stored] = await it.store.accounts.load(["acme"]);
    expect(
      stored?.events.map(({ name }) => name).filter((name) => name.startsWith("touch:")),
    ).toEqual(expect.arrayContaining(["touch:welcome:sending", "touch:welcome:delivered"]));
    expect(stored?.state?.decided?.day).toBe(GO_LIVE);
  });

  test("a temporary failure is tried again later, and in the end given up, until somebody plays it again", async () => {
    const it = await (await delivery()).begin(rows());
    it.email.behave = () => ({ kind: "temporary", error: "451 busy" });
    await it.work();
    expect(await it.standing()).toEqual(["welcome | deferred | 451 busy"]);
    it.book.now += 30_000;
    await it.work();
    expect(it.email.handed).toHaveLength(1);
    for (let turn = 0; turn < 32; turn++) {
      it.book.now += 4 * HOUR_MS;
      await it.work();
    }
    expect(it.email.handed).toHaveLength(10);
    expect(new Set(it.email.handed.map(({ messageId }) => messageId)).size).toBe(10);
    expect(await it.standing()).toEqual([
      "welcome | failed | given up after 10 attempts: 451 busy",
    ]);
    const dead = await it.store.outbox.list({ statuses: ["dead"] }, 10);
    expect(dead).toHaveLength(1);
    it.email.behave = () => ({ kind: "sent" });
    it.book.now += 240 * HOUR_MS;
    expect(await replayDead(it.book.context, [dead[0]?.id ?? ""])).toHaveLength(1);
    await it.work();
    expect(await it.standing()).toEqual(["welcome | done | delivered"]);
  });

  test("a refused address is not written to again, from whatever account", async () => {
    const it = await (await delivery()).begin(rows());
    it.email.behave = () => ({ kind: "permanent", error: "550 no such user", bounced: true });
    await it.work();
    expect(await it.standing()).toEqual(["welcome | failed | bounced | 550 no such user"]);
    it.email.behave = () => ({ kind: "sent" });
    await it.book.import({
      accounts: [account("beta", { traits: { arr: 5 } })],
      contacts: [contact("beta", "ann", { email: "Ann@acme.test", role: "admin" })],
    });
    await it.work();
    expect(it.email.arrived).toEqual([]);
    expect(await it.standing("beta")).toEqual([
      "welcome | cancelled | the address must not be written to: bounced: 550 no such user",
    ]);
  });

  test("an in-app message is done by being stored", async () => {
    const it = await (
      await delivery()
    ).begin({
      accounts: [account("acme", { traits: { arr: 0 } })],
      contacts: [contact("acme", "ann", { userId: "u1" })],
      events: [login("acme", GO_LIVE, { event: "Hint Wanted" })],
    });
    await it.work();
    expect(await it.standing()).toEqual(["hint | done | delivered"]);
    expect(it.inApp.handed).toEqual([]);
    expect(await it.outbox()).toMatchObject([{ status: "sent", userId: "u1", receiver: "u1" }]);
  });

  test("in a dry run everything happens but nothing leaves", async () => {
    const it = await delivery();
    it.settings = { ...it.settings, send: false };
    it.email.missing = "SMTP_URL is not set";
    await it.begin(rows());
    await it.work();
    expect(it.email.handed).toEqual([]);
    expect(await it.standing()).toEqual(["welcome | done | delivered | dry run: nothing was sent"]);
    expect(await it.outbox()).toMatchObject([{ status: "dry_run", sentAt: null }]);
  });

  test("a message file that is wrong shows among the dead, and goes once it is mended", async () => {
    const it = await (await delivery()).begin(rows());
    it.email.rendering = () => {
      throw new AppError("bad-message", "welcome.en.liquid, line 3: no such thing");
    };
    await it.work();
    expect(await it.standing()).toEqual([
      "welcome | failed | welcome.en.liquid, line 3: no such thing",
    ]);
    it.email.rendering = () => undefined;
    const [dead] = await it.outbox();
    expect(await replayDead(it.book.context, [dead?.id ?? ""])).toEqual([dead?.id]);
    await it.work();
    expect(it.email.receivers).toEqual(["ann@acme.test"]);
    expect((await it.outbox()).map(({ status }) => status).toSorted()).toEqual(["failed", "sent"]);
  });

  test("one message that cannot be made keeps no other back", async () => {
    const it = await delivery();
    it.email.rendering = (scene) => {
      if (scene.account.id === "acme") throw new TypeError("undefined is no function");
    };
    const beta = contact("beta", "bea", { email: "bea@beta.test", role: "user" });
    const { accounts, contacts } = rows();
    await it.begin({
      accounts: [...accounts, account("beta", { traits: { arr: 10 } })],
      contacts: [...contacts, beta],
    });
    await it.work();
    expect(it.email.receivers).toEqual(["bea@beta.test"]);
    expect(await it.standing("acme")).toEqual([
      "welcome | failed | the message could not be made: undefined is no function",
    ]);
  });

  test("in a dry run invitations stay inside, too", async () => {
    const it = await delivery();
    it.settings = { ...it.settings, send: false };
    await it.begin(rows());
    await it.work();
    const [mail] = await it.outbox();
    if (!mail) throw new Error("a mail was expected");
    const invitation = { kind: "invitation", touch: null, status: "queued" } as const;
    await it.store.outbox.queue([{ ...mail, ...invitation, id: "t.inv.0" }]);
    await it.hand("w").sendQueued();
    expect(await it.store.outbox.byId("t.inv.0")).toMatchObject({ status: "dry_run" });
    expect(it.email.handed).toEqual([]);
  });

  test("an invitation whose hour has passed while it was held is not sent", async () => {
    const it = await delivery();
    await it.begin(rows());
    await it.work();
    const [mail] = await it.outbox();
    if (!mail) throw new Error("a mail was expected");
    const sent = it.email.handed.length;
    const invitation = (id: string, startsAt: number): Outgoing => ({
      ...mail,
      id,
      kind: "invitation",
      touch: null,
      status: "queued",
      message: { ...mail.message, extra: { calendar: { startsAt } } },
    });
    const { now } = it.book;
    await it.store.outbox.queue([invitation("t.inv.0", now), invitation("t.inv.1", now + 1)]);
    // those of one touch go one after the other
    for (let turn = 0; turn < 2; turn++) await it.hand("w").sendQueued();
    expect(await it.store.outbox.byId("t.inv.0")).toMatchObject({
      status: "failed",
      error: "its hour has passed",
    });
    expect(await it.store.outbox.byId("t.inv.1")).toMatchObject({ status: "sent" });
    expect(it.email.handed).toHaveLength(sent + 1);
  });

  test("a channel that is not set up holds its touches; once it is, they go", async () => {
    const it = await delivery();
    it.email.missing = "SMTP_URL is not set";
    await it.begin(rows());
    await it.work();
    expect(await it.standing()).toEqual(["welcome | deferred | channel not set up"]);
    it.email.missing = null;
    it.book.now += 10 * MINUTE_MS;
    await it.work(it.hand("restarted"));
    expect(await it.standing()).toEqual(["welcome | done | delivered"]);
  });

  test("a human touch passes the caps once a day and is left to people", async () => {
    const it = await (
      await delivery()
    ).begin({
      accounts: [account("acme", { traits: { arr: 0 } })],
      contacts: [],
      events: [login("acme", GO_LIVE, { event: "Call Wanted" })],
    });
    await it.work();
    expect(await it.standing()).toEqual(["call | due"]);
    expect(await it.hand("w").deliver()).toBe(0);
    expect(await it.outbox()).toEqual([]);
  });
});
