import { afterEach, describe, expect, test } from "vitest";
import { openTestStore } from "../../store/testing/test-store.ts";
import { pinLevel } from "../account-by-hand.ts";
import { editAccount } from "../edit-account.ts";
import { account, type Book, GO_LIVE, login } from "../testing/book.ts";
import { Books } from "../testing/books.ts";
import { LATER_MODEL } from "../testing/small-model.ts";
import { BookView } from "./book-view.ts";

const books = new Books(() => openTestStore("pglite"));
afterEach(() => books.close());

async function smallBook(): Promise<Book> {
  const book = await books.book(GO_LIVE, 9);
  await book.import({
    accounts: [
      account("acme", { name: "Acme", owner: "ann", traits: { arr: 500, plan: "pro" } }),
      account("beta", {
        name: "beta",
        owner: "bob",
        traits: { arr: 50, renewal_date: "2026-03-20" },
      }),
      account("cato", { name: "Cato", traits: { plan: "free" } }),
    ],
    events: [login("acme", GO_LIVE - 1)],
  });
  await book.apply();
  return book;
}

describe("the book in memory", () => {
  test("finds by rule and by what is clicked, in an order, and adds up", async () => {
    const book = await smallBook();
    const now = await new BookView(book.store).now();
    const ids = (...of: Parameters<typeof now.find>) =>
      [...now.find(...of)].map((row) => now.idOf(row));
    expect(ids({}, GO_LIVE)).toEqual(["acme", "beta", "cato"]);
    expect(ids({ where: "arr >= 100" }, GO_LIVE)).toEqual(["acme"]);
    // an unknown value neither fulfils a rule nor its opposite
    expect(ids({ where: "arr < 100" }, GO_LIVE)).toEqual(["beta"]);
    expect(ids({ owners: [null, "bob"] }, GO_LIVE)).toEqual(["beta", "cato"]);
    expect(ids({ segments: ["worth:small"] }, GO_LIVE)).toEqual(["beta", "cato"]);
    expect(ids({ levels: ["high"] }, GO_LIVE)).toEqual(["acme"]);
    expect(ids({ text: "AT" }, GO_LIVE)).toEqual(["cato"]);
    const byArr = { column: "arr", descending: true };
    expect(ids({}, GO_LIVE, byArr)).toEqual(["acme", "beta", "cato"]);
    expect(ids({}, GO_LIVE, { ...byArr, descending: false })).toEqual(["beta", "acme", "cato"]);
    const all = now.find({}, GO_LIVE);
    expect(now.shares(all, "level").map(({ value, accounts }) => [value, accounts])).toEqual([
      ["low", 2],
      ["high", 1],
    ]);
    expect(now.value("account.owner", now.rowOf("acme") ?? -1)).toBe("ann");
    expect(now.value("touch.next", now.rowOf("acme") ?? -1)).toBe(GO_LIVE);
    expect(now.value("touch.next_title", now.rowOf("acme") ?? -1)).toBe("Call");
  });

  test("knows of every change: of data, by hand, of touches, of new accounts and of the model", async () => {
    const book = await smallBook();
    const view = new BookView(book.store);
    const value = async (id: string, column: string) => {
      const now = await view.now();
      const row = now.rowOf(id);
      return row === undefined ? undefined : now.value(column, row);
    };
    expect(await value("beta", "level")).toBe("low");
    const before = (await view.now()).change;
    expect((await view.now()).change).toBe(before);
    await pinLevel(book.context, "beta", { level: "high", until: null, reason: "big fish" });
    expect(await value("beta", "level")).toBe("high");
    expect(await value("beta", "level.pinned")).toBe(true);
    await editAccount(book.context, "beta", {
      name: "Beta Ltd",
      traits: { arr: 70 },
      reason: null,
    });
    expect(await value("beta", "account.name")).toBe("Beta Ltd");
    expect(await value("beta", "arr")).toBe(70);
    await book.import({ accounts: [account("dora")] });
    expect(await value("dora", "level")).toBe(null);
    await book.decide();
    expect(await value("dora", "level")).toBe("low");
    await book.apply(LATER_MODEL);
    await book.import({ accounts: [account("acme", { traits: { arr: 400 } })] });
    await book.decide();
    expect(await value("acme", "segments.worth")).toBe("small");
    expect((await view.now()).modelVersion).toBe(2);
  });

  test("a large book is looked at again only after a while, or once this process has written", async () => {
    const book = await smallBook();
    let looks = 0;
    let ticks = 0;
    const { reading } = book.store;
    const store = {
      ...book.store,
      reading: {
        ...reading,
        bookMarks: async () => {
          looks += 1;
          return (await reading.bookMarks()).map((mark) => ({ ...mark }));
        },
      },
    };
    const view = new BookView(store, () => ticks, 2);
    await view.now();
    await view.now();
    expect(looks).toBe(1);
    view.wrote();
    await view.now();
    expect(looks).toBe(2);
    ticks += 301;
    await Promise.all([view.now(), view.now()]);
    expect(looks).toBe(3);
    view.release();
    expect(view.loading).toEqual({ loaded: 0, of: 0 });
    expect((await view.now()).accounts).toBe(3);
  });

  test("says what is wrong with a question", async () => {
    const book = await smallBook();
    const now = await new BookView(book.store).now();
    expect(() => now.find({ where: "arrr > 1" }, GO_LIVE)).toThrow(/arrr/);
    expect(() => now.find({}, GO_LIVE, { column: "owners", descending: false })).toThrow(
      /nothing called `owners`/,
    );
    expect([...now.find({ renewalWithin: 17 }, GO_LIVE)].length).toBe(0);
    expect([...now.find({ renewalWithin: 18 }, GO_LIVE)].length).toBe(1);
  });
});
