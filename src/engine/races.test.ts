import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Chance } from "../core/account/testing/random-life.ts";
import { openSharedStores } from "../store/testing/test-store.ts";
import { ENGINES_OF_ENGINE } from "../store/testing/test-database.ts";
import { pinLevel } from "./account-by-hand.ts";
import type { Store } from "./ports.ts";
import { account, Book, GO_LIVE, login, logins } from "./testing/book.ts";
import { addTouchByHand, completeTouch } from "./touch-actions.ts";

/** Rounds in which two processes do things to the same accounts at once. */
const ROUNDS = 150;
const ROUNDS_A_DAY = 4;
const IDS = ["big", "mid", "small"];

describe.each(ENGINES_OF_ENGINE)("on %s", (engine) => {
  let stores: readonly Store[];
  let books: Book[];
  beforeAll(async () => {
    ({ stores } = await openSharedStores(engine, 2));
    books = stores.map((store) => new Book(store));
    await books[0]!.import({
      accounts: IDS.map((id, n) =>
        account(id, { createdAt: GO_LIVE - 50, traits: { arr: 300 - n * 140 } }),
      ),
      events: IDS.flatMap((id) => logins(id, GO_LIVE - 9, GO_LIVE - 1)),
    });
    await books[0]!.apply(undefined, GO_LIVE - 9);
  });
  afterAll(async () => {
    for (const store of new Set(stores)) await store.close();
  });

  test("no pin, outcome or decision is lost or doubled, however two processes get in each other's way", async () => {
    const chance = new Chance(7);
    const of = <T>(list: readonly T[]): T => chance.of(list) as T;
    const outcomes = new Map<string, string>();
    const pins = new Map<string, string>();
    let added = 0;
    let tracked = 0;

    const somethingHappens = async (round: number, isFree: (what: string) => boolean) => {
      const [book, id] = [of(books), of(IDS)];
      const note = `${round}.${chance.whole(1_000_000)}`;
      const kind = chance.whole(5);
      if (kind === 0) return book.decide();
      if (kind === 1) {
        tracked += 1;
        const day = GO_LIVE + Math.floor(round / ROUNDS_A_DAY);
        return book.import({ events: [login(id, day, { messageId: `m${tracked}` })] });
      }
      if (kind === 2 && isFree(`pin ${id}`)) {
        const level = of(["high", "low"]);
        await pinLevel(book.context, id, { level, until: null, reason: note });
        return pins.set(id, note);
      }
      if (kind === 3) {
        added += 1;
        const { touch } = await addTouchByHand(book.context, id, "call", {
          nonce: note,
          ...(chance.whole(2) === 0 ? {} : { result: "held", note }),
        });
        return touch.status === "done" ? outcomes.set(touch.id, note) : undefined;
      }
      const open = await book.store.touches.list({ account: id, statuses: ["planned", "due"] });
      const touch = chance.of(open)?.touch;
      if (!touch || !isFree(touch.id)) return undefined;
      await completeTouch(book.context, touch.id, {
        result: "held",
        note,
        set: { champion: "true" },
      });
      return outcomes.set(touch.id, note);
    };

    for (let round = 0; round < ROUNDS; round++) {
      const day = GO_LIVE + Math.floor(round / ROUNDS_A_DAY);
      for (const book of books) book.on(day, 10 + (round % ROUNDS_A_DAY));
      const taken = new Set<string>();
      const isFree = (what: string) => !taken.has(what) && taken.add(what).size > 0;
      await Promise.all(
        Array.from({ length: 2 + chance.whole(5) }, () => somethingHappens(round, isFree)),
      );
      const loaded = await books[0]!.store.accounts.load(IDS);
      for (const { id, state } of loaded) expect(state?.pin?.reason).toBe(pins.get(id));
    }

    await books[1]!.decide();
    const accounts = await books[0]!.store.accounts.load(IDS);
    const notes = new Map(accounts.flatMap(({ touches }) => touches.map((one) => [one.id, one])));
    for (const [touch, note] of outcomes) {
      expect(notes.get(touch)).toMatchObject({ status: "done", result: "held", note });
    }
    expect([...notes.values()].filter(({ program }) => program === null)).toHaveLength(added);
    expect(outcomes.size).toBeGreaterThan(ROUNDS / 5);
    expect(pins.size).toBe(IDS.length);
    for (const { id, state, events } of accounts) {
      // engine events are numbered one by one: a number that is missing or stands twice was raced
      const numbers = events.flatMap((event) => /^ts:[^:]+:(\d+)$/.exec(event.id)?.[1] ?? []);
      expect(numbers.map(Number).toSorted((a, b) => a - b)).toEqual(
        Array.from({ length: state?.serial ?? -1 }, (_, n) => n),
      );
      expect(events.filter(({ pending }) => pending)).toEqual([]);
      const history = await books[0]!.store.decisions.history(id, 10_000);
      const decided = history.map(({ state: { decided, schedule } }) =>
        JSON.stringify([
          decided?.level,
          decided?.stage,
          decided?.segments,
          decided?.band,
          schedule.runs,
        ]),
      );
      expect(history.length).toBeGreaterThan(3);
      decided.forEach((one, n) => expect(one).not.toBe(decided[n + 1]));
    }
    const before = await books[0]!.picture();
    expect(await books[0]!.decide()).toMatchObject({ evaluated: 0 });
    expect(await books[1]!.picture()).toEqual(before);
  });
});
