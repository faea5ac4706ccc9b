import { expect, it } from "vitest";
import type { BookMark, BookPage, Store } from "../ports.ts";
import { KeptBook } from "./kept-book.ts";

/** A book of one account that takes so long to read. */
function bookOf(tookMs: number) {
  let [now, revs, version, reads] = [1_000, 1, 1, 0];
  async function* wholeBook(): AsyncGenerator<BookPage> {
    reads += 1;
    now += tookMs;
    await Promise.resolve();
    yield { accounts: [], touches: [], revs } as unknown as BookPage;
  }
  const reading = {
    bookMarks: (): Promise<BookMark[]> => Promise.resolve([{ bucket: 1, accounts: 1, revs }]),
    wholeBook,
  };
  const models = { liveVersion: () => Promise.resolve(version) };
  const store = { reading, models } as unknown as Store;
  const kept = new KeptBook(store, () => now);
  return {
    change: () => (revs += 1),
    goLive: () => (version += 1),
    pass: (ms: number) => (now += ms),
    reads: () => reads,
    async read() {
      const { pages, isBehind, asOf } = await kept.read();
      return { revs: (pages[0] as unknown as { revs: number }).revs, isBehind, age: now - asOf };
    },
  };
}

it("is read once while nothing changes, and as of now", async () => {
  const book = bookOf(5_000);
  await book.read();
  book.pass(40_000);
  expect(await book.read()).toEqual({ revs: 1, isBehind: false, age: 0 });
  expect(book.reads()).toBe(1);
});

it("a small one is never behind", async () => {
  const book = bookOf(100);
  await book.read();
  book.change();
  expect(await book.read()).toMatchObject({ revs: 2, isBehind: false });
});

it("a large one says that it is behind, and is not the next time", async () => {
  const book = bookOf(5_000);
  await book.read();
  book.change();
  expect(await book.read()).toMatchObject({ revs: 1, isBehind: true });
  await expect.poll(() => book.read()).toMatchObject({ revs: 2, isBehind: false });
  expect(book.reads()).toBe(2);
});

it("is waited for where what is kept is of another model or too old", async () => {
  const book = bookOf(5_000);
  await book.read();
  book.goLive();
  expect(await book.read()).toMatchObject({ isBehind: false });
  book.change();
  book.pass(120_000);
  expect(await book.read()).toMatchObject({ revs: 2, isBehind: false });
  expect(book.reads()).toBe(3);
});
