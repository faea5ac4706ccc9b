import { expect, test } from "vitest";
import { parseSearch, stringifySearch } from "../../lib/search.ts";
import { readCapacitySearch } from "./capacity-search.ts";
import { isNothing, readWish, type Wish, wishSearch } from "./wish.ts";

function through(wish: Wish): Wish {
  return readWish(readCapacitySearch(parseSearch(stringifySearch(wishSearch(wish)))));
}

test("what is tried is in the address and read back from it", () => {
  const wish: Wish = {
    heads: [
      { role: "csm", count: 2 },
      { role: "pool", count: -1 },
    ],
    hours: -2.5,
    leave: [{ member: "team:ann", from: "2026-12-07", to: "2026-12-11" }],
    thresholds: [{ id: "arr 100000", value: 80_000 }],
  };
  expect(through(wish)).toEqual(wish);
  const nothing: Wish = { heads: [], hours: 0, leave: [], thresholds: [] };
  expect(through(nothing)).toEqual(nothing);
  expect([isNothing(nothing), isNothing(wish)]).toEqual([true, false]);
});

test("an address that somebody has spoilt tries what is left of it", () => {
  const search = readCapacitySearch({
    heads: "csm:x,csm:1,:3,pool",
    hours: "many",
    leave: "ann:2026-12-07,ann:monday:friday",
    thresholds: "arr:lots",
    weeks: "400",
    tab: "none",
  });
  expect(readWish(search)).toEqual({
    heads: [{ role: "csm", count: 1 }],
    hours: 0,
    leave: [],
    thresholds: [],
  });
  expect([search.weeks, search.tab]).toEqual([undefined, undefined]);
});
