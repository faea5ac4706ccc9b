import { expect, test } from "vitest";
import { MONDAY, someWeeks } from "../../core/allocate/testing/work.ts";
import type { BookTouch } from "../ports.ts";
import { WorkEstimate } from "./estimate-work.ts";

const CALL: BookTouch = {
  account: "a",
  touchpoint: "check_in",
  program: "rhythm",
  contact: null,
  due: MONDAY,
  channel: "call",
  by: "owner",
  owner: null,
  human: true,
  must: false,
  minutes: 60,
  purpose: "proactive",
  priority: "adoption",
  status: "planned",
  email: null,
};
const MADE = { fate: "made", human: true } as const;

test("those that were evaluated stand for the others of their kind, and all of them for kinds without any", () => {
  const work = new WorkEstimate(someWeeks(1));
  // one of three was evaluated: it gets a call
  work.addEvaluated("raised", { before: null, after: { touches: [CALL] } }, [MADE]);
  work.addOther("raised", []);
  work.addOther("raised", []);
  // one of one: it loses its call
  const lost = { before: { touches: [CALL] }, after: { touches: [] } };
  work.addEvaluated("lowered", lost, [{ fate: "cancelled", human: true }]);
  // four of a kind that nobody stands for: two as the one, two as the other
  for (let one = 0; one < 4; one++) work.addOther("new kind", [CALL]);
  const { before, after, touches } = work.result();
  expect(before.minutes).toEqual([5 * 60]);
  expect(touches.human).toEqual({ made: 3 + 2, cancelled: 1 + 2, moved: 0, changed: 0 });
  expect(after.minutes).toEqual([(5 + 3 + 2 - 1 - 2) * 60]);
});
