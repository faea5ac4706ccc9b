import { expect, test } from "vitest";
import { bareMember } from "../bare-rows.ts";
import type { TeamRow } from "../ports.ts";
import { mayTakeOf } from "./may-take.ts";

const ann: TeamRow = { ...bareMember("ann"), role: "CSM", pod: "north" };
const bob: TeamRow = { ...bareMember("bob"), role: "Pool CSM" };
const sue: TeamRow = { ...bareMember("sue"), role: "Support" };

test("what is for somebody's pod, pool or role is theirs to take, and nobody else's", () => {
  const team = [ann, bob, sue];
  const takes = (member: TeamRow | null) =>
    ["pool", "pod:north", "pod:south", "support", "csm", "ann", "bob"].filter(
      mayTakeOf(member, team),
    );
  expect(takes(ann)).toEqual(["pod:north"]);
  expect(takes(bob)).toEqual(["pool"]);
  expect(takes(sue)).toEqual(["support"]);
  expect(takes(null)).toEqual([]);
});

test("a team without a pool has its CSMs for one", () => {
  expect(mayTakeOf(ann, [ann, sue])("pool")).toBe(true);
  expect(mayTakeOf(sue, [ann, sue])("pool")).toBe(false);
});
