import { afterEach, describe, expect, test } from "vitest";
import { ENGINES_OF_ENGINE } from "../store/testing/test-database.ts";
import { openTestStore } from "../store/testing/test-store.ts";
import { pinLevel } from "./account-by-hand.ts";
import { applyPlan, type ApplyOptions } from "./apply-plan.ts";
import { planModel } from "./plan/plan-model.ts";
import type { Store } from "./ports.ts";
import { rollbackModel } from "./rollback-model.ts";
import { account, type Book, GO_LIVE, logins } from "./testing/book.ts";
import { Books } from "./testing/books.ts";
import { LATER_MODEL, SMALL_MODEL } from "./testing/small-model.ts";

const files = {
  file: "model.yaml",
  source: LATER_MODEL.replace("hold: 3d", "hold: 0d"),
  messages: {},
};
/** That fewer are called is what these tests are not about. */
const allow = ["accounts-without-program"];
const pin = { level: "high", until: null, reason: "they asked" };

/** The store, in which others do something right before a change is made, each once. */
function withOthers(store: Store, doings: (() => Promise<unknown>)[]): Store {
  const { changes } = store;
  return {
    ...store,
    changes: {
      ...changes,
      async make(...given) {
        await doings.shift()?.();
        return changes.make(...given);
      },
    },
  };
}

describe.each(ENGINES_OF_ENGINE)("a change of the model among others on %s", (engine) => {
  const books = new Books(() => openTestStore(engine));
  afterEach(() => books.close());

  async function decided(): Promise<Book> {
    const book = await books.book(GO_LIVE, 9);
    await book.import({
      accounts: ["a", "b", "c", "d"].map((id, n) => account(id, { traits: { arr: 80 + n * 50 } })),
      events: logins("a", GO_LIVE - 3, GO_LIVE),
    });
    await book.apply(SMALL_MODEL, GO_LIVE);
    return book;
  }
  const apply = (
    book: Book,
    doings: (() => Promise<unknown>)[],
    options: ApplyOptions = {},
    what: Parameters<typeof applyPlan>[1] = files,
  ) =>
    applyPlan({ ...book.context, store: withOthers(book.store, doings) }, what, {
      allow,
      ...options,
    });
  const versions = async ({ store }: Book) =>
    (await store.accounts.load(await store.accounts.ids({}))).map((one) => one.decidedModel);

  test("what others do meanwhile is kept, and looked at again", async () => {
    const book = await decided();
    const newcomer = async () => {
      await book.import({ accounts: [account("e", { traits: { arr: 700 } })] });
      await book.decide();
    };
    const { run, version } = await apply(book, [
      () => pinLevel(book.context, "b", pin),
      newcomer,
      () => pinLevel(book.context, "c", pin),
    ]);
    expect([version, run.evaluated]).toEqual([2, 5]);
    expect(await versions(book)).toEqual([2, 2, 2, 2, 2]);
    for (const id of ["b", "c", "e"]) expect((await book.standing(id)).level).toBe("high");
    expect((await book.store.accounts.load(["b"]))[0]?.state?.pin).toMatchObject(pin);
  });

  test("whoever never lets go in the end has to wait while it is made", async () => {
    const book = await decided();
    let n = 0;
    const busy = async () => {
      await book.import({ events: logins("a", GO_LIVE - 40 - n, GO_LIVE - 40 - n++) });
      // the live worker decides by the old model: once it is held off, nothing of that is stored
      const [loaded] = await book.store.accounts.load(["a"]);
      if (!loaded?.state) return;
      const { state, loaded: mark } = loaded;
      const evaluated = { id: "a", loaded: mark, day: GO_LIVE, modelVersion: 1, state };
      const none = { decision: null, history: [], events: [], touches: [], handled: [] };
      const moment = { now: book.now, today: GO_LIVE };
      const { raced } = await book.store.accounts.save([{ ...evaluated, ...none }], moment);
      if (raced.length > 0) heldOff += 1;
    };
    let heldOff = 0;
    const { version } = await apply(
      book,
      Array.from({ length: 25 }, () => busy),
    );
    expect(version).toBe(2);
    expect(heldOff).toBe(1);
    expect(await versions(book)).toEqual([2, 2, 2, 2]);
  });

  test("news that the change itself took notice of is news again once it is taken back", async () => {
    const book = await decided();
    const { changes } = book.store;
    const store: Store = {
      ...book.store,
      changes: {
        ...changes,
        async begin(now) {
          await book.import({ events: logins("d", GO_LIVE, GO_LIVE) });
          return changes.begin(now);
        },
      },
    };
    await applyPlan({ ...book.context, store }, files, { allow });
    const tracked = async () =>
      (await book.store.accounts.load(["d"]))[0]?.events.filter(({ engine: own }) => !own);
    expect((await tracked())?.map(({ pending }) => pending)).toEqual([false]);
    const { accounts } = await rollbackModel(book.context);
    expect(accounts).toMatchObject({ restored: 4, caughtUp: 0 });
    expect((await tracked())?.map(({ pending }) => pending)).toEqual([false]);
    for await (const page of book.store.decisions.current(["d"]))
      expect(page.map(({ decision }) => decision.facts["logins_7d"])).toEqual([1]);
  });

  test("of two changes at once one is made; the other says so and leaves nothing", async () => {
    const book = await decided();
    const other = LATER_MODEL.replace("Small book", "Another");
    const second = () => applyPlan(book.context, { ...files, source: other }, { allow });
    await expect(apply(book, [second])).rejects.toMatchObject({ code: "changed-by-other" });
    expect((await book.store.models.live())?.name).toBe("Another");
    expect(await versions(book)).toEqual([2, 2, 2, 2]);
  });

  test("nobody stores what an older model says once another is live", async () => {
    const book = await decided();
    const [before] = await book.store.accounts.load(["a"]);
    await apply(book, []);
    const [now] = await book.store.accounts.load(["a"]);
    if (!before?.state || !now) throw new Error("not decided");
    const late = {
      id: "a",
      loaded: now.loaded,
      day: GO_LIVE,
      modelVersion: 1,
      state: before.state,
      decision: null,
      history: [],
      events: [],
      touches: [],
      handled: [],
    };
    const { raced } = await book.store.accounts.save([late], { now: book.now, today: GO_LIVE });
    expect(raced).toEqual(["a"]);
    expect((await book.store.accounts.load(["a"]))[0]?.decidedModel).toBe(2);
  });

  test("a plan that was kept is done exactly, or refused with what has changed", async () => {
    const book = await decided();
    const plan = await planModel(book.context, files, { allow });
    const kept = { touchstonePlan: 1 as const, plan, files };
    await pinLevel(book.context, "c", { ...pin, level: "low" });
    await expect(apply(book, [], {}, kept)).rejects.toMatchObject({
      code: "plan-outdated",
      difference: { live: null, problems: [], moves: [{ account: "c" }] },
    });
    expect((await book.store.models.live())?.version).toBe(1);
    const again = await planModel(book.context, files, { allow });
    const applied = await apply(book, [], {}, { ...kept, plan: again });
    expect(applied.plan?.moves).toEqual(again.moves);
    expect((await planModel(book.context, files, { allow })).moves).toEqual([]);
  });
});
