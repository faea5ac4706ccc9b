import { expect, test } from "vitest";
import {
  doubledTargets,
  keptState,
  mappingBody,
  missingColumns,
  safeFileName,
  suggestedState,
  type UploadPreview,
} from "./mapping-state.ts";

const PREVIEW = {
  suggestions: [
    {
      kind: "accounts",
      columns: [
        { from: "No", to: "account_id", why: "known" },
        { from: "Note", to: "note", why: "own" },
      ],
      missing: [],
    },
    {
      kind: "team",
      columns: [
        { from: "No", to: "id", why: "known" },
        { from: "Note", to: "note", why: "own" },
      ],
      missing: [],
    },
    { kind: "events", columns: [{ from: "No", to: "account_id", why: "known" }], missing: [] },
  ],
  known: [
    { kind: "accounts", columns: [{ name: "account_id", required: true }], others: "trait" },
    { kind: "team", columns: [{ name: "id", required: true }], others: "ignored" },
    {
      kind: "events",
      columns: [
        { name: "account_id", required: true },
        { name: "event", required: true },
      ],
      others: "property",
    },
  ],
} as unknown as UploadPreview;

test("columns that a list has no use for are left out from the start", () => {
  expect(suggestedState(PREVIEW, "accounts").targets).toEqual({ No: "account_id", Note: "note" });
  expect(suggestedState(PREVIEW, "team").targets).toEqual({ No: "id", Note: null });
});

test("what is missing can be a column or said for every row", () => {
  const state = suggestedState(PREVIEW, "events");
  expect(missingColumns(PREVIEW, state)).toEqual(["event"]);
  expect(missingColumns(PREVIEW, { ...state, fixed: { event: " " } })).toEqual(["event"]);
  const said = { ...state, fixed: { event: "Logged in", user_id: "" } };
  expect(missingColumns(PREVIEW, said)).toEqual([]);
  expect(mappingBody(said).fixed).toEqual({ event: "Logged in" });
});

test("two columns for one target are told, but for the parts of a name", () => {
  const state = { kind: "contacts", fixed: {}, csv: {} } as const;
  expect(doubledTargets({ ...state, targets: { a: "name", b: "name", c: "email" } })).toEqual([]);
  expect(doubledTargets({ ...state, targets: { a: "email", b: "email" } })).toEqual(["email"]);
});

test("what was said of columns stays when the file is read in another way", () => {
  const before = { ...suggestedState(PREVIEW, "accounts"), targets: { No: "nr", Note: null } };
  expect(keptState(before, PREVIEW).targets).toEqual({ No: "nr", Note: null });
});

test("any file name becomes one that the server takes", () => {
  expect(safeFileName("Q3 accounts (final).csv")).toBe("Q3-accounts-final-.csv");
  for (const name of ["Kündigungen.csv", "../x.csv", ".csv", "客户.csv", `${"a".repeat(200)}.csv`])
    expect(safeFileName(name), name).toMatch(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}$/);
});
