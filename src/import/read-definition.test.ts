import { expect, test } from "vitest";
import { parseDay } from "../core/time/day.ts";
import { readDefinition } from "./read-definition.ts";

test("an import file gives its files, statements and settings", () => {
  const text = `files:
  accounts: a.csv
  usage: [u1.csv.gz, u2.csv.gz]
  notes: { path: n.csv, delim: ";", encoding: latin-1 }
prepare: made-up.sql
shift_to: 2026-03-01
timezone: Asia/Kuala_Lumpur
outcome: churned
accounts: |
  select account_id
  from accounts
events: select 1
`;
  const { definition, diagnostics } = readDefinition(text, "/some/folder/x.import.yaml");
  expect(diagnostics).toEqual([]);
  expect(definition).toEqual({
    file: "/some/folder/x.import.yaml",
    folder: "/some/folder",
    files: [
      { table: "accounts", paths: ["a.csv"], format: undefined, csv: {}, line: 2 },
      { table: "usage", paths: ["u1.csv.gz", "u2.csv.gz"], format: undefined, csv: {}, line: 3 },
      {
        table: "notes",
        paths: ["n.csv"],
        format: undefined,
        csv: { delim: ";", encoding: "latin-1" },
        line: 4,
      },
    ],
    prepare: ["/some/folder/made-up.sql"],
    shiftTo: parseDay("2026-03-01"),
    timezone: "Asia/Kuala_Lumpur",
    outcome: ["churned"],
    statements: [
      { name: "accounts", sql: "select account_id\nfrom accounts\n", line: 10 },
      { name: "events", sql: "select 1", line: 12 },
    ],
  });
});

test("all problems are shown at once, with line, column and the nearest name", () => {
  const text = `files:
  good: a.csv
  bad name: b.csv
  block: { path: c.csv, delimiter: ";" }
  number: 3
shift_too: yesterday
accounts: 7
`;
  const { definition, diagnostics } = readDefinition(text, "x.import.yaml");
  expect(definition).toBeUndefined();
  expect(diagnostics.map((d) => [d.line, d.column, d.message])).toEqual([
    [3, 3, "files.bad name: a table's name is letters, digits and _"],
    [4, 25, "delimiter is no key of an import file (did you mean delim?)"],
    [5, 11, "files.number: expected a path, a list of paths, or a block with path"],
    [6, 1, "shift_too is no key of an import file (did you mean shift_to?)"],
    [7, 11, "accounts: expected SQL text"],
  ]);
});

test.each([
  [
    "files: {a: a.csv}\n",
    "nothing to import: give at least one of accounts, contacts, events, team",
    1,
  ],
  ["accounts: select 1\n", "files is missing", 1],
  [
    "files: {}\naccounts: select 1\nshift_to: 2026-02-30\n",
    "2026-02-30 is no day of the calendar",
    3,
  ],
  [
    "files: {}\naccounts: select 1\ntimezone: Mars/Foo\n",
    "Mars/Foo is no IANA time zone, such as Europe/Berlin",
    3,
  ],
  ["files: {}\naccounts: ''\n", "accounts: expected SQL text, found nothing", 2],
])("%j is refused", (text, message, line) => {
  const { diagnostics } = readDefinition(text, "x.import.yaml");
  expect(diagnostics.map((d) => [d.message, d.line])).toEqual([[message, line]]);
});

test("aliases that grow beyond all measure are refused, not followed", () => {
  const lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"];
  for (let i = 1; i < 9; i++) {
    const above = String.fromCodePoint(96 + i);
    const name = String.fromCodePoint(97 + i);
    lines.push(`${name}: &${name} [${Array.from({ length: 10 }, () => `*${above}`).join(", ")}]`);
  }
  const { definition, diagnostics } = readDefinition(lines.join("\n"), "x.import.yaml");
  expect(definition).toBeUndefined();
  expect(diagnostics).toHaveLength(1);
});

test("text that is no YAML is a problem at its place", () => {
  const { diagnostics } = readDefinition("files:\n  a: [1,\naccounts: x\n", "x.import.yaml");
  expect(diagnostics.length).toBeGreaterThan(0);
  expect(diagnostics[0]?.code).toBe("yaml-syntax");
});
