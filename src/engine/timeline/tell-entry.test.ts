import { expect, test } from "vitest";
import { type Names, tellEntry } from "./tell-entry.ts";

const NAMES: Names = {
  people: new Map([["csm-01", "Ann Lee"]]),
  contacts: new Map(),
  zone: "UTC",
};

function told(what: string, details: { readonly [key: string]: string | null }): string {
  const audit = { at: 0, by: "root", what, account: "acme", reason: "has the hours", details };
  return tellEntry({ kind: "audit", at: 0, seq: 1, audit }, NAMES).text;
}

test("a change of owners says from whom to whom", () => {
  expect(told("owner changed", { from: null, to: "csm-01" })).toBe(
    "Owner changed from nobody to Ann Lee by root: has the hours",
  );
  expect(told("owner changed", { from: "csm-01", to: "gone" })).toBe(
    "Owner changed from Ann Lee to gone by root: has the hours",
  );
});

test("what else people changed is told as it is on record", () => {
  expect(told("account changed", { from: "a", to: "b" })).toBe(
    "Account changed by root: has the hours",
  );
});
