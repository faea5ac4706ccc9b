import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestStore } from "../../store/testing/test-store.ts";
import { type accountPage, type AccountPageQuery, pageFromDatabase } from "../account-page.ts";
import type { EngineContext } from "../context.ts";
import type { ListedAccount } from "../ports.ts";
import { account, Book, GO_LIVE, login } from "../testing/book.ts";
import { listFromView } from "./list-from-view.ts";

let book: Book;
beforeAll(async () => {
  book = new Book(await openTestStore("pglite"), GO_LIVE, 9);
  const plans = ["free", "pro", null];
  await book.import({
    accounts: Array.from({ length: 40 }, (_, n) =>
      account(`a${n}`, {
        name: n % 7 === 0 ? null : `${n % 2 ? "Firm" : "firma"} ${n % 5}`,
        owner: [null, "ann", "bob"][n % 3] ?? null,
        createdAt: GO_LIVE - n,
        closedAt: n === 11 ? GO_LIVE - 1 : null,
        traits: {
          ...(n % 4 === 0 ? {} : { arr: (n * 37) % 200 }),
          plan: plans[n % 3] ?? null,
          champion: n % 5 === 0,
          ...(n % 6 === 0 ? { renewal_date: `2026-04-${10 + (n % 9)}` } : {}),
        },
      }),
    ),
    events: [1, 2, 3, 13].map((n) => login(`a${n}`, GO_LIVE - n)),
  });
  await book.apply();
  await book.import({ accounts: [account("new")] });
});
afterAll(() => book.store.close());

const part = fc.constantFrom(
  "arr >= 100",
  "arr < 50 || champion",
  'plan == "pro"',
  'account_name.startsWith("firma")',
  "known(renewal_date) && days_until(renewal_date) < 45",
  'segments.worth == "big"',
  "segments.quiet",
  'level != "high"',
  "health < 50",
  "account_age_days % 2 == 0".replace(" % 2 == 0", " > 20"),
  'plan in ["free"]',
  "days_in_stage == 0 && !champion",
);
const rule = fc.oneof(
  part,
  fc.tuple(part, fc.constantFrom("&&", "||"), part).map(([a, op, b]) => `(${a}) ${op} (${b})`),
  part.map((one) => `!(${one})`),
);
const query = fc.record(
  {
    where: rule,
    sort: fc.constantFrom(
      "arr",
      "-arr",
      "plan",
      "-plan",
      "champion",
      "-renewal_date",
      "health",
      "-account_name",
      "level",
    ),
    level: fc.constantFrom("high", "low", "none"),
    stage: fc.constantFrom("onboarding", "growth"),
    owner: fc.constantFrom("ann", "bob", null),
    text: fc.constantFrom("a1", "FIRM", "ma 3"),
  },
  { requiredKeys: [] },
);

async function leaf(
  page: typeof accountPage,
  asked: AccountPageQuery,
  limit: number,
): Promise<ListedAccount[]> {
  const all: ListedAccount[] = [];
  let after: Parameters<typeof accountPage>[2] = null;
  do {
    const { items, next } = await page(book.context, asked, after, limit);
    all.push(...items);
    after = next;
  } while (after !== null && all.length < 100);
  return all;
}

test("the book in memory lists the same accounts in the same order as the database, page by page", async () => {
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(
      query,
      fc.constantFrom("open", "decided"),
      fc.integer({ min: 1, max: 15 }),
      async (asked, state, limit) => {
        const wanted = { ...asked, state } as AccountPageQuery;
        const inMemory = async (
          context: EngineContext,
          ...rest: [AccountPageQuery, never, number]
        ) => {
          const found = await listFromView(context, ...rest);
          if (found) answered += 1;
          return found ?? pageFromDatabase(context, ...rest);
        };
        const expected = await leaf(pageFromDatabase, wanted, 50);
        expect(await leaf(inMemory as typeof accountPage, wanted, limit)).toEqual(
          expected.map((one) => ({ ...one, orderValue: one.id })),
        );
      },
    ),
    { numRuns: 60 },
  );
  expect(answered).toBeGreaterThan(30);
});
