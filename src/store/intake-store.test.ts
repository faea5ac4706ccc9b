import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Store } from "../engine/ports.ts";
import {
  accountRow,
  contactRow,
  evaluatedNow,
  eventRow,
  moment,
  TODAY,
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
  const newId = (): string => `acc-${++last}`;
  const load = async (id: string) => (await store.accounts.load([id]))[0]!;
  const traitsOf = async (id: string) =>
    (await load(id)).traits.map(({ trait, value, from }) => [trait, value, from - TODAY]);
  const isToDecide = async (id: string) =>
    (await store.accounts.ids({ ids: [id], toDecideOn: TODAY })).length === 1;

  describe("accounts", () => {
    test("the first row makes the account, and its traits count since it was created", async () => {
      const id = newId();
      const row = accountRow(id, {
        name: "Acme",
        owner: "ann",
        createdAt: TODAY - 400,
        timezone: "Europe/Paris",
        traits: { arr: 12_000, plan: "pro", live: true, nothing: null },
      });
      expect(await store.intake.accounts([row], moment())).toEqual({
        written: 1,
        unchanged: 0,
        refused: [],
      });
      expect(await load(id)).toEqual({
        id,
        name: "Acme",
        owner: "ann",
        createdAt: TODAY - 400,
        timezone: "Europe/Paris",
        firstSeen: TODAY,
        firstSeenAt: moment().now,
        loaded: { stateRev: 0, factsRev: 1, news: 1, lastSeq: 0 },
        state: null,
        decidedOn: null,
        decidedNews: 0,
        decidedModel: null,
        byHand: false,
        traits: ["arr", "live", "plan"].map((trait) => ({
          trait,
          value: row.traits[trait],
          from: TODAY - 400,
          arrived: moment().now,
        })),
        contacts: [],
        contactTraits: [],
        events: [],
        touches: [],
      });
    });

    test("the same batch again changes nothing", async () => {
      const id = newId();
      const rows = [
        accountRow(id, {
          name: "Acme",
          createdAt: TODAY - 9,
          closedAt: TODAY - 1,
          asOf: TODAY - 5,
          traits: { arr: 1 },
          outcome: { churned: true },
        }),
        accountRow(id, { asOf: TODAY - 2, traits: { arr: 2 } }),
        accountRow(id, { traits: { plan: "pro" } }),
      ];
      await store.intake.accounts(rows, moment());
      const before = await load(id);
      await store.accounts.save([await evaluatedNow(store, id)], moment());
      expect(await store.intake.accounts(rows, moment(TODAY, 10))).toEqual({
        written: 0,
        unchanged: 3,
        refused: [],
      });
      expect((await load(id)).traits).toEqual(before.traits);
      expect(await isToDecide(id)).toBe(false);
    });

    test("a later value counts from its arrival, an equal one is no news, null clears", async () => {
      const id = newId();
      const put = (day: number, traits: { arr: number | null }) =>
        store.intake.accounts([accountRow(id, { traits })], moment(day));
      await put(TODAY - 20, { arr: 5 });
      expect(await put(TODAY - 10, { arr: 7 })).toMatchObject({ written: 1 });
      expect(await put(TODAY - 9, { arr: 7 })).toMatchObject({ written: 0, unchanged: 1 });
      expect(await put(TODAY - 5, { arr: null })).toMatchObject({ written: 1 });
      expect(await put(TODAY - 4, { arr: null })).toMatchObject({ written: 0 });
      expect(await traitsOf(id)).toEqual([
        ["arr", 5, -20],
        ["arr", 7, -10],
        ["arr", null, -5],
      ]);
    });

    test("rows as of a day make a history in whatever order they come, the later of two for a day stays", async () => {
      const id = newId();
      await store.intake.accounts(
        [-10, -30, -20].map((ago) => accountRow(id, { asOf: TODAY + ago, traits: { arr: ago } })),
        moment(),
      );
      await store.intake.accounts(
        [1, 2].map((arr) => accountRow(id, { asOf: TODAY - 20, traits: { arr } })),
        moment(),
      );
      expect(await traitsOf(id)).toEqual([
        ["arr", -30, -30],
        ["arr", 2, -20],
        ["arr", -10, -10],
      ]);
    });

    test("a day's value that repeats the one before is kept, since an earlier one may still come between", async () => {
      const id = newId();
      for (const [ago, arr] of [
        [10, 1],
        [5, 1],
        [7, 2],
      ] as const) {
        await store.intake.accounts(
          [accountRow(id, { asOf: TODAY - ago, traits: { arr } })],
          moment(),
        );
      }
      expect(await traitsOf(id)).toEqual([
        ["arr", 1, -10],
        ["arr", 2, -7],
        ["arr", 1, -5],
      ]);
    });

    test("known columns are those of the newest row; undefined says nothing, null clears", async () => {
      const id = newId();
      await store.intake.accounts(
        [
          accountRow(id, { asOf: TODAY - 5, name: "New", owner: "bob" }),
          accountRow(id, { asOf: TODAY - 50, name: "Old", owner: "ann" }),
        ],
        moment(),
      );
      expect(await load(id)).toMatchObject({ name: "New", owner: "bob" });
      await store.intake.accounts([accountRow(id, { owner: null })], moment());
      expect(await load(id)).toMatchObject({ name: "New", owner: null });
    });

    test("closing is a trait, cleared by null", async () => {
      const id = newId();
      await store.intake.accounts(
        [accountRow(id, { createdAt: TODAY - 9, closedAt: TODAY - 1 })],
        moment(),
      );
      await store.intake.accounts([accountRow(id, { closedAt: null })], moment());
      expect(await traitsOf(id)).toEqual([
        ["closed_at", "2026-03-01", -9],
        ["closed_at", null, 0],
      ]);
    });

    test("outcomes are kept apart from traits", async () => {
      const id = newId();
      await store.intake.accounts(
        [accountRow(id, { traits: { arr: 1 }, outcome: { churned: true } })],
        moment(),
      );
      expect(await traitsOf(id)).toEqual([["arr", 1, 0]]);
      expect(await store.accounts.traitNames()).not.toContainEqual(
        expect.objectContaining({ trait: "churned" }),
      );
    });

    test("odd names and values arrive as they are", async () => {
      const id = "__proto__ 'quote\" 日本 😀";
      const traits = { constructor: "a", "x,y\n": "b\\", long: "y".repeat(100_000) };
      await store.intake.accounts([accountRow(id, { traits })], moment());
      const stored = await load(id);
      expect(Object.fromEntries(stored.traits.map(({ trait, value }) => [trait, value]))).toEqual(
        traits,
      );
    });

    test("a large batch goes in at once", async () => {
      const rows = Array.from({ length: 3000 }, (_, i) =>
        accountRow(`many-${i}`, { name: `N${i}`, traits: { i } }),
      );
      expect(await store.intake.accounts(rows, moment())).toMatchObject({ written: 3000 });
      expect(await store.intake.accounts(rows, moment())).toMatchObject({
        written: 0,
        unchanged: 3000,
      });
    });
  });

  describe("contacts", () => {
    test("those that come with the account are known since it was created, later ones from then", async () => {
      const id = newId();
      await store.intake.accounts([accountRow(id, { createdAt: TODAY - 100 })], moment());
      await store.intake.contacts(
        [
          contactRow(id, "a", { email: " Ann@Acme.TEST ", role: "admin" }),
          contactRow(id, "b", { createdAt: TODAY - 50 }),
        ],
        moment(),
      );
      await store.intake.contacts(
        [contactRow(id, "c", { createdAt: TODAY - 60 })],
        moment(TODAY + 1),
      );
      const { contacts } = await load(id);
      expect(contacts.map((one) => [one.id, one.from - TODAY, one.createdAt])).toEqual([
        ["a", -100, null],
        ["b", -50, TODAY - 50],
        ["c", 1, TODAY - 60],
      ]);
      expect(contacts[0]).toMatchObject({
        email: "ann@acme.test",
        role: "admin",
        user: "a",
        optOuts: [],
      });
    });

    test("known fields and traits keep their history, and the same again is unchanged", async () => {
      const id = newId();
      await store.intake.accounts([accountRow(id)], moment(TODAY - 10));
      const first = [contactRow(id, "a", { role: "user", traits: { mood: "good" } })];
      await store.intake.contacts(first, moment(TODAY - 10));
      expect(await store.intake.contacts(first, moment(TODAY - 9))).toMatchObject({
        written: 0,
        unchanged: 1,
      });
      expect(
        await store.intake.contacts([contactRow(id, "a", { role: "admin" })], moment()),
      ).toMatchObject({ written: 1 });
      const { contacts, contactTraits } = await load(id);
      expect(contacts[0]).toMatchObject({ role: "admin" });
      expect(
        contactTraits.map((one) => [one.contact, one.trait, one.value, one.from - TODAY]),
      ).toEqual([
        ["a", "mood", "good", -10],
        ["a", "role", "user", -10],
        ["a", "role", "admin", 0],
      ]);
    });

    test("a contact is told apart by its account, and one of no account is refused", async () => {
      const [one, other] = [newId(), newId()];
      await store.intake.accounts([accountRow(one), accountRow(other)], moment());
      const rows = [
        contactRow(one, "x", { name: "One" }),
        contactRow("nobody", "x"),
        contactRow(other, "x", { name: "Other" }),
      ];
      expect(await store.intake.contacts(rows, moment())).toEqual({
        written: 2,
        unchanged: 0,
        refused: [{ index: 1, reason: "there is no account nobody" }],
      });
      expect((await load(other)).contacts[0]).toMatchObject({ name: "Other" });
    });

    test("a contact's news is its account's", async () => {
      const id = newId();
      await store.intake.accounts([accountRow(id)], moment());
      await store.accounts.save([await evaluatedNow(store, id)], moment());
      expect(await isToDecide(id)).toBe(false);
      await store.intake.contacts([contactRow(id, "a")], moment());
      expect(await isToDecide(id)).toBe(true);
    });
  });

  describe("events", () => {
    test("come back by time, then arrival", async () => {
      const id = newId();
      await store.intake.accounts([accountRow(id)], moment());
      const { now } = moment();
      const rows = [
        eventRow(id, "m3", {
          at: now + 5,
          properties: { feature: "search", n: 1.5, ok: true, none: null },
        }),
        eventRow(id, "m1", { at: now, userId: null, event: "Zoomed" }),
        eventRow(id, "m0", { at: now, event: "Arrived" }),
      ];
      expect(await store.intake.events(rows, moment())).toEqual({
        written: 3,
        unchanged: 0,
        refused: [],
      });
      const { events } = await load(id);
      expect(events.map((one) => one.id)).toEqual(["m1", "m0", "m3"]);
      expect(events[2]).toMatchObject({
        name: "Logged In",
        at: now + 5,
        user: "u1",
        properties: rows[0]!.properties,
        engine: false,
        pending: false,
      });
      expect(events[0]).toMatchObject({ user: null });
    });

    test("an id counts once for ever; the same again is unchanged, other content is refused", async () => {
      const id = newId();
      await store.intake.accounts([accountRow(id)], moment());
      const event = eventRow(id, "m", { properties: { n: 1 }, outcome: { late: true } });
      expect(await store.intake.events([event, event], moment())).toMatchObject({
        written: 1,
        unchanged: 1,
      });
      expect(await store.intake.events([event], moment(TODAY + 400))).toMatchObject({
        written: 0,
        unchanged: 1,
      });
      const others = [
        { properties: { n: 2 } },
        { at: event.at + 1 },
        { userId: null },
        { event: "Other" },
        { outcome: {} },
      ];
      const result = await store.intake.events(
        others.map((change) => ({ ...event, ...change })),
        moment(),
      );
      expect(result).toMatchObject({ written: 0, unchanged: 0 });
      expect(result.refused).toHaveLength(5);
      expect(result.refused[0]).toEqual({
        index: 0,
        reason: "the event id m was used before for another event",
      });
      const twice = [eventRow(id, "k"), eventRow(id, "k", { event: "Other" })];
      expect(await store.intake.events(twice, moment())).toMatchObject({
        written: 1,
        refused: [{ index: 1 }],
      });
      expect((await load(id)).events).toHaveLength(2);
    });

    test("those of no account are refused, the rest goes in", async () => {
      const id = newId();
      await store.intake.accounts([accountRow(id)], moment());
      expect(
        await store.intake.events([eventRow("nobody", "m"), eventRow(id, "m")], moment()),
      ).toEqual({
        written: 1,
        unchanged: 0,
        refused: [{ index: 0, reason: "there is no account nobody" }],
      });
    });

    test("are pending when they come after an evaluation, until one took notice", async () => {
      const id = newId();
      await store.intake.accounts([accountRow(id)], moment());
      await store.intake.events([eventRow(id, "before")], moment());
      await load(id);
      await store.accounts.save([await evaluatedNow(store, id)], moment());
      await store.intake.events([eventRow(id, "after"), eventRow(id, "tomorrow")], moment());
      const pending = async () =>
        (await load(id)).events.filter((one) => one.pending).map((one) => one.id);
      expect(await pending()).toEqual(["after", "tomorrow"]);
      expect(await isToDecide(id)).toBe(true);
      await store.accounts.save([await evaluatedNow(store, id, { handled: ["after"] })], moment());
      expect(await pending()).toEqual(["tomorrow"]);
      expect(await isToDecide(id)).toBe(false);
    });
  });

  test("what a source left is remembered", async () => {
    expect(await store.intake.memory("a.yaml")).toBeNull();
    await store.intake.remember("a.yaml", { shiftDays: 3 });
    await store.intake.remember("a.yaml", { shiftDays: 4 });
    expect(await store.intake.memory("a.yaml")).toEqual({ shiftDays: 4 });
  });
});
