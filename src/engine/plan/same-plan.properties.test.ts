import fc from "fast-check";
import { afterEach, expect, it } from "vitest";
import { openTestStore } from "../../store/testing/test-store.ts";
import { applyModel } from "../apply-model.ts";
import { GO_LIVE, login } from "../testing/book.ts";
import { Books } from "../testing/books.ts";
import { planModel } from "./plan-model.ts";
import { ACCOUNTS, everythingBook, everythingFiles } from "./testing/everything-book.ts";
import { edited, EDITS } from "./testing/model-edits.ts";
import { PROBLEM_CODES } from "./problems.ts";
import type { ModelPlan, ProblemCode } from "./types.ts";

/** Changes of the model, one after the other, on one book. */
const CHANGES = Math.max(5, Math.round(Number(process.env["TOUCHSTONE_RUNS"] ?? 1000) / 200));
const OF_TOUCHPOINTS = [
  "minutes: 30",
  "title: Hello",
  "days: [30d",
  "title: Call",
  "minutes: 90",
  "drives: adoption, succeeds",
  "purpose: educational",
].map((text) => EDITS.findIndex(([find]) => find.startsWith(text)));
const ALLOW = Object.keys(PROBLEM_CODES) as ProblemCode[];

const books = new Books(() => openTestStore("pglite"));
afterEach(() => books.close());

interface Change {
  /** Edits made or taken back, each tried by itself; the first goes live. */
  readonly edits: readonly number[];
  readonly existing: "all" | "new";
  readonly days: number;
  /** Accounts that have news when it is planned. */
  readonly news: readonly number[];
}

const change: fc.Arbitrary<Change> = fc.record({
  edits: fc.uniqueArray(fc.nat(EDITS.length - 1), { minLength: 4, maxLength: 4 }),
  existing: fc.constantFrom("all", "new"),
  days: fc.nat(3),
  news: fc.uniqueArray(fc.nat(ACCOUNTS - 1), { maxLength: 3 }),
});

it("a plan is the same whether or not all accounts are evaluated, and empty once it is applied", async () => {
  const book = await everythingBook(books);
  await applyModel(book.context, everythingFiles(edited([])), { since: GO_LIVE - 3, allow: ALLOW });
  let day = GO_LIVE;
  let moved = 0;
  let made: readonly number[] = [];
  const changes = fc.sample(change, { numRuns: CHANGES, seed: SEED });
  for (const [step, { edits, existing, days, news }] of changes.entries()) {
    day += days;
    book.on(day, 9);
    await book.decide();
    await book.import({
      events: news.map((place) => login(`a${place}`, day, { messageId: `${step} ${place}` })),
    });
    const options = { existing, allow: ALLOW };
    // what touches are made of moves nobody: tried for certain, once
    for (const place of step === 0 ? [...edits, ...OF_TOUCHPOINTS] : edits) {
      const told = `seed ${SEED}, change ${step}: ${EDITS[place]?.join(" → ") ?? ""}`;
      const tried = everythingFiles(edited(toggled(made, place)));
      const [quick, whole] = [
        await planModel(book.context, tried, options),
        await planModel(book.context, tried, { ...options, evaluateAll: true }),
      ];
      expect(quick, told).toEqual(whole);
      moved += quick.moves.length;
    }
    made = toggled(made, edits[0] ?? 0);
    const files = everythingFiles(edited(made));
    const told = `seed ${SEED}, change ${step}`;
    await applyModel(book.context, files, options);
    for (const evaluateAll of [false, true]) {
      const after = await planModel(book.context, files, { ...options, evaluateAll });
      expect(changesIn(after), told).toEqual(NOTHING);
    }
  }
  // else nothing was tried
  expect(moved).toBeGreaterThan(0);
});

function toggled(made: readonly number[], place: number): readonly number[] {
  return made.includes(place) ? made.filter((one) => one !== place) : [...made, place];
}

const SEED = Number(process.env["TOUCHSTONE_SEED"] ?? 1);
const NOTHING = { isSame: true, changes: [], moves: [], touchChanges: [], runs: [] };

function changesIn({ isSame, changes, moves, touchChanges, programs }: ModelPlan) {
  const runs = programs.filter(({ started, ended }) => started + ended > 0);
  return { isSame, changes, moves, touchChanges, runs };
}
