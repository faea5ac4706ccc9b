import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Store } from "../engine/ports.ts";
import { account, Book, GO_LIVE, login } from "../engine/testing/book.ts";
import { SMALL_MODEL } from "../engine/testing/small-model.ts";
import { importantNames } from "../engine/account-timeline.ts";
import { readModel } from "../core/model/index.ts";
import { ENGINES } from "./testing/test-database.ts";
import { openTestStore } from "./testing/test-store.ts";

describe.each(ENGINES)("pages of what is kept, on %s", (engine) => {
  let store: Store;
  let book: Book;
  beforeAll(async () => {
    store = await openTestStore(engine);
    book = new Book(store, GO_LIVE, 9);
    const names = ["b", "A", "c", "a%b", "Ä"];
    await book.import({
      accounts: [...names, undefined, undefined].map((name, n) => account(`id${n}`, { name })),
      events: [0, 1, 2].map((n) =>
        login("id0", GO_LIVE - 3 + n, { event: "Report Published", messageId: `r${n}` }),
      ),
    });
  });
  afterAll(() => store.close());

  async function leaf(descending: boolean): Promise<string[]> {
    const filter = { state: "all", order: { by: "name", descending } } as const;
    const ids: string[] = [];
    let after = null;
    for (;;) {
      const [one] = await store.reading.accounts(filter, after, 1);
      if (!one || ids.length > 10) return ids;
      ids.push(one.id);
      after = { id: one.id, value: one.orderValue };
    }
  }

  test("an order has those without a value last, in both directions, also one by one", async () => {
    expect(await leaf(false)).toEqual(["id1", "id3", "id0", "id2", "id4", "id5", "id6"]);
    expect(await leaf(true)).toEqual(["id4", "id2", "id0", "id3", "id1", "id5", "id6"]);
  });

  test("a text is looked for as it is written", async () => {
    const found = await store.reading.accounts({ state: "all", text: "%" }, null, 10);
    expect(found.map(({ id }) => id)).toEqual(["id3"]);
    expect(await store.reading.accounts({ state: "all", text: "_d0" }, null, 10)).toEqual([]);
  });

  test("of an event whose first time counts only the first is told", async () => {
    const events = { names: [], firsts: ["Report Published"] };
    const told = await store.reading.timeline("id0", { events }, null, 10);
    expect(told.length).toBe(1);
    const all = await store.reading.timeline("id0", { events: "all" }, null, 10);
    expect(all.length).toBe(3);
    expect(told[0]).toEqual(all[2]);
    const prefix = { names: ["Report*"], firsts: [] };
    expect((await store.reading.timeline("id0", { events: prefix }, null, 10)).length).toBe(3);
  });

  test("a book is the same by its buckets as by its ids, with what is decided and due next", async () => {
    await book.import({ accounts: [account("id7", { owner: "ann", traits: { arr: 500 } })] });
    await book.apply();
    const { reading } = store;
    const buckets = (await reading.bookMarks()).map(({ bucket }) => bucket);
    const byId = new Map((await reading.bookOf(buckets)).map((row) => [row.id, row]));
    expect([...byId.keys()].toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7].map((n) => `id${n}`));
    expect(byId.get("id7")).toMatchObject({
      owner: "ann",
      decision: { level: { name: "high" } },
      nextHuman: { due: GO_LIVE, touchpoint: "call" },
    });
    const some = await reading.bookRows(["id0", "id7", "nobody"]);
    expect(some.toSorted((a, b) => (a.id < b.id ? -1 : 1))).toEqual([
      byId.get("id0"),
      byId.get("id7"),
    ]);
    const other = buckets.filter((bucket) => bucket !== byId.get("id7")?.bucket);
    expect((await reading.bookOf(other)).map(({ id }) => id)).not.toContain("id7");
  });
});

test("what matters is what programs wait for and what happens first", () => {
  const source = SMALL_MODEL.replace(
    "  logins_7d:",
    "  began: { first: Report Published }\n  logins_7d:",
  );
  const { model } = readModel(source, { file: "m.yaml" });
  expect(model && importantNames(model)).toEqual({
    names: ["segment:quiet:entered"],
    firsts: ["Report Published"],
  });
});
