import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { applyModel } from "../../src/engine/apply-model.ts";
import { explainAccount } from "../../src/engine/explain-account.ts";
import type { Touch } from "../../src/core/schedule/index.ts";
import { rollbackModel } from "../../src/engine/rollback-model.ts";
import { runDecisions } from "../../src/engine/run-decisions.ts";
import { completeTouch } from "../../src/engine/touch-actions.ts";
import { openTestStore } from "../../src/store/testing/test-store.ts";
import type { ImportRows } from "../support/import-rows.ts";
import {
  changed,
  DemoPart,
  EVERY_PROBLEM,
  fourTiers,
  fromSixtyThousand,
  partOfDemo,
  SINCE,
  TODAY,
} from "./support/part-of-demo.ts";
import { type AccountRows, isAhead, rowsOfBook } from "./support/rows-of-book.ts";

const LATER = fourTiers(fromSixtyThousand);
const STILL_LATER = fourTiers((source) =>
  changed(fromSixtyThousand(source), "core:  arr >= 25000", "core:  arr >= 40000"),
);
const GO_LIVE = TODAY + 4;

let rows: ImportRows;
beforeAll(async () => {
  rows = await partOfDemo(28);
});

/** A book whose first model has been live for some days. */
async function liveBook(): Promise<DemoPart> {
  const book = new DemoPart(await openTestStore("pglite"));
  book.on(TODAY, 9);
  await book.load(rows);
  await applyModel(book.context, fourTiers(), { since: SINCE });
  book.on(GO_LIVE, 10);
  await runDecisions(book.context);
  return book;
}

const allow = { allow: EVERY_PROBLEM };

/** What is decided and planned, whoever made it. */
function standing(book: ReadonlyMap<string, AccountRows>): unknown {
  return [...book].map(([id, { decision, touches }]) => ({
    id,
    decision,
    touches: touches.map((touch) => ({ ...touch, modelVersion: null })),
  }));
}

/** Of the demo's book; src/engine/rollback-model.test.ts takes made-up ones back on both engines. */
describe("a rollback", () => {
  const books: DemoPart[] = [];
  const open = async (): Promise<DemoPart> => {
    const book = await liveBook();
    books.push(book);
    return book;
  };
  afterAll(() => Promise.all(books.map(({ store }) => store.close())));

  test("restores every account to the row, also after two applies", async () => {
    const book = await open();
    const first = await rowsOfBook(book.store);
    await applyModel(book.context, LATER, allow);
    const second = await rowsOfBook(book.store);
    expect(standing(second)).not.toEqual(standing(first));
    await applyModel(book.context, STILL_LATER, allow);
    expect(standing(await rowsOfBook(book.store))).not.toEqual(standing(second));
    expect((await rollbackModel(book.context)).to.version).toBe(2);
    expect(await rowsOfBook(book.store)).toEqual(second);
    expect((await rollbackModel(book.context)).to.version).toBe(1);
    expect(await rowsOfBook(book.store)).toEqual(first);
    await expect(rollbackModel(book.context)).rejects.toMatchObject({ code: "nothing-before" });
  });

  test("a day later, all is as if the model had never been; what was done stays done", async () => {
    const [book, control] = [await open(), await open()];
    const before = await rowsOfBook(book.store);
    await applyModel(book.context, LATER, allow);
    const made = await touchMade(book, before);
    await completeTouch(book.context, made.id, { result: "held", set: {} });
    for (const one of [book, control]) {
      one.on(GO_LIVE + 1, 10);
      await runDecisions(one.context);
    }
    const back = await rollbackModel(book.context);
    expect(back.touches.staying.map(({ id }) => id)).toEqual([made.id]);
    const [is, was] = [await rowsOfBook(book.store), await rowsOfBook(control.store)];
    // the call was held: its account may stand otherwise, as it would had it been held anyway
    const others = (all: ReadonlyMap<string, AccountRows>) =>
      standing(new Map([...all].filter(([id]) => id !== made.account)));
    expect(others(is)).toEqual(others(was));
    const stayed = is.get(made.account)?.touches.find(({ key }) => key === made.key);
    expect(stayed).toMatchObject({ status: "done", result: "held" });
    const open_ = (touches: readonly Touch[] | undefined) =>
      (touches ?? []).filter(isAhead).map(({ key }) => key);
    const made2 = open_(is.get(made.account)?.touches).filter(
      (key) => !open_(was.get(made.account)?.touches).includes(key),
    );
    expect(made2).toEqual([]);
    // the day between is answered by the model that was live on it, as it was decided
    const moved = back.from.version;
    const then = await explainAccount(book.context, made.account, GO_LIVE);
    expect(then.explanation.model.version).toBe(moved);
    const now = await explainAccount(book.context, made.account);
    expect(now.explanation.model.version).toBe(1);
  });
});

/** A call that is there only by the model that has gone live. */
async function touchMade(book: DemoPart, before: ReadonlyMap<string, AccountRows>): Promise<Touch> {
  for (const [id, { touches }] of await rowsOfBook(book.store)) {
    const known = new Set(before.get(id)?.touches.map(({ key }) => key));
    const made = touches.find((touch) => touch.human && isAhead(touch) && !known.has(touch.key));
    if (made) return made;
  }
  throw new Error("the model made no touch");
}
