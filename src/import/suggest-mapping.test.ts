import { expect, test } from "vitest";
import { mappedText } from "./mapped-form.ts";
import { likeliestKind, type SniffedColumn, suggestMapping } from "./suggest-mapping.ts";

const text = (name: string): SniffedColumn => ({ name, kind: "text" });
const KINDS = ["accounts", "contacts", "events", "team"] as const;
const guess = (...names: string[]) =>
  likeliestKind(KINDS.map((kind) => suggestMapping(kind, names.map(text), [])));
const targets = (columns: readonly SniffedColumn[], wanted: readonly [string, string][]) =>
  Object.fromEntries(
    suggestMapping(
      "accounts",
      columns,
      wanted.map(([trait, type]) => ({ trait, type })),
    ).columns.map(({ from, to }) => [from, to]),
  );

test("a list says by its columns what it is of", () => {
  expect(guess("Account ID", "Account Name", "ARR", "Owner")).toBe("accounts");
  expect(guess("id", "company", "plan")).toBe("accounts");
  expect(guess("email", "first name", "last name", "account_id", "title")).toBe("contacts");
  expect(guess("account_id", "event", "timestamp", "user_id")).toBe("events");
  expect(guess("id", "name", "email", "access", "hours per week")).toBe("team");
});

test("traits that the model asks for are found by other names, if their values are of the type", () => {
  const columns: SniffedColumn[] = [
    text("Customer"),
    { name: "Annual Revenue (USD)", kind: "number" },
    { name: "Licences", kind: "number" },
    { name: "Contract End", kind: "date" },
    { name: "Tier", kind: "text" },
    text("champoin"),
  ];
  const wanted: [string, string][] = [
    ["arr", "number"],
    ["seats", "number"],
    ["renewal_date", "date"],
    ["plan", "string"],
    ["champion", "boolean"],
  ];
  expect(targets(columns, wanted)).toEqual({
    Customer: "account_id",
    "Annual Revenue (USD)": "arr",
    Licences: "seats",
    "Contract End": "renewal_date",
    Tier: "plan",
    champoin: "champion",
  });
  const asText = columns.map((one) => ({ ...one, kind: "text" as const }));
  expect(targets(asText, wanted)["Annual Revenue (USD)"]).toBe("annual_revenue_usd");
});

test("the company's number is its id and its name the name, in whatever order they stand", () => {
  expect(targets([text("Company"), text("Customer No")], [])).toEqual({
    Company: "account_name",
    "Customer No": "account_id",
  });
});

test("no two columns get one name by themselves", () => {
  const found = targets([text("ID"), text("Plan!"), text("plan"), text("rowid")], []);
  expect(new Set(Object.values(found)).size).toBe(4);
  expect(found["rowid"]).not.toBe("rowid");
});

test("the import file says the same with whatever is in the headers, and how the file is read", () => {
  const written = mappedText(
    {
      kind: "events",
      columns: [
        { from: 'acc"ount', to: "account_id" },
        { from: "when", to: "at" },
        { from: "junk", to: null },
      ],
      fixed: { event: "it's on" },
      csv: { dateformat: "%d/%m/%Y", delim: undefined },
    },
    "a.csv",
  );
  expect(written).toBe(`files:
  rows:
    path: a.csv
    dateformat: "%d/%m/%Y"
events: |
  select
    "acc""ount" as "account_id",
    "when" as "at",
    'it''s on' as "event"
  from rows
`);
});
