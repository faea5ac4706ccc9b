import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Decision } from "../core/decide/index.ts";
import type { Day } from "../core/time/day.ts";
import type { AccountPicture } from "../engine/testing/book.ts";
import { account, Book, GO_LIVE, logins } from "../engine/testing/book.ts";
import type { StandingKind, StandingMove, Store } from "../engine/ports.ts";
import { ENGINES } from "./testing/test-database.ts";
import { openTestStore } from "./testing/test-store.ts";

const FROM = GO_LIVE - 30;
const TO = GO_LIVE + 21;
const NAMES = ["acme", "bolt", "core", "dale", "east", "fern", "gone", "hill"];

/** Accounts of all sizes; some fall quiet, one is closed, one closed on a day that is told late. */
async function live(store: Store): Promise<Book> {
  const book = new Book(store, GO_LIVE, 9);
  await book.import({
    accounts: NAMES.map((id, n) =>
      account(id, {
        name: `Name of ${id}`,
        createdAt: GO_LIVE - 60 + 6 * n,
        traits: { arr: n % 2 === 0 ? 200 : 20, renewal_date: n < 5 ? `2026-0${4 + n}-15` : null },
      }),
    ),
    events: NAMES.flatMap((id, n) => logins(id, GO_LIVE - 50 + 7 * n, GO_LIVE - 20 + 4 * n)),
  });
  await book.apply();
  book.on(GO_LIVE + 7, 9);
  await book.import({ accounts: [account("gone", { closedAt: GO_LIVE + 5, asOf: GO_LIVE + 7 })] });
  await book.decide();
  book.on(TO, 9);
  await book.import({
    accounts: [account("hill", { closedAt: TO, asOf: TO }), account("iris", { name: "Iris" })],
  });
  await book.decide();
  return book;
}

const PLACES: Record<StandingKind, (decision: Decision) => string> = {
  level: ({ level }) => level?.name ?? "",
  stage: ({ stage }) => stage?.name ?? "",
  band: ({ health }) => health.band,
};

/** The same told from each account's whole history, one after another. */
function placeOn(of: StandingKind, one: AccountPicture, day: Day, closed: Day | null) {
  if (closed !== null && closed <= day) return null;
  const history = one.history as { day: Day; decision: Decision }[];
  // newest first
  const found = history.find((each) => each.day <= day && (closed === null || each.day < closed));
  return found ? PLACES[of](found.decision) : null;
}

describe.each(ENGINES)("the book's history, on %s", (engine) => {
  let store: Store;
  let pictures: readonly AccountPicture[];
  const closed = new Map<string, Day>([
    ["gone", GO_LIVE + 5],
    ["hill", TO],
  ]);
  beforeAll(async () => {
    store = await openTestStore(engine);
    pictures = await (await live(store)).picture();
  });
  afterAll(() => store.close());

  test.each(["level", "stage", "band"] as const)(
    "moves of %s between days are those of the accounts' own histories",
    async (of) => {
      const days = [FROM, GO_LIVE - 10, GO_LIVE, GO_LIVE + 6, TO];
      const expected: StandingMove[] = [];
      for (const [period, day] of days.entries()) {
        const counts = new Map<string, number>();
        for (const one of pictures) {
          const end = closed.get(one.id) ?? null;
          const before = period === 0 ? null : placeOn(of, one, days[period - 1] ?? 0, end);
          const after = placeOn(of, one, day, end);
          if (before === after) continue;
          const key = JSON.stringify([before, after]);
          counts.set(key, (counts.get(key) ?? 0) + 1);
        }
        for (const [key, accounts] of counts) {
          const [from, to] = JSON.parse(key) as [string | null, string | null];
          expected.push({ period, from, to, accounts });
        }
      }
      const found = await store.history.moves(of, days);
      expect(new Set(found)).toEqual(new Set(expected));
      expect(found.length).toBe(expected.length);
      // it is no empty comparison: somebody moved within the book (of stage nobody does here)
      const isMoved = found.some(({ from, to }) => from !== null && to !== null);
      expect(isMoved).toBe(of !== "stage");
    },
  );

  test("the accounts behind each move are named, in pages, and they are as many", async () => {
    const days = [FROM, TO] as const;
    for (const { period, from, to, accounts } of await store.history.moves("level", days)) {
      const move = { of: "level", fromDay: FROM, toDay: TO, from, to } as const;
      const ids: string[] = [];
      if (period === 0) continue;
      for (let page = await store.history.movedAccounts(move, null, 1); page.length > 0;) {
        ids.push(...page.map(({ id }) => id));
        page = await store.history.movedAccounts(move, ids.at(-1) ?? null, 1);
      }
      expect(ids.length, JSON.stringify(move)).toBe(accounts);
    }
    const gone = { of: "level", fromDay: GO_LIVE, toDay: TO, from: "high", to: null } as const;
    expect(await store.history.movedAccounts(gone, null, 10)).toMatchObject([
      { id: "gone", name: "Name of gone", closedAt: GO_LIVE + 5 },
      { id: "hill", closedAt: TO },
    ]);
    // those that stay where they are can be asked for as well
    const stay = { of: "stage", fromDay: GO_LIVE, toDay: TO, from: "onboarding", to: "onboarding" };
    const there = pictures.filter(
      (one) =>
        placeOn("stage", one, GO_LIVE, null) === "onboarding" &&
        placeOn("stage", one, TO, closed.get(one.id) ?? null) === "onboarding",
    );
    const found = await store.history.movedAccounts({ ...stay, of: "stage" }, null, 20);
    expect(found.map(({ id }) => id).toSorted()).toEqual(there.map(({ id }) => id));
  });

  test("touches are tallied by week, level and what became of them; the rows behind are as many", async () => {
    const tallies = await store.history.touchTallies(GO_LIVE, TO);
    const touches = pictures.flatMap(
      ({ touches }) => touches as { due: Day; status: string; account: string; minutes: number }[],
    );
    const due = touches.filter((one) => one.due >= GO_LIVE && one.due <= TO);
    expect(due.length).toBeGreaterThan(3);
    const sum = (key: "touches" | "minutes") => tallies.reduce((all, one) => all + one[key], 0);
    expect([sum("touches"), sum("minutes")]).toEqual([
      due.length,
      due.reduce((all, { minutes }) => all + minutes, 0),
    ]);
    for (const { week, level, human, status, touches: count } of tallies) {
      const filter = {
        from: Math.max(week, GO_LIVE),
        to: Math.min(week + 6, TO),
        level,
        human,
        statuses: [status],
      };
      const found = await store.history.talliedTouches(filter, null, 100);
      expect(found.length).toBe(count);
      const [first] = found;
      if (!first || count < 2) continue;
      const rest = await store.history.talliedTouches(filter, first, 100);
      expect(rest.map(({ id }) => id)).toEqual(found.slice(1).map(({ id }) => id));
    }
  });
});
