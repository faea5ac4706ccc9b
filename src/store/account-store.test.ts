import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NEW_ACCOUNT } from "../core/account/state.ts";
import type { Store } from "../engine/ports.ts";
import { bucketOf } from "./bucket.ts";
import {
  accountRow,
  contactRow,
  decided,
  decisionOf,
  evaluated,
  evaluatedNow,
  eventRow,
  moment,
  TODAY,
  touchOf,
} from "./testing/sample-rows.ts";
import { ENGINES } from "./testing/test-database.ts";
import { openTestStore } from "./testing/test-store.ts";

describe.each(ENGINES)("on %s", (engine) => {
  let store: Store;
  let last = 0;
  beforeAll(async () => {
    store = await openTestStore(engine);
  });
  afterAll(() => store.close());
  async function newAccount(): Promise<string> {
    const id = `acc-${++last}`;
    await store.intake.accounts([accountRow(id, { name: `Name ${id}`, owner: "ann" })], moment());
    return id;
  }
  const load = async (id: string) => (await store.accounts.load([id]))[0]!;
  const toDecide = (id: string, day = TODAY) => store.accounts.ids({ ids: [id], toDecideOn: day });
  async function collect<T>(pages: AsyncIterable<readonly T[]>): Promise<T[]> {
    const all: T[] = [];
    for await (const page of pages) all.push(...page);
    return all;
  }

  test("ids come grouped by bucket, those that do not exist are left out", async () => {
    const ids = [await newAccount(), await newAccount(), await newAccount()];
    const found = await store.accounts.ids({ ids: [...ids, "nobody", ids[0]!] });
    expect(found).toEqual(ids.toSorted((a, b) => bucketOf(a) - bucketOf(b) || (a < b ? -1 : 1)));
    expect(await store.accounts.ids({})).toEqual(expect.arrayContaining(ids));
    expect(await store.accounts.ids({ ids: [] })).toEqual([]);
  });

  test("accounts load in the order asked for", async () => {
    const ids = [await newAccount(), await newAccount(), await newAccount()].toReversed();
    const loaded = await store.accounts.load([ids[0]!, "nobody", ids[1]!, ids[2]!]);
    expect(loaded.map(({ id }) => id)).toEqual(ids);
  });

  test("an account is to be decided until it is, after news, and on a later day", async () => {
    const id = await newAccount();
    expect(await toDecide(id)).toEqual([id]);
    await store.accounts.save([await evaluatedNow(store, id)], moment());
    expect(await toDecide(id)).toEqual([]);
    expect(await toDecide(id, TODAY + 1)).toEqual([id]);
    await store.intake.accounts([accountRow(id, { traits: { arr: 5 } })], moment());
    expect(await toDecide(id)).toEqual([id]);
  });

  test("an evaluation is stored whole and comes back as it was", async () => {
    const id = await newAccount();
    const state = { ...NEW_ACCOUNT, serial: 7 };
    const touch = touchOf(id, "1", {
      contact: "a",
      startsAt: moment().now,
      minutes: 7.5,
      minutesSpent: 12,
      status: "done",
      result: "held",
      reason: "because 'of' this",
      note: "n",
      actionItems: [{ text: "call back", owner: "bob", due: TODAY + 3, done: false }],
      doneAt: moment().now + 1,
    });
    const event = {
      id: "ts:1",
      name: "stage:growth:entered",
      at: moment().now,
      user: null,
      properties: { a: 1 },
    };
    await store.accounts.save(
      [evaluated(id, { state, touches: [touch], events: [event] })],
      moment(),
    );
    const stored = await load(id);
    expect(stored.state).toEqual(state);
    expect(stored.decidedOn).toBe(TODAY);
    expect(stored.touches).toEqual([touch]);
    expect(stored.events).toEqual([
      expect.objectContaining({ ...event, engine: true, pending: false }),
    ]);
    const changed = { ...touch, status: "skipped" as const, note: null, actionItems: [] };
    await store.accounts.save(
      [await evaluatedNow(store, id, { touches: [changed], events: [event] })],
      moment(),
    );
    expect((await load(id)).touches).toEqual([changed]);
    expect((await load(id)).events).toHaveLength(1);
  });

  test("a batch is all or nothing", async () => {
    const id = await newAccount();
    const touches = [touchOf(id, "1")];
    const bad = touchOf(id, "2", { occurrence: 0.5 });
    await expect(
      store.accounts.save([evaluated(id, { touches: [...touches, bad] })], moment()),
    ).rejects.toThrow(/integer/);
    expect(await load(id)).toMatchObject({ state: null, touches: [] });
  });

  test("what was worked out from an older state is not stored; the rest of the batch is", async () => {
    const [id, other] = [await newAccount(), await newAccount()];
    const late = await evaluatedNow(store, id, { touches: [touchOf(id, "late")] });
    const first = await evaluatedNow(store, id, { touches: [touchOf(id, "first")] });
    expect(await store.accounts.save([first], moment())).toEqual({
      raced: [],
      stateRevs: new Map([[id, 1]]),
    });
    const batch = [late, await evaluatedNow(store, other), evaluated("nobody")];
    expect(await store.accounts.save(batch, moment())).toEqual({
      raced: [id, "nobody"],
      stateRevs: new Map([[other, 1]]),
    });
    expect((await load(id)).touches.map(({ key }) => key)).toEqual([`${id}/first`]);
    expect((await load(other)).decidedOn).toBe(TODAY);
  });

  test("what arrives between loading and saving stays news", async () => {
    const id = await newAccount();
    const { loaded } = await load(id);
    await store.intake.accounts([accountRow(id, { traits: { arr: 1 } })], moment());
    await store.accounts.save([evaluated(id, { loaded })], moment());
    expect(await toDecide(id)).toEqual([id]);
    await store.accounts.save([await evaluatedNow(store, id)], moment());
    expect(await toDecide(id)).toEqual([]);
  });

  test("traits, contacts and known fields that change are facts that changed; events are news only", async () => {
    const id = await newAccount();
    const marks = async () => {
      const { factsRev, news, stateRev } = (await load(id)).loaded;
      return { factsRev, news, stateRev };
    };
    const before = await marks();
    await store.intake.events([eventRow(id, `${id} 1`)], moment());
    expect(await marks()).toEqual({ ...before, news: before.news + 1 });
    await store.intake.contacts([contactRow(id, "c")], moment());
    await store.intake.accounts([accountRow(id, { owner: "bob" })], moment());
    await store.intake.accounts([accountRow(id, { traits: { arr: 2 } })], moment());
    await store.intake.accounts([accountRow(id, { traits: { arr: 2 } })], moment());
    expect(await marks()).toEqual({
      ...before,
      news: before.news + 4,
      factsRev: before.factsRev + 3,
    });
  });

  test("an event that arrives while an account is decided for the first time is pending after", async () => {
    const id = await newAccount();
    await store.intake.events([eventRow(id, "known")], moment());
    const { loaded } = await load(id);
    await store.intake.events([eventRow(id, "late")], moment());
    await store.accounts.save(
      [
        evaluated(id, {
          loaded,
          events: [{ id: "ts:0", name: "level:low:entered", at: 1, user: null, properties: {} }],
        }),
      ],
      moment(),
    );
    const { events } = await load(id);
    expect(events.filter(({ pending }) => pending).map((event) => event.id)).toEqual(["late"]);
    expect(await toDecide(id)).toEqual([id]);
  });

  test("what a person changed of the state marks the account, and is on record", async () => {
    const id = await newAccount();
    await store.accounts.save([await evaluatedNow(store, id)], moment());
    const { stateRev } = (await load(id)).loaded;
    const state = {
      ...NEW_ACCOUNT,
      pin: { level: "high", until: null, reason: "asked", by: "ann" },
    };
    const audit = { by: "ann", what: "pinned", account: id, reason: "asked", details: {} };
    const change = { state, stateRev, audit };
    expect(await store.accounts.putState(id, change, moment())).toBe(true);
    expect((await load(id)).state).toEqual(state);
    expect(await toDecide(id)).toEqual([id]);
    expect(await collect(store.decisions.current([id]))).toHaveLength(1);
    // worked out from the state before: it would take the pin away
    const late = { ...change, state: NEW_ACCOUNT };
    expect(await store.accounts.putState(id, late, moment())).toBe(false);
    expect((await load(id)).state).toEqual(state);
    expect(await store.audit.list({ account: id, limit: 9 })).toHaveLength(1);
    await expect(store.accounts.putState("nobody", change, moment())).rejects.toThrow(/nobody/);
  });

  test("accounts with very many events are read in pieces, none lost", async () => {
    const ids = [await newAccount(), await newAccount(), await newAccount()];
    const [many = "", few = ""] = ids;
    const rows = Array.from({ length: 24_000 }, (_, i) =>
      eventRow(i % 4 === 0 ? few : many, `m${i}`, { at: i }),
    );
    await store.intake.events(rows, moment());
    const loaded = await store.accounts.load(ids);
    expect(loaded.map(({ events }) => events.length)).toEqual([18_000, 6000, 0]);
    expect(loaded[1]!.events.map(({ at }) => at)).toEqual(
      rows.filter(({ accountId }) => accountId === few).map(({ at }) => at),
    );
  });

  test("only who was decided that day by that model, with nothing new since, is told by facts", async () => {
    const ids = [await newAccount(), await newAccount(), await newAccount(), await newAccount()];
    const [still = "", moved = "", never = "", earlier = ""] = ids;
    await store.intake.events([eventRow(still, "m1"), eventRow(moved, "m2")], moment());
    const evaluations = [
      await evaluatedNow(store, still),
      await evaluatedNow(store, moved),
      await evaluatedNow(store, earlier, { day: TODAY - 1 }),
    ];
    await store.accounts.save(evaluations, moment());
    await store.intake.events([eventRow(moved, "m3")], moment());
    const asked = [never, moved, earlier, still];
    const told = async (day: number, modelVersion: number) =>
      (await store.accounts.load(asked, { day, modelVersion })).map(({ id, facts, events }) => [
        id,
        facts,
        events.length,
      ]);
    const whole = [
      [never, undefined, 0],
      [moved, undefined, 2],
      [earlier, undefined, 0],
    ];
    expect(await told(TODAY, 1)).toEqual([...whole, [still, [1, 12_000.5, "pro", null], 0]]);
    expect(await told(TODAY, 2)).toEqual([...whole, [still, undefined, 1]]);
    expect(await told(TODAY + 1, 1)).toEqual([...whole, [still, undefined, 1]]);
  });

  test("accounts are found by how ids begin and by parts of names", async () => {
    await store.intake.accounts(
      [
        accountRow("Umbrella-1", { name: "Corp" }),
        accountRow("x9", { name: "The UMBRELLA Group" }),
      ],
      moment(),
    );
    expect(await store.accounts.find("umb")).toEqual([
      { id: "Umbrella-1", name: "Corp" },
      { id: "x9", name: "The UMBRELLA Group" },
    ]);
    expect(await store.accounts.find("100%_")).toEqual([]);
  });

  test("what data there is", async () => {
    const other = await openTestStore(engine);
    await other.intake.accounts(
      [
        accountRow("a", { traits: { arr: 1 } }),
        accountRow("b", { traits: { arr: 2, plan: "pro" } }),
      ],
      moment(),
    );
    await other.intake.contacts([contactRow("a", "c", { traits: { mood: "good" } })], moment());
    await other.intake.events(
      [
        eventRow("a", "1", { properties: { z: 1, y: 2 } }),
        eventRow("b", "2", { at: 5, properties: { x: 1 } }),
        eventRow("b", "3", { event: "Other" }),
      ],
      moment(),
    );
    expect(await other.accounts.traitNames()).toEqual([
      { trait: "arr", accounts: 2, newest: TODAY },
      { trait: "plan", accounts: 1, newest: TODAY },
    ]);
    expect(await other.accounts.contactTraitNames()).toEqual([{ trait: "mood", contacts: 1 }]);
    expect(await other.accounts.eventNames()).toEqual([
      {
        name: "Logged In",
        events: 2,
        accounts: 2,
        newest: moment().now,
        properties: ["x", "y", "z"],
      },
      { name: "Other", events: 1, accounts: 1, newest: moment().now, properties: [] },
    ]);
    expect(await other.accounts.counts()).toEqual({
      accounts: 2,
      contacts: 1,
      events: 3,
      touches: 0,
      decisions: 0,
    });
    expect(await other.accounts.count()).toBe(2);
    await other.close();
  });

  describe("decisions", () => {
    test("current ones are of decided, open accounts, their keys in the order written", async () => {
      const [open, closed, fresh] = [await newAccount(), await newAccount(), await newAccount()];
      await store.accounts.save([evaluated(open), evaluated(closed, { decision: null })], moment());
      const found = await collect(store.decisions.current([open, closed, fresh, "nobody"]));
      expect(found).toEqual([
        { id: open, name: `Name ${open}`, owner: "ann", decision: decisionOf(open, "low") },
      ]);
      expect(Object.keys(found[0]!.decision.facts)).toEqual(["zeal", "arr", "plan", "nps"]);
    });

    test("all current ones come page by page in the order of ids", async () => {
      const other = await openTestStore(engine);
      const rows = Array.from({ length: 1100 }, (_, i) => accountRow(`a${i}`));
      await other.intake.accounts(rows, moment());
      await other.accounts.save(
        rows.map(({ accountId }) => evaluated(accountId)),
        moment(),
      );
      const found = await collect(other.decisions.current());
      expect(found.map(({ id }) => id)).toEqual(await other.accounts.ids({}));
      await other.close();
    });

    test("the one of a past day is the newest made until then", async () => {
      const id = await newAccount();
      const history = [
        decided(id, "low", TODAY - 10),
        decided(id, "high", TODAY - 5),
        decided(id, "medium", TODAY - 5),
      ];
      await store.accounts.save([evaluated(id, { history })], moment());
      expect((await store.decisions.on([id], TODAY - 11)).size).toBe(0);
      expect(await store.decisions.on([id], TODAY - 6)).toEqual(new Map([[id, history[0]]]));
      expect(await store.decisions.on([id], TODAY)).toEqual(new Map([[id, history[2]]]));
      expect(await store.decisions.history(id, 2)).toEqual([history[2], history[1]]);
    });

    test("moves are changes of level or stage since a day, with the decision before", async () => {
      const other = await openTestStore(engine);
      await other.intake.accounts([accountRow("a", { name: "A" }), accountRow("b")], moment());
      const history = [
        decided("a", "low", TODAY - 40),
        decided("a", "high", TODAY - 35),
        decided("a", "high", TODAY - 20),
        decided("a", "low", TODAY - 10),
        decided("a", "low", TODAY - 10, "renewal"),
      ];
      await other.accounts.save(
        [
          evaluated("a", { history }),
          evaluated("b", { history: [decided("b", "low", TODAY - 3)] }),
        ],
        moment(),
      );
      expect(await collect(other.decisions.moves(TODAY - 30))).toEqual([
        { before: history[2], after: history[3], name: "A" },
        { before: history[3], after: history[4], name: "A" },
      ]);
      expect(await collect(other.decisions.moves(TODAY - 9))).toEqual([]);
      await other.close();
    });
  });
});
