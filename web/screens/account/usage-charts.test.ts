import { expect, test } from "vitest";
import { moveDays, spanOf } from "./usage-charts.ts";

const at = (day: string, change: object) => ({
  day,
  at: `${day}T00:00:00Z`,
  cause: "event",
  model_version: 1,
  level: "low",
  base: "low",
  held: false,
  pinned: false,
  stage: "growth",
  health: 50,
  health_band: "yellow",
  ...change,
});

test("days on which something moved, and what; the decision before them is no move", () => {
  const decisions = [
    at("2026-02-20", {}),
    at("2026-03-01", {}),
    at("2026-03-02", { level: "high" }),
    at("2026-03-02", { level: "high", health_band: "red" }),
    at("2026-03-05", { level: "high", health_band: "red", health: 20 }),
  ];
  expect(moveDays(decisions, "2026-03-01")).toEqual([
    { day: "2026-03-02", what: "low -> high, yellow -> red" },
  ]);
});

test("a day belongs to the span that began last", () => {
  const weeks = ["2026-03-02", "2026-03-09"];
  expect([
    spanOf(weeks, "2026-03-08"),
    spanOf(weeks, "2026-03-09"),
    spanOf(weeks, "2026-03-01"),
  ]).toEqual(["2026-03-02", "2026-03-09", undefined]);
});
