import { expect, test } from "vitest";
import type { OwnerKind } from "../../core/model/types.ts";
import { tellOwner } from "./tell-owner.ts";

const LEVELS = [
  { name: "high", by: "csm" },
  { name: "medium", by: "pod" },
  { name: "low", by: "pool" },
  { name: "tech", by: "automation" },
] as const;

interface Told {
  readonly name?: string;
  readonly base: string;
  readonly by: OwnerKind;
  readonly owner: string | null;
  readonly isPast?: boolean;
}

function told({ name, base, by, owner, isPast = false }: Told): string {
  return tellOwner({ level: { name: name ?? base, base, by }, levels: LEVELS, owner, isPast });
}

test("says who the owner is and which level asks for one of that kind", () => {
  expect(told({ base: "high", by: "csm", owner: "Ann Lee" })).toBe(
    "Owner: Ann Lee\n  Its base level, high, asks for a CSM of its own.",
  );
  expect(told({ base: "low", by: "pool", owner: null })).toBe(
    "Owner: the pool\n  Its base level, low, asks for the pool.",
  );
});

test("tells a raise that hands over from a base level that has not lasted yet", () => {
  expect(told({ name: "high", base: "low", by: "csm", owner: "Ann Lee" })).toContain(
    "It is handed over while it is raised to high, which asks for a CSM of its own.",
  );
  expect(told({ base: "low", by: "csm", owner: "Ann Lee" })).toContain(
    "Its base level, low, has not lasted for the hold yet; the one before asks for a CSM",
  );
});

test("says where the owner on record is not as the level asks", () => {
  expect(told({ base: "medium", by: "pod", owner: null })).toContain(
    "It has nobody: `touchstone owners suggest` says who could look after it.",
  );
  expect(told({ base: "low", by: "pool", owner: "Ann Lee" })).toContain(
    "The pool does its touches, though Ann Lee is its owner on record.",
  );
});

test("on a past day the owner is marked as today's, and nothing is suggested", () => {
  expect(told({ base: "high", by: "csm", owner: null, isPast: true })).toBe(
    "Owner: nobody, as of today\n  Its base level, high, asks for a CSM of its own.",
  );
});

test("says nothing where no level says who looks after the account", () => {
  expect(tellOwner({ level: null, levels: LEVELS, owner: "Ann Lee", isPast: false })).toBe("");
});
