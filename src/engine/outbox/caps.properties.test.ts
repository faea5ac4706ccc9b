import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Day, DAY_MS } from "../../core/time/day.ts";
import { localDay } from "../../core/time/zone.ts";
import { BUCKETS, bucketOf } from "../../store/bucket.ts";
import { ENGINES_OF_ENGINE } from "../../store/testing/test-database.ts";
import { openTestStore } from "../../store/testing/test-store.ts";
import { account, contact, login } from "../testing/book.ts";
import { Delivery, HOUR_MS } from "./testing/delivery.ts";
import { mailModel } from "./testing/mail-model.ts";

const CAPS =
  "{ contact: { email: [1 per 1d, 2 per 4d], any: [4 per 8d] }, account: { any: [2 per 3d] }, send_between: '08:00-18:00', give_up_after: 5d }";
const ZONE = "Europe/Paris";
const ACCOUNTS = 6;
const PEOPLE = 3;

type Step =
  | { readonly do: "ask"; readonly account: number; readonly what: "Tip" | "Bill" }
  | { readonly do: "pass"; readonly hours: number }
  | { readonly do: "deliver" };

const step = fc.oneof(
  fc.record({
    do: fc.constant("ask" as const),
    account: fc.nat({ max: ACCOUNTS - 1 }),
    what: fc.constantFrom("Tip" as const, "Tip" as const, "Tip" as const, "Bill" as const),
  }),
  fc.record({ do: fc.constant("pass" as const), hours: fc.integer({ min: 1, max: 30 }) }),
  fc.record({ do: fc.constant("deliver" as const) }),
);

describe.each(ENGINES_OF_ENGINE)("caps on %s", (engine) => {
  let it: Delivery;
  let run = 0;
  beforeAll(async () => {
    it = await new Delivery(await openTestStore(engine)).begin({}, mailModel({ caps: CAPS }));
  });
  afterAll(() => it.store.close());

  /** Accounts whose contacts are the same few people, each at several of them. */
  async function newAccounts(): Promise<readonly string[]> {
    run += 1;
    const ids = Array.from({ length: ACCOUNTS }, (_, index) => `r${run}-${index}`);
    await it.book.import({
      accounts: ids.map((id) => account(id, { traits: { arr: 0 } })),
      contacts: ids.flatMap((id, index) =>
        [index % PEOPLE, (index + 1) % PEOPLE].map((who) =>
          contact(id, `${id}-c${who}`, { email: `p${run}-${who}@x.test`, role: "user" }),
        ),
      ),
    });
    return ids;
  }

  /** Three workers, each with a third of the accounts, at the same time; now and then all of one's. */
  async function deliverTogether(): Promise<void> {
    const all = Array.from({ length: BUCKETS }, (_, bucket) => bucket);
    const hands = [0, 1, 2].map((own) =>
      it.hand(`w${own}`, { buckets: all.filter((bucket) => bucket % 3 === own) }),
    );
    for (let round = 0; round < 20; round++) {
      await it.decide();
      const done = await Promise.all(
        [...hands, it.hand("all")].map(async (hand) => hand.deliver()),
      );
      if (done.every((count) => count === 0)) return;
    }
  }

  async function act(ids: readonly string[], one: Step, index: number): Promise<void> {
    if (one.do === "pass") it.book.now += one.hours * HOUR_MS;
    else if (one.do === "deliver") await deliverTogether();
    else {
      const id = ids[one.account] ?? "";
      const event = login(id, localDay(it.book.now, ZONE), {
        event: `${one.what} Wanted`,
        at: it.book.now,
        messageId: `${run} ${index}`,
      });
      await it.book.import({ events: [event] });
    }
  }

  function expectWithin(what: string, days: readonly Day[], count: number, window: number): void {
    for (const last of days) {
      const inside = days.filter((day) => day > last - window && day <= last).length;
      expect(inside, `${what}: more than ${count} in ${window} days`).toBeLessThanOrEqual(count);
    }
  }

  let counted = 0;
  async function check(ids: readonly string[]): Promise<void> {
    const touches = (await Promise.all(ids.map((id) => it.touches(id)))).flat();
    const kindOf = new Map(touches.map((touch) => [touch.id, touch]));
    const arrived = it.email.arrived.filter(({ account: id }) => ids.includes(id));
    expect(new Set(arrived.map(({ touchId }) => touchId)).size).toBe(arrived.length);
    const capped = arrived
      .map((one) => ({ ...one, day: localDay(one.at, ZONE) }))
      .filter(({ touchId }) => kindOf.get(touchId ?? "")?.purpose !== "transactional");
    counted += capped.length;
    for (const who of new Set(capped.map(({ receiver }) => receiver))) {
      const days = capped.filter(({ receiver }) => receiver === who).map(({ day }) => day);
      expectWithin(`${who}`, days, 1, 1);
      expectWithin(`${who}`, days, 2, 4);
      expectWithin(`${who}`, days, 4, 8);
    }
    for (const id of ids) {
      const own = capped.filter(({ account: one }) => one === id);
      const once = new Map(
        own.map(({ day, touchId }) => {
          const touch = kindOf.get(touchId ?? "");
          return [`${day} ${touch?.program} ${touch?.occurrence}`, day];
        }),
      );
      expectWithin(id, [...once.values()], 2, 3);
    }
    for (const { due, status, doneAt } of touches) {
      if (status !== "done" || doneAt === null) continue;
      expect(localDay(doneAt, ZONE) - due).toBeLessThanOrEqual(5);
    }
  }

  test("none is exceeded in any window, whatever happens in whatever order, over three workers", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 35 }), async (steps) => {
        it.book.on(Math.floor(it.book.now / DAY_MS) + 20, 9);
        const ids = await newAccounts();
        await it.decide();
        for (const [index, one] of steps.entries()) await act(ids, one, index);
        await deliverTogether();
        await check(ids);
      }),
      { numRuns: engine === "pglite" ? 4 : 10 },
    );
    expect(counted).toBeGreaterThan(engine === "pglite" ? 0 : 10);
  }, 240_000);

  test("of two accounts with one address only one gets the place, and the other waits and says why", async () => {
    it.book.on(Math.floor(it.book.now / DAY_MS) + 20, 9);
    const [one, two] = ["twin-a", "twin-b"];
    expect(bucketOf(one)).not.toBe(bucketOf(two));
    await it.book.import({
      accounts: [one, two].map((id) => account(id, { traits: { arr: 0 } })),
      contacts: [one, two].map((id) => contact(id, `${id}-c`, { email: "twin@x.test" })),
      events: [one, two].map((id) =>
        login(id, 0, { event: "Tip Wanted", at: it.book.now, messageId: `twin ${id}` }),
      ),
    });
    await it.decide();
    const hands = [one, two].map((id) => it.hand(id, { buckets: [bucketOf(id)] }));
    await Promise.all(hands.map((hand) => hand.deliver()));
    expect(it.email.receivers.filter((receiver) => receiver === "twin@x.test")).toHaveLength(1);
    const standing = [...(await it.standing(one)), ...(await it.standing(two))].toSorted();
    expect(standing).toEqual([
      "tip | deferred | capped: contact email 1 per 1d",
      "tip | done | delivered",
    ]);
    it.book.now += 23 * HOUR_MS;
    await it.work();
    expect(it.email.receivers.filter((receiver) => receiver === "twin@x.test")).toHaveLength(2);
  });
});
