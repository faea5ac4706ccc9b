import { expect, test } from "vitest";
import { StageLists } from "./stage-lists.ts";

test("each row has a list of its own, in the order of adding, until it is cleared", () => {
  const lists = new StageLists(3, 2);
  lists.push(1, 7);
  lists.push(1, 0);
  lists.push(2, 5);
  expect([lists.of(0), lists.of(1), lists.of(2)]).toEqual([[], [7, 0], [5]]);
  expect([lists.has(1, 0), lists.has(1, 5), lists.has(0, 0)]).toEqual([true, false, false]);
  expect(() => lists.push(1, 3)).toThrow("longer");
  lists.clear(0, 2);
  expect([lists.of(1), lists.of(2)]).toEqual([[], [5]]);
});
