import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestStore } from "../store/testing/test-store.ts";
import { ModelInForce } from "./model-in-force.ts";
import type { Store } from "./ports.ts";
import { account, Book, GO_LIVE } from "./testing/book.ts";

let store: Store;
let book: Book;
beforeAll(async () => {
  store = await openTestStore("pglite");
  book = new Book(store);
});
afterAll(() => store.close());

test("jobs that ask at once for a model that nobody has read yet are given the very same one", async () => {
  await book.import({ accounts: [account("acme", { createdAt: GO_LIVE - 50, owner: "ann" })] });
  const model = new ModelInForce(book.context);
  expect(await model.get()).toBeNull();
  await book.apply(undefined, GO_LIVE);
  const [one, other] = await Promise.all([model.get(), model.get()]);
  expect(one?.stored.version).toBe(1);
  expect(other).toBe(one);
  expect(await model.get()).toBe(one);
});
