import { afterEach, expect, test } from "vitest";
import { openTestStore } from "../store/testing/test-store.ts";
import { needOf } from "./accounts-in-need.ts";
import { todayOf } from "./book-history/book-today.ts";
import { revenueOf } from "./revenue-of.ts";
import { GO_LIVE } from "./testing/book.ts";
import { Books } from "./testing/books.ts";
import { importTiers, tiersModel } from "./testing/tiers-book.ts";
import { findNeeds, worstNeeds } from "./worst-needs.ts";
import { applyModel } from "./apply-model.ts";

const books = new Books(() => openTestStore("pglite"));
afterEach(() => books.close());

test("who is in need, told from columns, is who the decisions themselves say, in the same order", async () => {
  const book = await books.book(GO_LIVE, 9);
  await importTiers(book, 60, GO_LIVE);
  await applyModel(book.context, tiersModel(), {});
  const { book: now, today } = await todayOf(book.context);
  const found = findNeeds(now, now.model, today);
  const told = [];
  for await (const page of book.store.decisions.current()) {
    for (const one of page) {
      const need = needOf(now.model, one, revenueOf(now.model, one.decision));
      // that nobody has touched it yet is no need of its own
      if (need && need.reasons.some((reason) => !/^(no touch on record|renews in)/.test(reason)))
        told.push({ id: need.id, weight: need.weight });
    }
  }
  expect(told.length).toBeGreaterThan(3);
  const rounded = (list: readonly { id: string; weight: number }[]) =>
    list.map(({ id, weight }) => `${id} ${weight.toFixed(6)}`).toSorted();
  expect(rounded(found)).toEqual(rounded(told));
  const worst = await worstNeeds(book.context, now.model, found, 3);
  expect(worst.map(({ id }) => id)).toEqual(found.slice(0, 3).map(({ id }) => id));
});
