import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EMPTY_MESSAGE } from "../../engine/outbox/empty-message.ts";
import type { ChangeMade, Claim, Store } from "../../engine/ports.ts";
import { accountRow, evaluatedNow, moment, touchOf } from "../testing/sample-rows.ts";
import { ENGINES } from "../testing/test-database.ts";
import { openTestStore } from "../testing/test-store.ts";

describe.each(ENGINES)("taking touches back on %s", (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await openTestStore(engine);
    await store.intake.accounts([accountRow("a"), accountRow("b")], moment());
    for (const hash of ["one", "two"]) {
      const model = { name: hash, hash, source: "", messages: {}, by: null, reason: null };
      await store.models.add({ ...model, appliedAt: moment().now });
    }
    for (const id of ["a", "b"]) {
      const mail = touchOf(id, "mail", { status: "due", human: false, channel: "email" });
      const evaluated = await evaluatedNow(store, id, { modelVersion: 2, touches: [mail] });
      await store.accounts.save([evaluated], moment());
    }
  });
  afterAll(() => store.close());

  /** Its message is recorded and about to be handed over. */
  async function claim(id: string): Promise<void> {
    const [account] = await store.accounts.load([id]);
    const [touch] = account?.touches ?? [];
    if (!account || !touch) throw new Error(`${id} has no touch`);
    const { key } = touch;
    const receiver = `${id}@x.test`;
    const sent = { channel: "email", human: false, occurrence: "1", day: moment().today };
    const one: Claim = {
      account: id,
      key,
      touch: { ...touch, status: "sending" },
      events: [],
      outgoing: {
        id: `${touch.id}.1`,
        account: id,
        kind: "touch",
        touch: key,
        touchId: touch.id,
        touchpoint: touch.touchpoint,
        program: touch.program,
        attempt: 1,
        channel: "email",
        contact: null,
        userId: null,
        receiver,
        countedAs: receiver,
        status: "sending",
        messageId: null,
        message: EMPTY_MESSAGE,
        error: null,
        madeAt: moment().now,
        tryAt: null,
        sentAt: null,
        settledAt: null,
        worker: "w",
        leaseUntil: moment().now + 60_000,
      },
      tryAt: null,
      passedOn: null,
      attempts: 1,
      use: { ...sent, receiver, account: id, touch: key } as Claim["use"],
      notices: [],
    };
    const wanted = { receivers: [receiver], addresses: [], since: 0 };
    const accounts = [{ id, loaded: account.loaded }];
    await store.outbox.claim({ ...wanted, accounts }, () => [one], moment());
  }

  async function goBack(): Promise<ChangeMade> {
    const staging = await store.changes.begin(moment().now);
    for (const id of ["a", "b"]) {
      const evaluated = await evaluatedNow(store, id, { modelVersion: 1 });
      const undo = { touches: [`${id}/mail`], events: [], pending: [], foundAt: null };
      await store.changes.stage(staging, [{ evaluated, undo }]);
    }
    const { seq } = await store.changes.head();
    const said = { by: null, reason: null, existing: "all", details: {} } as const;
    const change = { ...said, seq, goal: { kind: "rollback", version: 1 } } as const;
    return store.changes.make(staging, change, moment());
  }

  const hand = (id: string) =>
    store.outbox.hand(
      [{ account: id, id: `t-${id}-mail.1`, receiver: `${id}@x.test` }],
      "w",
      moment().now,
    );

  test("a message that has been handed over stops it, and nothing is changed", async () => {
    await claim("a");
    await claim("b");
    expect(await hand("a")).toEqual(["t-a-mail.1"]);
    expect(await goBack()).toEqual({ kind: "raced", ids: ["a"] });
    expect((await store.models.live())?.version).toBe(2);
    expect((await store.outbox.list({}, 9)).length).toBe(2);
  });

  test("a message that still waits is withdrawn with its touch, and cannot be handed over any more", async () => {
    const staging = await store.changes.begin(moment().now);
    for (const id of ["a", "b"]) {
      const evaluated = await evaluatedNow(store, id, { modelVersion: 1 });
      const touches = id === "b" ? ["b/mail"] : [];
      const undo = { touches, events: [], pending: [], foundAt: null };
      await store.changes.stage(staging, [{ evaluated, undo }]);
    }
    const { seq } = await store.changes.head();
    const said = { by: "ann", reason: "no", existing: "all", details: {} } as const;
    const change = { ...said, seq, goal: { kind: "rollback", version: 1 } } as const;
    expect(await store.changes.make(staging, change, moment())).toEqual({ kind: "made" });
    expect((await store.models.live())?.version).toBe(1);
    const touchesOf = async (id: string) => (await store.accounts.load([id]))[0]?.touches.length;
    expect([await touchesOf("a"), await touchesOf("b")]).toEqual([1, 0]);
    expect((await store.outbox.list({}, 9)).map(({ account }) => account)).toEqual(["a"]);
    expect(await hand("b")).toEqual([]);
    expect(await store.changes.make(staging, change, moment())).toEqual({ kind: "overtaken" });
    const [entry] = await store.audit.list({ limit: 1 });
    expect(entry).toMatchObject({ what: "model rolled back", by: "ann", reason: "no" });
  });
});
