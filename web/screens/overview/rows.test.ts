import { expect, test } from "vitest";
import { readOverviewSearch, periodStart } from "./overview-search.ts";
import { readRows, type Rows, rowsText } from "./rows.ts";

test("what an address says of rows is what is read of it, odd names and none at all", () => {
  const all: Rows[] = [
    { of: "need" },
    { of: "moved", kind: "level", from: "2026-01-01", to: "2026-02-01", was: "-", is: "a~b & c" },
    { of: "moved", kind: "health", from: "2026-01-01", to: "2026-02-01", was: "", is: "-" },
    { of: "moved", kind: "health", from: "2026-01-01", to: "2026-02-01", was: "red" },
    {
      of: "movers",
      since: "2026-01-01",
      what: "level",
      from: null,
      to: "high",
      why: 'base high: arr >= 100% ~ "x"; no longer: sad',
    },
    { of: "touches", from: "2026-01-01", to: "2026-02-01" },
    {
      of: "touches",
      from: "2026-01-01",
      to: "2026-02-01",
      human: false,
      level: "",
      outcome: "missed",
    },
  ];
  for (const rows of all) {
    const search = new URLSearchParams({ rows: rowsText(rows) });
    expect(readRows(readOverviewSearch(Object.fromEntries(search)).rows)).toEqual(rows);
  }
  expect(readRows("moved~what")).toBeNull();
  expect(readRows("else")).toBeNull();
  expect(readRows("need%")).toBeNull();
  expect(readRows(undefined)).toBeNull();
});

test("a period begins so many days ago, a quarter with the last day before it", () => {
  expect(periodStart("30", "2026-03-02")).toBe("2026-01-31");
  expect(periodStart("quarter", "2026-03-02")).toBe("2025-12-31");
  expect(periodStart("quarter", "2026-12-31")).toBe("2026-09-30");
});
