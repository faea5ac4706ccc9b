import { EventEmitter, once } from "node:events";
import { setTimeout } from "node:timers/promises";
import { afterAll, expect, test } from "vitest";
import { openTestStore } from "../store/testing/test-store.ts";
import { decideInBatches } from "./decide-accounts.ts";
import { LiveBook } from "./live-book.ts";
import { liveModel } from "./live-model.ts";
import type { EvaluatedAccount, Store } from "./ports.ts";
import { account, type Book, GO_LIVE, logins } from "./testing/book.ts";
import { Books } from "./testing/books.ts";

const IDS = ["a", "b", "c", "d", "e", "f"];

const books = new Books(() => openTestStore("pglite"));
afterAll(() => books.close());

/** A book on the day after, and a store in which each batch (one account) is stored as `save` says. */
async function dayAfter(
  save: (id: string, now: () => ReturnType<Store["accounts"]["save"]>) => Promise<unknown>,
) {
  const book = await books.book();
  await book.import({
    accounts: IDS.map((id) => account(id, { createdAt: GO_LIVE - 9, traits: { arr: 20 } })),
    events: IDS.flatMap((id) => logins(id, GO_LIVE - 4, GO_LIVE - 1)),
  });
  await book.apply(undefined, GO_LIVE - 2);
  book.on(GO_LIVE + 1);
  const { accounts } = book.store;
  const slowed: Store = {
    ...book.store,
    accounts: {
      ...accounts,
      save: (batch: readonly EvaluatedAccount[], moment) =>
        save(batch[0]?.id ?? "", () => accounts.save(batch, moment)) as ReturnType<
          typeof accounts.save
        >,
    },
  };
  return { book, work: await workOf(book, slowed) };
}

async function workOf(book: Book, store: Store) {
  const live = await liveModel(book.context);
  return {
    context: { ...book.context, store },
    live,
    book: new LiveBook(store, 0),
    moment: live.moment(),
    replay: null,
  };
}

test("two batches are stored side by side and told of in their order, whichever is done first", async () => {
  const seen = new EventEmitter();
  const done: string[] = [];
  let [now, most] = [0, 0];
  const { work } = await dayAfter(async (id, save) => {
    most = Math.max(most, ++now);
    if (id === "a") await once(seen, "b");
    const saved = await save();
    done.push(id);
    now -= 1;
    seen.emit(id);
    return saved;
  });
  const told: string[] = [];
  const raced = await decideInBatches(work, IDS, {
    cause: null,
    size: 1,
    onDecided: (one) => told.push(one.account.id),
  });
  expect({ raced, told, most }).toEqual({ raced: [], told: IDS, most: 2 });
  expect(done.slice(0, 2)).toEqual(["b", "a"]);
});

test("where one cannot be stored the other is waited for, and none comes after them", async () => {
  const seen = new EventEmitter();
  const done: string[] = [];
  const { book, work } = await dayAfter(async (id, save) => {
    if (id === "a") {
      await once(seen, "b");
      throw new Error("the disk is full");
    }
    seen.emit(id);
    // long enough for the failure to be heard of before
    await setTimeout(300);
    const saved = await save();
    done.push(id);
    return saved;
  });
  const run = decideInBatches(work, IDS, { cause: null, size: 1 });
  await expect(run).rejects.toThrow("the disk is full");
  expect(done).toEqual(["b"]);
  const stored = await book.store.accounts.load(IDS);
  expect(stored.filter(({ decidedOn }) => decidedOn === GO_LIVE + 1).map(({ id }) => id)).toEqual([
    "b",
  ]);
});
