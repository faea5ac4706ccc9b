import { expect, test } from "vitest";
import { evaluateRule } from "./evaluate.ts";
import { envOf, ruleOf, TODAY } from "./testing/sample-scope.ts";
import { DAY_MS } from "../time/day.ts";
import type { Value } from "./types.ts";

/** Midday of today in Kuala Lumpur; at eight in the evening UTC it is tomorrow there. */
const NOON = TODAY * DAY_MS + 4 * 3_600_000;
const LATE = TODAY * DAY_MS + 20 * 3_600_000;

const FACTS: Readonly<Record<string, Value>> = {
  arr: 100,
  seats: 0,
  plan: "pro",
  region: "EMEA",
  champion: true,
  renewal_date: TODAY + 10,
  last_login: LATE,
  kickoff_held: NOON,
  "properties.score": 9,
  "properties.feature.name": "2026-02-27",
  // unknown: users, city, sponsor, signed_on, segments.value
};

test.each<[string, Value]>([
  // Kleene: unknown unless the other side decides
  ["sponsor && false", false],
  ["false && sponsor", false],
  ["sponsor && true", null],
  ["sponsor || true", true],
  ["true || sponsor", true],
  ["sponsor || false", null],
  ["!sponsor", null],
  ["users > 3", null],
  ["users == users", null],
  ["users != 3", null],
  ['city != "a"', null],
  ["sponsor == true", null],
  ["champion != sponsor", null],
  ["users + 1", null],
  ["-users", null],
  ["abs(users)", null],
  ["min(arr, users)", null],
  ["days_since(signed_on)", null],
  ['city.startsWith("a")', null],
  ['"a".startsWith(city)', null],
  ["city.lowerAscii()", null],
  ["sponsor ? 1 : 1", null],
  ["champion ? 1 : users", 1],
  ["champion ? users : 1", null],
  ["known(users)", false],
  ["known(arr)", true],
  ["known(users + 1)", false],
  ["known(users > 1 || champion)", true],
  ["arr / seats", null],
  ["seats / seats", null],
  ["1e308 * 10", null],
  ["1e308 * 10 - 1e308 * 10", null],
  ["min(1 / seats, 3)", null],
  ["arr / seats > 1 || champion", true],
  ['!known(city) || city != "a"', true],
  // in: a known match decides
  ["arr in [users, 100]", true],
  ["arr in [100, users]", true],
  ["arr in [users, 5]", null],
  ["arr in [1, 2]", false],
  ["arr in []", false],
  ["users in [1]", null],
  ["users in []", null],
  ["users in [users]", null],
  ['city in [city, "a"]', null],
  ["sponsor in [true, false]", null],
  ["champion in [sponsor, true]", true],
  // values
  ["arr >= 100", true],
  ["arr / 8", 12.5],
  ["10 - 2 - 3", 5],
  ["-(0)", 0],
  ["round(2.5)", 3],
  ["round(-2.5)", -3],
  ["round(0.49999999999999994)", 0],
  ["round(-0.2)", 0],
  ["round(4503599627370497.5)", 4503599627370498],
  ["clamp(arr, 0, 10)", 10],
  ["clamp(-5, 0, 10)", 0],
  ["max(1, arr, 3)", 100],
  ["abs(-3)", 3],
  ["region.lowerAscii()", "emea"],
  ['"ÄB".lowerAscii()', "Äb"],
  ['region.matches("ME")', true],
  ['region.matches("^ME")', false],
  ['region.endsWith("EA") && region.contains("ME")', true],
  ['plan in ["free", "pro"]', true],
  // days: calendar days of the workspace's zone
  ["days_until(renewal_date)", 10],
  ["days_since(renewal_date)", -10],
  ["days_since(kickoff_held)", 0],
  ["days_since(last_login)", -1],
  ["last_login > today", true],
  ["kickoff_held == today", true],
  ["kickoff_held < last_login", true],
  ["min(last_login, renewal_date) == today", false],
  ["max(kickoff_held, today) == today", true],
  ['renewal_date == date("2026-03-11")', true],
  ['kickoff_held in [date("2026-03-01")]', true],
  ["known(today)", true],
  // what an event brings is taken as what is needed, and unknown if it is no such thing
  ["properties.score >= 9", true],
  ['properties.score == "9"', null],
  ['properties.score.startsWith("9")', null],
  ["properties.score && true", null],
  ["properties.score == properties.feature.name", null],
  ["properties.score == properties.score", true],
  ["properties.score < properties.feature.name", null],
  ["properties.score in [properties.feature.name, 9]", true],
  ["days_since(properties.feature.name)", 2],
  ["properties.feature.name < today", true],
  ["(champion ? properties.score : 3) + 1", 10],
  ["(champion ? properties.score : properties.feature.name) == 9", true],
  ["known(properties.score)", true],
  ["properties.score", 9],
])("%s comes to %s", (text, expected) => {
  expect(evaluateRule(ruleOf(text), envOf(FACTS))).toBe(expected);
});

test("a value of another kind than declared is unknown", () => {
  expect(evaluateRule(ruleOf("arr > 1"), envOf({ arr: "100" }))).toBe(null);
  expect(evaluateRule(ruleOf("arr > 1"), envOf({ arr: Number.POSITIVE_INFINITY }))).toBe(null);
  expect(evaluateRule(ruleOf("!champion"), envOf({ champion: 0 }))).toBe(null);
});
