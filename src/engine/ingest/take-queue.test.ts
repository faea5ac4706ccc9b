import { expect, test } from "vitest";
import type { IngestMessage, IngestStore, TakenBatch } from "../ports/ingest.ts";
import { TakeQueue } from "./take-queue.ts";

const message = (id: string): IngestMessage => ({
  kind: "track",
  id,
  hash: new Uint8Array(16),
  at: 0,
  userId: "u",
  anonymousId: null,
  accountId: null,
  asOf: null,
  event: "E",
  properties: {},
});
const batchOf = (name: string, size: number) =>
  Array.from({ length: size }, (_, n) => message(`${name}${n}`));

/** A store whose transactions end when they are told to; ids that begin with `bad` break theirs. */
function slowStore(atOnce = 1, patienceMs = 3_600_000) {
  const transactions: string[][] = [];
  const release: (() => void)[] = [];
  const take = async (messages: readonly IngestMessage[]): Promise<TakenBatch> => {
    transactions.push(messages.map(({ id }) => id));
    await new Promise<void>((resolve) => release.push(resolve));
    if (messages.some(({ id }) => id.startsWith("bad"))) throw new Error("broken");
    const results = messages.map(({ id }) => ({ status: "refused", reason: id }) as const);
    return { results, linked: false };
  };
  const store = { take } as unknown as IngestStore;
  const queue = new TakeQueue(
    store,
    () => Promise.resolve({ now: 0, today: 0 }),
    () => undefined,
    atOnce,
    patienceMs,
  );
  const letGo = async (): Promise<void> => {
    await expect.poll(() => release.length).toBeGreaterThan(0);
    release.shift()?.();
  };
  return { queue, transactions, letGo };
}

const reasons = (results: readonly object[]) =>
  results.map((one) => (one as { reason: string }).reason);

test("what comes in while a transaction runs goes into the next one together; each gets its own answer", async () => {
  const { queue, transactions, letGo } = slowStore();
  const first = queue.take(batchOf("a", 2));
  await expect.poll(() => transactions.length).toBe(1);
  const others = [queue.take(batchOf("b", 1)), queue.take(batchOf("c", 2))];
  expect(queue.waiting).toBe(2);
  await letGo();
  expect(reasons(await first)).toEqual(["a0", "a1"]);
  await letGo();
  expect((await Promise.all(others)).map(reasons)).toEqual([["b0"], ["c0", "c1"]]);
  expect(transactions).toEqual([
    ["a0", "a1"],
    ["b0", "c0", "c1"],
  ]);
  await queue.idle();
  expect(queue.waiting).toBe(0);
});

test("a request that breaks its transaction spoils no other", async () => {
  const { queue, transactions, letGo } = slowStore();
  const answers = [
    queue.take(batchOf("a", 1)),
    queue.take(batchOf("bad", 1)),
    queue.take(batchOf("c", 1)),
  ];
  const settled = Promise.allSettled(answers);
  for (let n = 0; n < 4; n++) await letGo();
  expect((await settled).map(({ status }) => status)).toEqual([
    "fulfilled",
    "rejected",
    "fulfilled",
  ]);
  expect(transactions).toEqual([["a0", "bad0", "c0"], ["a0"], ["bad0"], ["c0"]]);
});

test("a transaction has a limit, and one request alone may reach it", async () => {
  const { queue, transactions, letGo } = slowStore();
  const answers = [
    queue.take(batchOf("a", 2_500)),
    queue.take(batchOf("b", 2_000)),
    queue.take(batchOf("c", 600)),
  ];
  for (let n = 0; n < 3; n++) await letGo();
  await Promise.all(answers);
  expect(transactions.map((ids) => ids.length)).toEqual([2_500, 2_000, 600]);
});

test("events are written side by side, and whatever links or names somebody in its turn", async () => {
  const { queue, transactions, letGo } = slowStore(2);
  const began = async (count: number): Promise<void> => {
    await expect.poll(() => transactions.length).toBe(count);
  };
  const link = { ...message("link"), kind: "alias", previousId: "p" } as const;
  const answers = [queue.take(batchOf("a", 1))];
  await began(1);
  answers.push(queue.take(batchOf("b", 1)));
  await began(2);
  answers.push(queue.take(batchOf("c", 1)), queue.take([link]), queue.take(batchOf("d", 1)));
  // both places are taken; what comes after the link waits for it
  await letGo();
  await began(3);
  expect(transactions).toEqual([["a0"], ["b0"], ["c0"]]);
  await letGo();
  await letGo();
  await began(4);
  // once nothing else runs, it and what waits behind it go together
  expect(transactions.at(-1)).toEqual(["link", "d0"]);
  await letGo();
  await Promise.all(answers);
  expect(queue.waiting).toBe(0);
  await queue.idle();
});

test("a transaction begins beside another once as much waits as the other holds", async () => {
  const { queue, transactions, letGo } = slowStore(2);
  const answers = [queue.take(batchOf("a", 3))];
  await expect.poll(() => transactions.length).toBe(1);
  answers.push(queue.take(batchOf("b", 1)));
  await new Promise((resolve) => setImmediate(resolve));
  answers.push(queue.take(batchOf("c", 1)));
  await new Promise((resolve) => setImmediate(resolve));
  expect(transactions).toHaveLength(1);
  answers.push(queue.take(batchOf("d", 1)));
  await expect.poll(() => transactions.length).toBe(2);
  expect(transactions[1]).toEqual(["b0", "c0", "d0"]);
  await letGo();
  await letGo();
  await Promise.all(answers);
});

test("what is alone waits for company only so long, whatever the other transaction waits for", async () => {
  const { queue, transactions, letGo } = slowStore(2, 1);
  const answers = [queue.take(batchOf("a", 3))];
  await expect.poll(() => transactions.length).toBe(1);
  answers.push(queue.take(batchOf("b", 1)));
  await expect.poll(() => transactions.length).toBe(2);
  // and with the first one's end whatever waits has its turn at once
  answers.push(queue.take(batchOf("c", 1)));
  await letGo();
  await expect.poll(() => transactions.length).toBe(3);
  await letGo();
  await letGo();
  await Promise.all(answers);
  await queue.idle();
});
