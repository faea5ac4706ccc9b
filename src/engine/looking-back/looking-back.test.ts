import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Decision } from "../../core/decide/index.ts";
import { type Day, dayOf } from "../../core/time/day.ts";
import { startOfDay } from "../../core/time/zone.ts";
import { openTestStore } from "../../store/testing/test-store.ts";
import { ENGINES_OF_ENGINE } from "../../store/testing/test-database.ts";
import { pinLevel, unpinLevel } from "../account-by-hand.ts";
import { applyModel } from "../apply-model.ts";
import { decisionsOn } from "../decisions-on.ts";
import { explainAccount } from "../explain-account.ts";
import { account, type Book, login } from "../testing/book.ts";
import { Books } from "../testing/books.ts";
import { LATER_MODEL, SMALL_MODEL } from "../testing/small-model.ts";
import { completeTouch } from "../touch-actions.ts";
import { listAccountsThen } from "./list-accounts-then.ts";

const HOUR_MS = 3_600_000;
/** Clocks go forward in Paris on 29 March 2026, and back in Auckland on 5 April. */
const FIRST = dayOf(2026, 3, 24);
const LAST = dayOf(2026, 4, 8);
const LATER = FIRST + 7;

/** A model in which days, streaks, holds and programs depend on the zone's midnight. */
function modelIn(zone: string, source: string): string {
  return source.replace("timezone: Europe/Paris", `timezone: ${zone}`);
}

/** Every account's decision as it stood at the end of a day. */
async function said(book: Book): Promise<Map<string, Decision>> {
  const found = new Map<string, Decision>();
  for await (const page of book.store.decisions.current())
    for (const { id, decision } of page) found.set(id, decision);
  return found;
}

async function answered(book: Book, day: Day): Promise<Map<string, Decision>> {
  const found = new Map<string, Decision>();
  for await (const { stored: _, ...one } of decisionsOn(book.context, day))
    found.set(one.account, one);
  return found;
}

function withoutModels(decisions: ReadonlyMap<string, Decision>): unknown {
  return [...decisions].map(([id, decision]) => [id, { ...decision, model: null }]).toSorted();
}

/**
 * Lives through weeks day by day: accounts log in or fall silent, one closes, one is pinned, calls
 * are held, and another model goes live in between. What was said each evening is kept.
 */
async function lived(book: Book, zone: string): Promise<Map<Day, Map<string, Decision>>> {
  const at = (day: Day, hour: number): void => {
    book.now = startOfDay(day, zone) + hour * HOUR_MS;
  };
  const evenings = new Map<Day, Map<string, Decision>>();
  for (let day = FIRST; day <= LAST; day++) {
    at(day, 7);
    if (day === FIRST) {
      await book.import({
        accounts: [
          account("steady", { createdAt: FIRST - 60, traits: { arr: 300 } }),
          account("silent", { createdAt: FIRST - 60, traits: { arr: 40 } }),
          account("pinned", { createdAt: FIRST - 60, traits: { arr: 40 } }),
          account("closing", { createdAt: FIRST - 60, traits: { arr: 700 } }),
        ],
      });
      await book.apply(modelIn(zone, SMALL_MODEL), FIRST - 5);
    }
    const active = ["steady", "closing", ...(day % 9 < 3 ? ["silent", "pinned"] : [])];
    await book.import({
      events: active.map((id) => login(id, day, { at: startOfDay(day, zone) + HOUR_MS / 2 })),
    });
    if (day === FIRST + 12)
      await book.import({ accounts: [account("closing", { closedAt: day })] });
    if (day === LATER) await book.apply(modelIn(zone, LATER_MODEL));
    await book.decide();
    at(day, 12);
    if (day === FIRST + 4)
      await pinLevel(book.context, "pinned", { level: "high", until: null, reason: "asked" });
    if (day === FIRST + 9) await unpinLevel(book.context, "pinned", "over");
    if (day === FIRST + 6) await holdCall(book, "steady");
    await book.decide();
    at(day, 22);
    await book.decide();
    evenings.set(day, await said(book));
  }
  return evenings;
}

async function holdCall(book: Book, id: string): Promise<void> {
  const [touch] = await book.store.touches.list({ account: id });
  if (!touch) throw new Error(`${id} has no touch`);
  await completeTouch(book.context, touch.touch.id, { result: "held", set: {} });
}

describe.each(ENGINES_OF_ENGINE)("looking back on %s", (engine) => {
  const books = new Books(() => openTestStore(engine));
  afterAll(() => books.close());

  // Paris and both far ends of the world, where a day begins half a day earlier or later
  const zones =
    engine === "pglite" ? ["Pacific/Auckland", "America/Los_Angeles"] : ["Europe/Paris"];
  describe.each(zones)("in %s", (zone) => {
    let book: Book;
    let evenings: Map<Day, Map<string, Decision>>;
    beforeAll(async () => {
      book = await books.book();
      evenings = await lived(book, zone);
      // it is asked long after
      book.now += 40 * 24 * HOUR_MS;
    });

    test("every day is answered as it was said on its evening, stored or not", async () => {
      for (const [day, evening] of evenings) {
        const then = await answered(book, day);
        // what was stored in the morning by the one model, and left so by the other, is the former's
        const [are, were] = day === LATER ? [then, evening].map(withoutModels) : [then, evening];
        expect(are).toEqual(were);
      }
    });

    test("a day is answered by the model that was live on it", async () => {
      const before = await explainAccount(book.context, "steady", LATER - 1);
      expect(before.explanation).toMatchObject({ level: { base: "high" }, model: { version: 1 } });
      const after = await explainAccount(book.context, "steady", LATER + 1);
      expect(after.explanation).toMatchObject({ level: { base: "low" }, model: { version: 2 } });
      // the rules that are shown are those of that model
      const rule = ({ explanation }: typeof before) =>
        explanation.rules.segments["worth"]?.["big"]?.text;
      expect([rule(before), rule(after)]).toEqual(["arr >= 100", "arr >= 500"]);
    });

    test("accounts of a day are listed by its model; who was closed or not known is counted", async () => {
      const big = { where: 'segments.worth == "big"', sort: "-arr" };
      const idsOn = async (day: Day) =>
        (await listAccountsThen(book.context, day, big)).accounts.map(({ id }) => id);
      expect(await idsOn(LATER - 1)).toEqual(["closing", "steady"]);
      expect(await idsOn(LATER)).toEqual(["closing"]);
      expect(await idsOn(FIRST + 12)).toEqual([]);
      const one = await listAccountsThen(book.context, FIRST + 13, { sort: "arr", limit: 1 });
      expect(one).toMatchObject({ total: 3, version: 2, accounts: [{ id: "pinned" }] });
      expect(one.counts).toMatchObject({ closed: 1, notKnown: 0 });
      const early = await listAccountsThen(book.context, FIRST - 70, {});
      expect(early).toMatchObject({ total: 0, counts: { notKnown: 4, stored: 0, computed: 0 } });
    });
  });

  test("what came in late changes no stored day, and counts in one that is worked out", async () => {
    const book = await books.book(FIRST, 8);
    await book.import({
      accounts: [account("acme", { createdAt: FIRST - 60, traits: { arr: 300 } })],
      events: [login("acme", FIRST - 1)],
    });
    await book.apply(SMALL_MODEL, FIRST);
    for (const day of [FIRST + 1, FIRST + 2, FIRST + 3, FIRST + 4]) {
      book.on(day, 8);
      await book.decide();
    }
    const on = async (day: Day) => (await explainAccount(book.context, "acme", day)).explanation;
    const logins = async (day: Day) => {
      const { stored, facts } = await on(day);
      return { stored, logins: facts["logins_7d"] };
    };
    expect(await logins(FIRST)).toEqual({ stored: true, logins: 1 });
    expect(await logins(FIRST + 1)).toEqual({ stored: false, logins: 1 });
    book.on(FIRST + 5, 8);
    await book.import({
      events: [FIRST - 2, FIRST, FIRST + 2].map((day) =>
        login("acme", day, { messageId: `late ${day}` }),
      ),
    });
    await book.decide();
    expect(await logins(FIRST)).toEqual({ stored: true, logins: 1 });
    expect(await logins(FIRST + 1)).toEqual({ stored: false, logins: 3 });
    expect(await logins(FIRST + 2)).toEqual({ stored: false, logins: 4 });
  });

  test("a model for newcomers only starts no program of those who were there, on no day that is worked out", async () => {
    const book = await books.book(FIRST, 8);
    await book.import({
      accounts: [account("acme", { createdAt: FIRST - 60, traits: { arr: 40 } })],
    });
    await book.apply(SMALL_MODEL, FIRST);
    book.on(FIRST + 3, 8);
    const source = `${SMALL_MODEL}  every_one:
    when: account_age_days > 5
    steps: [{ touch: call, every: 4w }]
`;
    await applyModel(
      book.context,
      { file: "model.yaml", source, messages: {} },
      { existing: "new" },
    );
    book.on(FIRST + 8, 8);
    await book.decide();
    const present = (await explainAccount(book.context, "acme")).explanation.programs;
    expect(present.map(({ name }) => name)).not.toContain("every_one");
    const past = (await explainAccount(book.context, "acme", FIRST + 5)).explanation;
    expect(past.programs).toEqual(present);
  });
});
