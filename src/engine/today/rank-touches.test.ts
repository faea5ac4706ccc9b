import fc from "fast-check";
import { expect, test } from "vitest";
import {
  comesFirst,
  mattersMoreToday,
  placeReasons,
  type Stakes,
  weightOf,
} from "./rank-touches.ts";
import { resultsFor } from "./results-for.ts";

const TODAY = 20_000;

function stakes(id: string, change: Partial<Stakes> = {}): Stakes {
  return {
    id,
    due: TODAY,
    startsAt: null,
    must: false,
    priority: { name: null, place: 3 },
    revenue: 1000,
    renewsIn: null,
    health: { band: "green", badness: 0 },
    ...change,
  };
}

function order(...list: readonly Stakes[]): string[] {
  return list.toSorted(mattersMoreToday(TODAY)).map(({ id }) => id);
}

test("each part of the order outweighs all that come after it", () => {
  const rich = { revenue: 9_000_000, health: { band: "red", badness: 1 }, renewsIn: 3 };
  const first = { name: "renewal", place: 0 };
  expect(
    order(
      stakes("plain"),
      stakes("rich", rich),
      stakes("priority", { priority: first }),
      stakes("overdue", { due: TODAY - 1 }),
      stakes("must", { must: true }),
      stakes("at ten", { startsAt: 10 }),
      stakes("at nine", { startsAt: 9 }),
      stakes("must and overdue", { must: true, due: TODAY - 4 }),
    ),
  ).toEqual([
    "at nine",
    "at ten",
    "must and overdue",
    "must",
    "overdue",
    "priority",
    "rich",
    "plain",
  ]);
});

test("an hour that is past, or of another day, is no promise for today", () => {
  const kept = stakes("was at nine", { due: TODAY - 1, startsAt: 9 });
  expect(order(kept, stakes("must", { must: true }))).toEqual(["must", "was at nine"]);
});

test("revenue weighs up to twice as much before its renewal, and more in bad health", () => {
  const weight = (change: Partial<Stakes>): number => weightOf(stakes("a", change));
  expect(weight({})).toBe(1000);
  expect(weight({ renewsIn: 90 })).toBe(1000);
  expect(weight({ renewsIn: 45 })).toBe(1500);
  expect(weight({ renewsIn: 0 })).toBe(2000);
  expect(weight({ renewsIn: -1 })).toBe(1000);
  expect(weight({ health: { band: "red", badness: 1 } })).toBe(2000);
  expect(weight({ health: { band: "yellow", badness: 0.5 }, renewsIn: 0 })).toBe(2500);
  expect(weight({ revenue: null, renewsIn: 0 })).toBe(0);
});

test("what is to come goes day by day, and within a day by what matters", () => {
  const list = [
    stakes("next week", { due: TODAY + 7, must: true }),
    stakes("tomorrow", { due: TODAY + 1 }),
    stakes("tomorrow at ten", { due: TODAY + 1, startsAt: 10 }),
    stakes("tomorrow, must", { due: TODAY + 1, must: true }),
  ];
  expect(list.toSorted(comesFirst).map(({ id }) => id)).toEqual([
    "tomorrow at ten",
    "tomorrow, must",
    "tomorrow",
    "next week",
  ]);
});

test("why it stands there names each part in which it is ahead", () => {
  const money = (amount: number): string => `EUR ${amount}`;
  const told = (change: Partial<Stakes>): string[] =>
    placeReasons(stakes("a", change), TODAY, money);
  expect(told({})).toEqual(["EUR 1000 a year"]);
  expect(
    told({
      must: true,
      startsAt: 9,
      due: TODAY - 1,
      priority: { name: "risk", place: 0 },
      renewsIn: 1,
      health: { band: "red", badness: 1 },
    }),
  ).toEqual([
    "an hour is fixed with the customer",
    "it must happen",
    "1 day overdue",
    "priority risk",
    "EUR 1000 renews tomorrow",
    "health is red",
  ]);
  expect(told({ revenue: null, renewsIn: 10 })).toEqual([]);
});

test("the order is one, however the list was before", () => {
  const one = fc.record({
    due: fc.integer({ min: TODAY - 3, max: TODAY }),
    startsAt: fc.option(fc.integer({ min: 0, max: 3 })),
    must: fc.boolean(),
    place: fc.integer({ min: 0, max: 2 }),
    revenue: fc.option(fc.integer({ min: 0, max: 5 })),
    renewsIn: fc.option(fc.integer({ min: -5, max: 100 })),
    badness: fc.constantFrom(0, 0.5, 1),
  });
  fc.assert(
    fc.property(fc.array(one, { maxLength: 12 }), (list) => {
      const all = list.map(({ place, badness, ...rest }, at) =>
        stakes(String(at), {
          ...rest,
          priority: { name: "p", place },
          health: { band: "b", badness },
        }),
      );
      expect(order(...all.toReversed())).toEqual(order(...all));
    }),
    { numRuns: 60 },
  );
});

test("what it is meant to come to is the first result, and none is there twice", () => {
  expect(resultsFor({ channel: "call" }, undefined).slice(0, 2)).toEqual(["held", "no_show"]);
  expect(resultsFor({ channel: "email" }, "replied").slice(0, 2)).toEqual(["replied", "completed"]);
  const results = resultsFor({ channel: "video" }, "held");
  expect(new Set(results).size).toBe(results.length);
});
