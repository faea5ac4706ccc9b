import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestStore } from "../store/testing/test-store.ts";
import { ENGINES_OF_ENGINE } from "../store/testing/test-database.ts";
import { account, type Book, GO_LIVE, login, logins, type Rows } from "./testing/book.ts";
import { Books } from "./testing/books.ts";
import { LATER_MODEL, SMALL_MODEL } from "./testing/small-model.ts";

/** One that is worth a lot, one that falls silent on the way, one that is new. */
const BOOK: Rows = {
  accounts: [
    account("big", { createdAt: GO_LIVE - 200, owner: "ann", traits: { arr: 300 } }),
    account("fading", { createdAt: GO_LIVE - 60, traits: { arr: 20 } }),
    account("young", { createdAt: GO_LIVE - 1, traits: { arr: 20 } }),
  ],
  events: [
    ...logins("big", GO_LIVE - 120, GO_LIVE + 60),
    ...logins("fading", GO_LIVE - 60, GO_LIVE - 3),
    login("young", GO_LIVE - 1),
  ].filter(({ at }) => at < GO_LIVE * 86_400_000),
};

const FRIDAY = GO_LIVE + 4;

describe.each(ENGINES_OF_ENGINE)("on %s", (engine) => {
  const books = new Books(() => openTestStore(engine));
  afterAll(() => books.close());

  describe("a book goes live, and lives on", () => {
    let book: Book;
    beforeAll(async () => {
      book = await books.book();
      await book.import(BOOK);
    });

    test("the first model decides the last 90 days one by one and plans from today on", async () => {
      const { isNew, version, run } = await book.apply();
      expect({ isNew, version }).toEqual({ isNew: true, version: 1 });
      expect(run).toMatchObject({ accounts: 3, evaluated: 3, first: 3 });
      const pictures = await book.picture();
      // those that came later begin on their first day
      expect(pictures.map(firstDay)).toEqual([GO_LIVE - 90, GO_LIVE - 60, GO_LIVE - 1]);
      // its run was entered 90 days ago: the series counts from there, none of it lies before today
      expect(await book.standing("big")).toEqual({
        level: "high",
        stage: "onboarding",
        open: ["call 2026-03-11", "call 2026-03-25"],
      });
      expect(pictures[0]?.state?.schedule.runs).toMatchObject([
        { program: "regular", entered: GO_LIVE - 90 },
      ]);
      expect(pictures.flatMap(({ touches }) => touches)).toHaveLength(2);
    });

    test("an account of unknown age is replayed from the first day with data, not before", async () => {
      const other = await books.book();
      await other.on(GO_LIVE, 15).import({
        accounts: [
          account("bare", { traits: { arr: 300 } }),
          account("busy", { traits: { arr: 300 } }),
          account("told", { asOf: GO_LIVE - 50, traits: { arr: 300 } }),
        ],
        events: [login("busy", GO_LIVE - 40)],
      });
      const { run } = await other.apply();
      expect(run).toMatchObject({ accounts: 3, first: 3 });
      const days = (await other.picture()).map((one) => [one.id, firstDay(one)]);
      expect(days).toEqual([
        ["bare", GO_LIVE],
        ["busy", GO_LIVE - 40],
        ["told", GO_LIVE - 50],
      ]);
    });

    test("deciding again without news changes no row", async () => {
      const before = await rowsOf(book);
      expect(await book.on(GO_LIVE, 15).decide()).toMatchObject({
        evaluated: 0,
        moved: [],
        touches: 0,
      });
      expect(await rowsOf(book)).toEqual(before);
    });

    test("the same model again writes nothing", async () => {
      const before = await rowsOf(book);
      expect(await book.on(GO_LIVE, 16).apply()).toMatchObject({
        isNew: false,
        version: 1,
        run: { evaluated: 0 },
      });
      expect(await rowsOf(book)).toEqual(before);
    });

    test("a new day is decided once for every account", async () => {
      expect(await book.on(GO_LIVE + 1).decide()).toMatchObject({ evaluated: 3, first: 0 });
      expect(await book.on(GO_LIVE + 1, 8).decide()).toMatchObject({ evaluated: 0 });
    });

    test("only accounts with news are decided again", async () => {
      book.on(GO_LIVE + 1, 15);
      await book.import({ accounts: [account("fading", { traits: { arr: 150 } })] });
      const moved = [{ account: "fading", from: { level: "low" }, to: { level: "high" } }];
      expect(await book.decide()).toMatchObject({ evaluated: 1, moved });
      expect((await book.standing("fading")).level).toBe("high");
    });

    test("an event of an earlier day counts on its day, and no stored decision is rewritten", async () => {
      await book.on(GO_LIVE + 2).decide();
      const before = await historiesOf(book);
      await book.import({ events: [login("young", GO_LIVE + 1)] });
      expect(await book.decide()).toMatchObject({ evaluated: 1 });
      expect(await historiesOf(book)).toMatchObject(before);
      const [current] = await currentOf(book, "young");
      expect(current?.decision.facts["logins_7d"]).toBe(2);
    });

    test("accounts that arrive after the first model are not replayed", async () => {
      book.on(GO_LIVE + 3, 9);
      await book.import({
        accounts: [account("late", { createdAt: GO_LIVE - 300, traits: { arr: 900 } })],
      });
      await book.decide();
      const late = (await book.picture()).find(({ id }) => id === "late");
      expect(late?.history).toMatchObject([{ day: GO_LIVE + 3, cause: "first" }]);
      expect(late?.state?.schedule.runs).toMatchObject([
        { program: "regular", entered: GO_LIVE + 3 },
      ]);
    });

    test("a later model decides every account, takes effect whole, and is not replayed", async () => {
      const before = await historiesOf(book);
      const { version, run } = await book.on(GO_LIVE + 3, 10).apply(LATER_MODEL);
      expect({ version, evaluated: run.evaluated }).toEqual({ version: 2, evaluated: 4 });
      expect(await historiesOf(book)).toMatchObject(before);
      // lowered on the third day of being asked for
      expect((await book.standing("big")).level).toBe("high");
      await book.on(GO_LIVE + 5).decide();
      expect(await book.standing("big")).toEqual({ level: "low", stage: "onboarding", open: [] });
    });

    test("a closed account leaves the counts, its touches are cancelled; reopened it starts again", async () => {
      book.on(GO_LIVE + 6, 9);
      await book.import({ accounts: [account("late", { closedAt: GO_LIVE + 6 })] });
      await book.decide();
      expect(await currentOf(book, "late")).toEqual([]);
      const closed = (await book.picture()).find(({ id }) => id === "late");
      expect(closed?.state).toMatchObject({ closed: true, decided: null });
      expect(closed?.touches).toHaveLength(4);
      for (const touch of closed?.touches ?? [])
        expect(touch).toMatchObject({ status: "cancelled", reason: "closed" });
      book.on(GO_LIVE + 8, 9);
      await book.import({ accounts: [account("late", { closedAt: null })] });
      await book.decide();
      const reopened = (await book.picture()).find(({ id }) => id === "late");
      expect(reopened?.state).toMatchObject({
        closed: false,
        decided: { level: { name: "high", since: GO_LIVE + 8 } },
      });
      expect(reopened?.state?.schedule.runs).toMatchObject([
        { program: "regular", run: 2, entered: GO_LIVE + 8 },
      ]);
    });
  });

  test("a weekend off is caught up day by day: the same decisions, states and touches", async () => {
    const [daily, away] = [await books.book(), await books.book()];
    for (const book of [daily, away]) {
      await book.import(BOOK);
      await book.apply(SMALL_MODEL, GO_LIVE - 20);
      for (let day = GO_LIVE + 1; day <= FRIDAY; day++) await book.on(day).decide();
    }
    await daily.on(FRIDAY + 1).decide();
    await daily.on(FRIDAY + 2).decide();
    for (const book of [daily, away]) await book.on(FRIDAY + 3).decide();
    const expected = await daily.picture();
    expect(await away.picture()).toEqual(expected);
    // something did happen on the Sunday
    expect(expected[1]?.history).toContainEqual(
      expect.objectContaining({ day: FRIDAY + 2, cause: "midnight" }),
    );
    expect(await away.standing("fading")).toMatchObject({
      level: "high",
      open: expect.arrayContaining(["call 2026-03-09"]),
    });
  });

  test("after a longer absence what people should have done by then is missed", async () => {
    const book = await books.book();
    await book.import(BOOK);
    await book.apply(SMALL_MODEL, GO_LIVE - 10);
    // --since says how far the first model looks back
    expect((await book.picture()).map(firstDay)).toEqual([GO_LIVE - 10, GO_LIVE - 10, GO_LIVE - 1]);
    await book.on(FRIDAY + 20).decide();
    const fading = (await book.picture()).find(({ id }) => id === "fading");
    expect(fading?.history).toContainEqual(
      expect.objectContaining({ day: FRIDAY + 2, cause: "midnight" }),
    );
    expect(fading?.touches).toContainEqual(
      expect.objectContaining({ program: "rescue", status: "missed" }),
    );
  });
});

/** Each account's stored decisions, by how many came before. */
async function historiesOf(book: Book): Promise<Record<string, Record<number, unknown>>> {
  const pictures = await book.picture();
  const numbered = (history: readonly unknown[]): Record<number, unknown> =>
    Object.fromEntries(history.toReversed().entries());
  return Object.fromEntries(pictures.map(({ id, history }) => [id, numbered(history)]));
}

function firstDay(picture: { readonly history: readonly unknown[] } | undefined): unknown {
  return (picture?.history.at(-1) as { day?: unknown } | undefined)?.day;
}

async function currentOf(book: Book, id: string) {
  const found = [];
  for await (const page of book.store.decisions.current([id])) found.push(...page);
  return found;
}

/** Every row of every table. */
async function rowsOf(book: Book): Promise<Record<string, string>> {
  const parent = mkdtempSync(join(tmpdir(), "touchstone-rows-"));
  try {
    const folder = join(parent, "rows");
    await book.store.archive.exportTo(folder);
    const files = readdirSync(folder).filter((name) => name.endsWith(".jsonl"));
    return Object.fromEntries(
      files.map((name) => [name, readFileSync(join(folder, name), "utf8")]),
    );
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
}
