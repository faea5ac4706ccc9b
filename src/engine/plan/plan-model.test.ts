import { afterEach, describe, expect, it } from "vitest";
import { ENGINES_OF_ENGINE } from "../../store/testing/test-database.ts";
import { openTestStore } from "../../store/testing/test-store.ts";
import { account, type Book, contact, GO_LIVE, logins } from "../testing/book.ts";
import { Books } from "../testing/books.ts";
import { LATER_MODEL, SMALL_MODEL } from "../testing/small-model.ts";
import { planModel, type PlanOptions } from "./plan-model.ts";

describe.each(ENGINES_OF_ENGINE)("a plan on %s", (engine) => {
  const books = new Books(() => openTestStore(engine));
  afterEach(() => books.close());

  const plan = (book: Book, source: string, options?: PlanOptions) =>
    planModel(book.context, { file: "model.yaml", source, messages: {} }, options);

  async function decided(): Promise<Book> {
    const book = await books.book();
    await book.import({
      accounts: [
        account("big", { name: "Big", owner: "ann", traits: { arr: 900 } }),
        account("middle", { name: "Middle", owner: "ann", traits: { arr: 300 } }),
        account("small", { name: "Small", traits: { arr: 20 } }),
      ],
      contacts: [contact("big", "b1"), contact("middle", "m1")],
      events: logins("small", GO_LIVE - 5, GO_LIVE - 1),
    });
    await book.apply(SMALL_MODEL, GO_LIVE);
    return book;
  }

  it("of the model that is live says that nothing would change", async () => {
    const book = await decided();
    const made = await plan(book, SMALL_MODEL);
    expect(made).toMatchObject({
      isSame: true,
      changes: [],
      moves: [],
      touchChanges: [],
      programs: [],
      segments: [],
      problems: [],
      accounts: { total: 3, moving: 0, first: 0 },
    });
    expect(made.levels).toEqual([
      { from: "high", to: "high", accounts: 2, revenue: 1200 },
      { from: "low", to: "low", accounts: 1, revenue: 20 },
    ]);
  });

  it("says who moves, why, and what becomes of their touches", async () => {
    const book = await decided();
    book.on(GO_LIVE + 1, 10);
    await book.decide();
    const before = await book.picture();
    const made = await plan(book, LATER_MODEL.replace("hold: 3d", "hold: 0d"));
    expect(await book.picture()).toEqual(before);
    expect(made.accounts).toMatchObject({ moving: 1, revenueMoving: 300 });
    expect(made.moves).toMatchObject([
      {
        account: "middle",
        reasons: [
          {
            what: "level",
            from: "high",
            to: "low",
            why: "arr 300: big needs 500 now (was 100)",
          },
          { what: "base_level", from: "high", to: "low" },
          {
            what: "segments.worth",
            from: "big",
            to: "small",
            oldRule: "arr >= 100",
            newRule: "true",
            actual: { arr: 300 },
            why: "arr 300: big needs 500 now (was 100)",
          },
        ],
      },
    ]);
    expect(made.programs).toEqual([{ program: "regular", started: 0, ended: 1, heldBack: 0 }]);
    expect(made.touchChanges.map(({ fate, account: of }) => `${of} ${fate}`)).toEqual([
      "middle cancelled",
      "middle cancelled",
      "middle cancelled",
    ]);
    expect(made.problems).toMatchObject([
      { code: "accounts-without-program", severity: "blocking", allowed: false },
    ]);
  });

  it("follows what a move makes happen, where facts count that", async () => {
    const counting = SMALL_MODEL.replace(
      "  last_call:",
      '  grown: { count: "segment:worth.big:entered" }\n  last_call:',
    ).replace("  quiet: {", "  risen: { when: grown >= 1 }\n  quiet: {");
    const book = await books.book();
    await book.import({ accounts: [account("middle", { traits: { arr: 60 } })] });
    await book.apply(counting, GO_LIVE);
    const made = await plan(book, counting.replace("big: arr >= 100", "big: arr >= 50"));
    const whats = made.moves.flatMap(({ reasons }) => reasons.map(({ what }) => what));
    expect(whats.toSorted()).toEqual(["base_level", "level", "segments.risen", "segments.worth"]);
  });
});
