import { afterEach, expect, it } from "vitest";
import { readModelFiles } from "../../cli/model-files.ts";
import { formatDay } from "../../core/time/day.ts";
import { openTestStore } from "../../store/testing/test-store.ts";
import { applyModel } from "../apply-model.ts";
import type { ModelFiles } from "../check-model.ts";
import { account, type Book, GO_LIVE } from "../testing/book.ts";
import { Books } from "../testing/books.ts";
import { planModel } from "./plan-model.ts";
import { PROBLEM_CODES } from "./problems.ts";

const books = new Books(() => openTestStore("pglite"));
afterEach(() => books.close());

const ALLOW = Object.keys(PROBLEM_CODES);

async function fourTiers(): Promise<ModelFiles> {
  const files = await readModelFiles(
    new URL("../../../templates/four-tiers-hybrid", import.meta.url).pathname,
  );
  if (!files) throw new Error("the template is not there");
  return files;
}

async function decidedBook(files: ModelFiles): Promise<Book> {
  const book = await books.book(GO_LIVE, 20);
  await book.import({
    accounts: Array.from({ length: 24 }, (_, place) =>
      account(`a${place}`, {
        owner: "ann",
        createdAt: GO_LIVE - 200 - place,
        traits: {
          arr: 20_000 + place * 5000,
          plan: "growth",
          renewal_date: formatDay(GO_LIVE + 200 - place * 5),
        },
      }),
    ),
  });
  await applyModel(book.context, files, { since: GO_LIVE, allow: ALLOW });
  return book;
}

it("what is stored after going live is what the plan said, to the row", async () => {
  const files = await fourTiers();
  const book = await decidedBook(files);
  const source = files.source.replaceAll("100000", "60000");
  const before = await standings(book);
  const plan = await planModel(book.context, { ...files, source }, { allow: ALLOW });
  await applyModel(book.context, { ...files, source }, { allow: ALLOW });
  const after = await standings(book);

  const moved = [...after].filter(([id, { level }]) => before.get(id)?.level !== level);
  expect(moved.length).toBeGreaterThan(3);
  expect(
    plan.moves
      .flatMap(({ account: id, reasons }) =>
        reasons.filter(({ what }) => what === "level").map(({ from, to }) => [id, from, to]),
      )
      .toSorted(byText),
  ).toEqual(
    moved.map(([id, { level }]) => [id, before.get(id)?.level ?? null, level]).toSorted(byText),
  );
  expect(plan.moves[0]?.reasons.find(({ what }) => what === "segments.tier")?.why).toMatch(
    /^arr [\d,]+: top needs 60,000 now \(was 100,000\)$/,
  );

  const rows = [...after].flatMap(([id, { touches }]) =>
    [...touches].flatMap(([key, due]) => {
      const was = before.get(id)?.touches.get(key) ?? null;
      return was === due ? [] : [[key, was, due]];
    }),
  );
  const gone = [...before].flatMap(([id, { touches }]) =>
    [...touches].flatMap(([key, due]) =>
      after.get(id)?.touches.has(key) === true ? [] : [[key, due, null]],
    ),
  );
  expect(rows.length).toBeGreaterThan(0);
  expect(
    plan.touchChanges
      .filter(({ fate }) => fate !== "changed")
      .map(({ key, dueBefore, due }) => [key, dueBefore, due])
      .toSorted(byText),
  ).toEqual([...rows, ...gone].toSorted(byText));
});

interface Stands {
  readonly level: string | null;
  /** Days of those ahead, by key. */
  readonly touches: ReadonlyMap<string, number>;
}

async function standings(book: Book): Promise<ReadonlyMap<string, Stands>> {
  const stored = await book.store.accounts.load(await book.store.accounts.ids({}));
  return new Map(
    stored.map(({ id, state, touches }) => [
      id,
      {
        level: state?.decided?.level?.name ?? null,
        touches: new Map(
          touches
            .filter(({ status }) => ["planned", "due", "deferred"].includes(status))
            .map(({ key, due }) => [key, due]),
        ),
      },
    ]),
  );
}

function byText(a: readonly unknown[], b: readonly unknown[]): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
