import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Moment, Store } from "../engine/ports.ts";
import { accountRow, contactRow } from "./testing/sample-rows.ts";
import { ENGINES } from "./testing/test-database.ts";
import { openTestStore } from "./testing/test-store.ts";

const NOW = Date.UTC(2026, 2, 2, 8);
const moment: Moment = { now: NOW, today: 20_514 };

describe.each(ENGINES)("outcomes on %s", (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await openTestStore(engine);
    await store.intake.accounts([accountRow("a"), accountRow("b")], moment);
    await store.intake.contacts(
      [
        contactRow("a", "ann", { email: "Ann@X.test" }),
        contactRow("b", "ann2", { email: "ann@x.test" }),
        contactRow("b", "bob", { email: "bob@x.test" }),
      ],
      moment,
    );
  });
  afterAll(() => store.close());
  const loaded = async (id: string) => (await store.accounts.load([id]))[0];

  test("what a person wants holds for all contacts with the address, and only change marks accounts", async () => {
    const change = {
      optOut: ["email"],
      optIn: [],
      traits: { preferred_frequency: "weekly" },
      suppress: [{ address: "h", channel: "email", reason: "unsubscribed" }],
      lift: [],
      audit: null,
    };
    const before = await loaded("b");
    expect(await store.persons.change({ email: "ann@x.test" }, change, moment)).toBe(2);
    const after = await loaded("b");
    expect(after?.loaded.factsRev).toBe((before?.loaded.factsRev ?? 0) + 1);
    expect(after?.contacts.map(({ id, optOuts }) => [id, optOuts])).toEqual([
      ["ann2", ["email"]],
      ["bob", []],
    ]);
    expect(await store.persons.change({ email: "ann@x.test" }, change, moment)).toBe(0);
    expect((await loaded("b"))?.loaded).toEqual(after?.loaded);
    const found = await store.persons.find({ email: "ann@x.test" });
    expect(found.map(({ account }) => account).toSorted()).toEqual(["a", "b"]);
    expect(found.map(({ traits }) => traits["preferred_frequency"])).toEqual(["weekly", "weekly"]);
    // nobody has the address, but it is remembered
    expect(
      await store.persons.change({ email: "x@y.z" }, { ...change, suppress: [] }, moment),
    ).toBe(0);
    expect(await store.persons.suppressions(["h", "other"])).toEqual(change.suppress);
    await store.persons.change(
      { account: "a", contact: "ann" },
      { ...change, optOut: [], optIn: ["email"], suppress: [], lift: change.suppress },
      moment,
    );
    expect((await loaded("a"))?.contacts[0]?.optOuts).toEqual([]);
    expect(await store.persons.suppressions(["h"])).toEqual([]);
  });

  test("an answer replaces the one before, an older one does not, and there is one event", async () => {
    const answer = {
      account: "a",
      id: "t.nps",
      survey: "nps",
      score: 9,
      comment: null,
      user: "ann",
      contact: "ann",
      touchId: null,
      at: NOW,
    };
    const put = (change: Partial<typeof answer>) =>
      store.surveys.put([{ ...answer, ...change }], moment);
    expect([...(await put({}))]).toEqual(["t.nps"]);
    const { factsRev = 0 } = (await loaded("a"))?.loaded ?? {};
    expect((await put({})).size).toBe(0);
    expect((await put({ score: 2, at: NOW - 1 })).size).toBe(0);
    expect((await put({ score: 3, at: NOW + 1 })).size).toBe(1);
    const after = await loaded("a");
    expect(
      after?.events.map(({ name, at, properties }) => [name, at, properties["score"]]),
    ).toEqual([["survey:nps:answered", NOW + 1, 3]]);
    // whoever holds the account in memory has to read it again
    expect(after?.loaded.factsRev).toBe(factsRev + 1);
    expect((await store.surveys.put([{ ...answer, account: "nowhere" }], moment)).size).toBe(0);
  });
});
