import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Store } from "../engine/ports.ts";
import {
  accountRow,
  contactRow,
  evaluated,
  moment,
  TODAY,
  touchOf,
} from "./testing/sample-rows.ts";
import { ENGINES } from "./testing/test-database.ts";
import { openTestStore } from "./testing/test-store.ts";

describe.each(ENGINES)("on %s", (engine) => {
  let store: Store;
  beforeAll(async () => {
    store = await openTestStore(engine);
    await store.intake.accounts(
      [accountRow("acme", { name: "Acme" }), accountRow("beta")],
      moment(),
    );
    await store.intake.contacts([contactRow("acme", "ann", { name: "Ann" })], moment());
    const touches = [
      touchOf("beta", "b", { due: TODAY, status: "due", owner: "bob" }),
      touchOf("acme", "c", { due: TODAY + 5, human: false, contact: "ann", owner: null }),
      touchOf("acme", "a", { due: TODAY, status: "done" }),
      touchOf("acme", "z", { due: TODAY - 5 }),
    ];
    const of = (id: string) => touches.filter(({ account }) => account === id);
    await store.accounts.save(
      [evaluated("acme", { touches: of("acme") }), evaluated("beta", { touches: of("beta") })],
      moment(),
    );
  });
  afterAll(() => store.close());
  const keys = async (filter: Parameters<Store["touches"]["list"]>[0], limit?: number) =>
    (await store.touches.list(filter, limit)).map(({ touch }) => touch.key);

  test("all come by due day, then account, with the names of whom they are for", async () => {
    const all = await store.touches.list({});
    expect(
      all.map(({ touch, accountName, contactName }) => [touch.key, accountName, contactName]),
    ).toEqual([
      ["acme/z", "Acme", null],
      ["acme/a", "Acme", null],
      ["beta/b", null, null],
      ["acme/c", "Acme", "Ann"],
    ]);
    expect(all[1]!.touch).toEqual(touchOf("acme", "a", { due: TODAY, status: "done" }));
  });

  test.each<[Parameters<Store["touches"]["list"]>[0], string[]]>([
    [{ account: "beta" }, ["beta/b"]],
    [{ owner: "ann" }, ["acme/z", "acme/a"]],
    [{ statuses: ["due", "done"] }, ["acme/a", "beta/b"]],
    [{ statuses: [] }, []],
    [{ from: TODAY }, ["acme/a", "beta/b", "acme/c"]],
    [{ to: TODAY - 1 }, ["acme/z"]],
    [{ human: false }, ["acme/c"]],
    [
      { account: "acme", human: true, from: TODAY, to: TODAY, statuses: ["done"], owner: "ann" },
      ["acme/a"],
    ],
  ])("%j gives those", async (filter, expected) => {
    expect(await keys(filter)).toEqual(expected);
  });

  test("no more than asked for", async () => {
    expect(await keys({}, 2)).toEqual(["acme/z", "acme/a"]);
  });

  test("one is found by how its id begins", async () => {
    expect((await store.touches.byId("t-acme-")).map(({ touch }) => touch.id)).toEqual([
      "t-acme-a",
      "t-acme-c",
      "t-acme-z",
    ]);
    expect(await store.touches.byId("t-acme-a")).toHaveLength(1);
    expect(await store.touches.byId("%")).toEqual([]);
  });

  test("what a person did is stored whole: the touch, its event as news, traits, the log", async () => {
    await store.accounts.load(["acme"]);
    const touch = touchOf("acme", "z", {
      due: TODAY - 5,
      status: "done",
      result: "held",
      minutesSpent: 45,
    });
    const event = {
      id: "ts:acme:0",
      account: "acme",
      name: "touch:check_in:held",
      at: moment().now,
      user: null,
      properties: {},
    };
    const audit = {
      by: "ann",
      what: "touch done",
      account: "acme",
      reason: null,
      details: { key: touch.key },
    };
    await store.touches.record(
      { touches: [touch], events: [event], traits: { goal: "expand", old: null }, audit },
      moment(),
    );
    const [account] = await store.accounts.load(["acme"]);
    expect(account!.touches).toContainEqual(touch);
    expect(account!.events).toEqual([
      expect.objectContaining({ name: "touch:check_in:held", engine: true, pending: true }),
    ]);
    expect(account!.traits).toEqual([
      expect.objectContaining({ trait: "goal", value: "expand", from: TODAY }),
    ]);
    expect(await store.accounts.ids({ toDecideOn: TODAY })).toEqual(["acme"]);
    expect(await store.audit.list({ account: "acme", limit: 5 })).toEqual([
      { ...audit, at: moment().now },
    ]);
  });

  test("a change worked out from an older account is not stored, nor what belongs to it", async () => {
    const [listed] = await store.touches.byId("t-beta-b");
    const { touch, stateRev } = listed!;
    const audit = { by: null, what: "raced", account: "beta", reason: null, details: {} };
    const change = (status: "skipped" | "done") => ({
      touches: [{ ...touch, status }],
      events: [],
      traits: { goal: status },
      audit,
      basedOn: new Map([["beta", stateRev]]),
    });
    expect(await store.touches.record(change("done"), moment())).toBe(true);
    expect(await store.touches.record(change("skipped"), moment())).toBe(false);
    const [account] = await store.accounts.load(["beta"]);
    expect(account!.touches.map(({ status }) => status)).toEqual(["done"]);
    expect(account!.traits.map(({ value }) => value)).toEqual(["done"]);
    expect(account!.loaded).toMatchObject({ stateRev: stateRev + 1, factsRev: 2 });
    expect((await store.audit.list({ limit: 50 })).map(({ what }) => what)).toEqual([
      "raced",
      "touch done",
    ]);
  });

  test("a change that cannot be stored leaves nothing", async () => {
    const audit = { by: null, what: "touch done", account: null, reason: null, details: {} };
    const bad = touchOf("beta", "new", { run: 1.5 });
    await expect(
      store.touches.record({ touches: [bad], events: [], traits: {}, audit }, moment()),
    ).rejects.toThrow(/integer/);
    expect(await store.audit.list({ limit: 50 })).toHaveLength(2);
  });
});
