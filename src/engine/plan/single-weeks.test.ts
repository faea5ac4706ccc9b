import { expect, test } from "vitest";
import type { DoerLoad } from "../../core/allocate/types.ts";
import { parseDay } from "../../core/time/day.ts";
import { tellSingleWeeks } from "./single-weeks.ts";
import type { PlannedHours } from "./types.ts";

const MONDAY = parseDay("2026-03-02") ?? 0;

/** Hours planned week by week, of so many a week. */
function weeksOf(planned: readonly number[], there: number | null = 10) {
  return planned.map((each, index) => ({
    week: MONDAY + 7 * index,
    minutes: each * 60,
    capacity: there === null ? null : there * 60,
    load: null,
    band: "none" as const,
    touches: 1,
  }));
}

function person(name: string, planned: readonly number[], there: number | null = 10): DoerLoad {
  const weeks = weeksOf(planned, there);
  const total = { minutes: 0, capacity: 0, load: null, band: "none", touches: 1 } as const;
  return { doer: name, name, kind: "person", role: "csm", accounts: 1, weeks, total };
}

function hoursOf(...doers: DoerLoad[]): PlannedHours {
  return { doers, levels: [], roles: [] };
}

const CALM = hoursOf(person("Ann", [5, 5, 5]));

test("a week far over its hours is told of where the weeks together have enough", () => {
  const after = hoursOf(person("Ann", [2, 15, 2]));
  expect(tellSingleWeeks({ before: CALM, after }, false)).toBe(
    "The week of 2026-03-09 would hold far more than its hours, though the 3 weeks together have enough: Ann 15 of 10 hours.",
  );
});

test("roles come first, then whoever is furthest over, and the worst week before others", () => {
  const after = {
    ...hoursOf(person("Ann", [2, 15, 2]), person("Ben", [12, 18, 0]), person("Cat", [0, 14, 0])),
    roles: [{ role: "csm", weeks: weeksOf([14, 47, 2], 30) }],
  };
  expect(tellSingleWeeks({ before: CALM, after }, false)).toBe(
    "2 weeks would each hold far more than their hours, though the 3 weeks together have enough: 2026-03-09 (all csm 47 of 30 hours, Ben 18 of 10 and 2 others) and 2026-03-02 (Ben 12 of 10 hours).",
  );
});

test("nothing is told of up to a tenth over, of unknown hours, and where all weeks are too much", () => {
  const after = hoursOf(
    person("Ann", [2, 11, 2]),
    person("Ben", [2, 50, 2], null),
    person("Cat", [12, 12, 12]),
  );
  expect(tellSingleWeeks({ before: CALM, after }, false)).toBeNull();
});

test("what the live model brings already is told of only where it grows, or where none is live", () => {
  const hours = (before: number, after: number) => ({
    before: hoursOf(person("Ann", [2, before, 2])),
    after: hoursOf(person("Ann", [2, after, 2])),
  });
  expect(tellSingleWeeks(hours(15, 15), false)).toBeNull();
  expect(tellSingleWeeks(hours(15, 16), false)).toContain("Ann 16 of 10 hours");
  expect(tellSingleWeeks(hours(15, 15), true)).toContain("Ann 15 of 10 hours");
});
