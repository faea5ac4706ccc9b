import { expect, test } from "vitest";
import type { DoerLoad, LevelCoverage } from "../../core/allocate/types.ts";
import { findProblems, type ProblemInput, readAllowed } from "./problems.ts";
import type { PlannedHours } from "./types.ts";

const NOBODY: PlannedHours = { doers: [], levels: [], roles: [] };
const NOTHING: ProblemInput = {
  hours: { before: NOBODY, after: NOBODY },
  isFirst: false,
  impossible: { before: [], after: [] },
  leftAlone: { accounts: 0, revenue: 0, examples: [] },
  messages: [],
  soon: { before: 0, after: 0 },
  misfits: [],
  currency: { before: "USD", after: "USD" },
};

/** A level whose touches need so many hours a week of the 100 that there are; null: nobody knows. */
function level(hoursNeeded: number, hoursThere: number | null = 100): PlannedHours {
  const high: LevelCoverage = {
    level: "high",
    by: "csm",
    accounts: 40,
    revenue: 0,
    owners: 4,
    actual: 10,
    asked: 20,
    hoursNeeded,
    hoursThere,
    finding: null,
  };
  return { ...NOBODY, levels: [high] };
}

function person(minutes: number): PlannedHours {
  const total = { minutes, capacity: 1000, load: minutes / 1000, band: "red", touches: 1 } as const;
  const jo: DoerLoad = {
    doer: "jo",
    name: "Jo",
    kind: "person",
    role: "csm",
    accounts: 1,
    weeks: [],
    total,
  };
  return { ...NOBODY, doers: [jo] };
}

function problems(input: Partial<ProblemInput>, allow: readonly string[] = []) {
  return findProblems({ ...NOTHING, ...input }, readAllowed(allow)).map(
    ({ code, severity, allowed }) => [code, severity, allowed],
  );
}

test("a level over 110% of its hours blocks, at 110% it does not", () => {
  const over = (hours: number) => problems({ hours: { before: level(80), after: level(hours) } });
  expect(over(110)).toEqual([]);
  expect(over(111)).toEqual([["over-capacity", "blocking", false]]);
});

test("what is as far over already is told and blocks nothing, unless it gets worse", () => {
  const grows = (from: number, to: number) =>
    problems({ hours: { before: level(from), after: level(to) } });
  expect(grows(130, 130)).toEqual([["over-capacity", "warning", false]]);
  expect(grows(130, 140)).toEqual([["over-capacity", "blocking", false]]);
});

test("hours block only where there are any known", () => {
  expect(problems({ hours: { before: level(1), after: level(900, null) } })).toEqual([]);
  const none = problems({ hours: { before: level(0, 0), after: level(5, 0) } });
  expect(none).toEqual([["over-capacity", "blocking", false]]);
});

test("one person over their hours can hand accounts over: a warning", () => {
  const hours = { before: person(500), after: person(1200) };
  expect(problems({ hours })).toEqual([["over-capacity", "warning", false]]);
  const [problem] = findProblems({ ...NOTHING, hours }, new Set());
  expect(problem?.hint).toContain("owners suggest");
});

test("a problem that is allowed is told all the same", () => {
  const hours = { before: level(80), after: level(200) };
  expect(problems({ hours }, ["over-capacity"])).toEqual([["over-capacity", "blocking", true]]);
  expect(() => readAllowed(["overcapacity"])).toThrow("There is no problem called overcapacity");
});

test("accounts that would be in no program block, with how many and what they are worth", () => {
  const [problem] = findProblems(
    { ...NOTHING, leftAlone: { accounts: 12, revenue: 34_000, examples: ["a", "b"] } },
    new Set(),
  );
  expect(problem).toMatchObject({ code: "accounts-without-program", severity: "blocking" });
  expect(problem?.message).toContain("12 accounts");
  expect(problem?.message).toContain("34,000 of revenue): a, b …");
});

test("a flood is several times the usual and not a handful", () => {
  const messages = [{ week: 20_000, channel: "email", before: 560, after: 560 }] as const;
  // 560 in eight weeks are ten a day
  const soon = (after: number) => problems({ messages, soon: { before: 30, after } });
  expect(soon(90)).toEqual([]);
  expect(soon(91)).toEqual([["flood", "warning", false]]);
  const few = problems({ soon: { before: 0, after: 19 } });
  expect(few).toEqual([]);
});

test("another currency is told, as the first one is not", () => {
  const of = (before: string | null) => problems({ currency: { before, after: "EUR" } });
  expect(of("USD")).toEqual([["currency-changed", "warning", false]]);
  expect([of("EUR"), of(null)]).toEqual([[], []]);
});
