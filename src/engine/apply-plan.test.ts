import { afterEach, expect, test } from "vitest";
import { openTestStore } from "../store/testing/test-store.ts";
import { applyPlan, type KeptPlan } from "./apply-plan.ts";
import { planModel } from "./plan/plan-model.ts";
import { account, type Book, GO_LIVE, login, logins } from "./testing/book.ts";
import { Books } from "./testing/books.ts";
import { LATER_MODEL, SMALL_MODEL } from "./testing/small-model.ts";
import { completeTouch } from "./touch-actions.ts";

const books = new Books(() => openTestStore("pglite"));
afterEach(() => books.close());

const allow = ["accounts-without-program"];
const files = {
  file: "model.yaml",
  source: LATER_MODEL.replace("hold: 3d", "hold: 0d"),
  messages: {},
};

async function decided(): Promise<Book> {
  const book = await books.book(GO_LIVE, 9);
  await book.import({
    accounts: ["a", "b", "c"].map((id, n) => account(id, { traits: { arr: 80 + n * 250 } })),
    events: logins("a", GO_LIVE - 3, GO_LIVE),
  });
  await book.apply(SMALL_MODEL, GO_LIVE);
  return book;
}

async function keptPlan(book: Book, existing: "all" | "new" = "all"): Promise<KeptPlan> {
  const plan = await planModel(book.context, files, { allow, existing });
  return { touchstonePlan: 1, plan, files };
}

test("a plan over a live model is refused in a book where none is live", async () => {
  const kept = await keptPlan(await decided());
  const other = await books.book(GO_LIVE, 9);
  await expect(applyPlan(other.context, kept)).rejects.toMatchObject({
    code: "plan-outdated",
    message: expect.stringContaining("live is no model, not version 1 (Small book)") as string,
    difference: { live: { planned: { version: 1 }, now: null } },
  });
  expect(await other.store.models.liveVersion()).toBeNull();
});

test("a plan for newcomers is not applied to all, nor the other way round", async () => {
  const book = await decided();
  for (const existing of ["all", "new"] as const) {
    const kept = await keptPlan(book, existing);
    const wrong = existing === "all" ? "new" : "all";
    await expect(applyPlan(book.context, kept, { existing: wrong })).rejects.toMatchObject({
      code: "bad-value",
    });
  }
  expect(await book.store.models.liveVersion()).toBe(1);
});

test("what has nothing to do with the moves of a plan may change until it is applied", async () => {
  const book = await decided();
  const kept = await keptPlan(book);
  expect(kept.plan.moves.map((move) => move.account)).toEqual(["b"]);
  await book.import({
    accounts: [account("b", { name: "Bee", owner: "ann", traits: { arr: 490, champion: true } })],
    events: [login("c", GO_LIVE, { messageId: "more" })],
  });
  const [call] = await book.store.touches.list({ account: "c" });
  await completeTouch(book.context, call?.touch.id ?? "", { result: "held", set: {} });
  const { version, plan } = await applyPlan(book.context, kept);
  expect([version, plan?.moves.map((move) => move.account)]).toEqual([2, ["b"]]);
  expect((await book.store.changes.list())[0]).toMatchObject({ version: 2, existing: "all" });
});

test("somebody new who moves nowhere does not stop a plan, somebody who moves with it does", async () => {
  const book = await decided();
  const kept = await keptPlan(book);
  await book.import({ accounts: [account("d", { traits: { arr: 5 } })] });
  await book.import({ accounts: [account("e", { traits: { arr: 200 } })] });
  await expect(applyPlan(book.context, kept)).rejects.toMatchObject({
    code: "plan-outdated",
    difference: { live: null, moves: [{ account: "e", planned: [] }] },
  });
  expect(await book.store.models.liveVersion()).toBe(1);
});
