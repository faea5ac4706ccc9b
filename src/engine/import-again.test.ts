import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES_OF_ENGINE } from "../store/testing/test-database.ts";
import { openTestStore } from "../store/testing/test-store.ts";
import { account, type Book, GO_LIVE, login } from "./testing/book.ts";
import { Books } from "./testing/books.ts";

describe.each(ENGINES_OF_ENGINE)("on %s", (engine) => {
  const books = new Books(() => openTestStore(engine));
  let book: Book;
  beforeAll(async () => {
    book = await books.book(GO_LIVE, 9);
  });
  afterAll(() => books.close());

  test("the same rows again change nothing; rows that do not fit are rejected with their reason", async () => {
    const rows = {
      accounts: [account("dune", { traits: { arr: 7 } })],
      events: [login("dune", GO_LIVE - 1), login("elsewhere", GO_LIVE - 1)],
    };
    const first = await book.import(rows);
    expect(first.counts).toMatchObject({
      accounts: { read: 1, written: 1, unchanged: 0 },
      events: { read: 2, written: 1, rejected: 1 },
    });
    expect(first.rejects).toMatchObject([
      { statement: "events", row: 2, reason: expect.stringContaining("elsewhere") },
    ]);
    const again = await book.import(rows);
    expect(again.counts).toMatchObject({
      accounts: { written: 0, unchanged: 1 },
      events: { written: 0, unchanged: 1, rejected: 1 },
    });
    const dry = await book.import({ accounts: [account("ghost")] }, true);
    expect(dry.counts).toMatchObject({ accounts: { read: 1, written: 0 } });
    expect(await book.store.accounts.load(["ghost"])).toEqual([]);
  });
});
