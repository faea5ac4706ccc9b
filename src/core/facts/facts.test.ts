import { describe, expect, test } from "vitest";
import type { EventAggregate, Model } from "../model/types.ts";
import { readModel } from "../model/index.ts";
import { dayOf, type Day } from "../time/day.ts";
import { startOfDay } from "../time/zone.ts";
import { AGGREGATES } from "./aggregates/index.ts";
import { AccountHistory } from "./account-history.ts";
import { DayBuckets } from "./day-buckets.ts";
import { matchesPattern, propertyValue } from "./event-match.ts";
import { planFacts } from "./fact-plan.ts";
import { readTyped, showTyped } from "./read-typed.ts";
import { TraitSeries } from "./trait-series.ts";

const TODAY = dayOf(2026, 6, 10);

/** `[days ago, value, user]` in order of arrival. */
type Told = readonly [daysAgo: number, value: number, user?: string | null];

function valueOf(
  kind: EventAggregate["kind"],
  told: readonly Told[],
  over?: number,
  asOf: Day = TODAY,
): number {
  const aggregate = AGGREGATES[kind].make();
  for (const [daysAgo, value, user = "u1"] of told) {
    const day = TODAY - daysAgo;
    aggregate.add({ day, at: day * 86_400_000 + 1, user, value });
  }
  return aggregate.value(asOf, over);
}

const SOME: readonly Told[] = [
  [2, 10],
  [0, 4],
  [6, 8, "u2"],
  [7, 100, "u3"],
  [2, Number.NaN, null],
];

test("users are counted anew after an event that comes late", () => {
  const users = AGGREGATES.users.make();
  const on = (day: Day, user: string): void => {
    users.add({ day, at: day * 86_400_000, user, value: Number.NaN });
  };
  const asked = () => [
    users.value(TODAY, 7),
    users.value(TODAY - 7, 7),
    users.value(TODAY, 14),
    users.value(TODAY, undefined),
  ];
  on(TODAY, "u1");
  on(TODAY - 20, "u9");
  expect(asked()).toEqual([1, 0, 1, 2]);
  expect(asked()).toEqual([1, 0, 1, 2]);
  on(TODAY - 8, "u2");
  expect(asked()).toEqual([1, 1, 2, 3]);
});

describe("aggregates over a window of 7 days, which is today and the six before it", () => {
  test.each([
    ["count", 4],
    ["days", 3],
    ["users", 2],
    ["sum", 22],
    ["avg", 22 / 3],
    ["latest", 4],
    ["max", 10],
    ["min", 4],
    ["first", (TODAY - 6) * 86_400_000 + 1],
    ["last", TODAY * 86_400_000 + 1],
  ] as const)("%s", (kind, expected) => {
    expect(valueOf(kind, SOME, 7)).toBeCloseTo(expected, 9);
  });

  test.each([
    ["count", 2],
    ["days", 2],
    ["users", 2],
    ["sum", 108],
    ["latest", 8],
    ["max", 100],
    ["min", 8],
    ["last", (TODAY - 6) * 86_400_000 + 1],
  ] as const)("%s as of three days ago does not see what came since", (kind, expected) => {
    expect(valueOf(kind, SOME, 7, TODAY - 3)).toBe(expected);
  });

  test.each(["count", "sum", "users", "days"] as const)("%s of nothing is 0", (kind) => {
    expect(valueOf(kind, [], 7)).toBe(0);
    expect(valueOf(kind, [[7, 1]], 7)).toBe(0);
  });

  test.each(["avg", "latest", "max", "min", "nps", "first", "last"] as const)(
    "%s of nothing is unknown",
    (kind) => {
      expect(valueOf(kind, [], 7)).toBeNaN();
      expect(valueOf(kind, [[7, 5]], 7)).toBeNaN();
    },
  );

  test("without a window it is all there ever was", () => {
    expect(valueOf("sum", SOME)).toBe(122);
    expect(valueOf("days", [...SOME, [9_000, 1]])).toBe(5);
  });
});

test("nps takes each user's latest answer, 9 and 10 against 0 to 6", () => {
  const answers: readonly Told[] = [
    [3, 10, "a"],
    [1, 6, "a"],
    [2, 9, "b"],
    [5, 7, "c"],
    [1, 0, null],
    [1, 11, "d"],
    [1, -1, "e"],
  ];
  expect(valueOf("nps", answers, 7)).toBe(0);
  expect(valueOf("nps", answers, 7, TODAY - 2)).toBeCloseTo((100 * 2) / 3, 9);
});

test("of two at one instant the later arrival is the latest", () => {
  expect(
    valueOf(
      "latest",
      [
        [0, 1],
        [0, 2],
      ],
      7,
    ),
  ).toBe(2);
  expect(
    valueOf(
      "nps",
      [
        [0, 10],
        [0, 1],
      ],
      7,
    ),
  ).toBe(-100);
});

test("buckets stand in the order of days whatever the order of arrival", () => {
  const buckets = new DayBuckets<string[]>();
  for (const day of [5, 1, 9, 5, 3]) buckets.at(day, () => []).push(`on ${day}`);
  expect(buckets.days).toEqual([1, 3, 5, 9]);
  expect(buckets.values[2]).toEqual(["on 5", "on 5"]);
  expect([0, 1, 4, 5, 8, 9, 10].map((day) => buckets.upTo(day))).toEqual([0, 1, 2, 3, 3, 4, 4]);
});

test("a trait's values stand in the order of the days they count from, late news in its place", () => {
  const series = new TraitSeries();
  series.add({ from: 10, arrived: 1, value: "ten" });
  series.add({ from: 20, arrived: 2, value: "twenty" });
  series.add({ from: 15, arrived: 3, value: "fifteen, told late" });
  series.add({ from: 20, arrived: 1, value: "twenty, told earlier" });
  expect([9, 10, 14, 15, 19, 20, 99].map((day) => series.at(day))).toEqual([
    undefined,
    "ten",
    "ten",
    "fifteen, told late",
    "fifteen, told late",
    "twenty",
    "twenty",
  ]);
});

describe("values as their declared type", () => {
  const zone = "Asia/Kolkata";
  test.each([
    ["number", "12.5", 12.5],
    ["number", " -3e2 ", -300],
    ["number", "1,200", undefined],
    ["number", "0x10", undefined],
    ["number", "Infinity", undefined],
    ["number", true, undefined],
    ["boolean", "TRUE", true],
    ["boolean", "no", undefined],
    ["boolean", 1, undefined],
    ["string", 12, "12"],
    ["string", false, "false"],
    ["date", "2026-03-01", dayOf(2026, 3, 1)],
    ["date", "2026-03-01T18:30:00Z", dayOf(2026, 3, 2)],
    ["date", "2026-03-01 23:00:00", dayOf(2026, 3, 1)],
    ["date", "2026-02-30", undefined],
    ["date", 20_000, undefined],
    ["time", "2026-03-01", Date.UTC(2026, 1, 28, 18, 30)],
    ["time", "2026-03-01T00:00:00Z", Date.UTC(2026, 2, 1)],
    ["time", "soon", undefined],
    ["number", "", null],
    ["date", null, null],
    ["string", "", null],
    ["string", { a: 1 }, undefined],
  ] as const)("%s %j", (kind, raw, expected) => {
    expect(readTyped({ kind }, raw, zone)).toBe(expected);
  });

  test("shown as days and instants", () => {
    expect(showTyped({ kind: "date" }, dayOf(2026, 3, 1))).toBe("2026-03-01");
    expect(showTyped({ kind: "time" }, Date.UTC(2026, 2, 1))).toBe("2026-03-01T00:00:00.000Z");
    expect(showTyped({ kind: "date" }, null)).toBeNull();
  });
});

test("a star at the end is a prefix; a star alone is what was tracked, whoever brings in the engine's names", () => {
  const tracked = { kind: "tracked" } as const;
  expect(matchesPattern({ kind: "prefix", prefix: "Report " }, "Report Read", false)).toBe(true);
  expect(matchesPattern({ kind: "prefix", prefix: "Report " }, "Reports", false)).toBe(false);
  expect(matchesPattern(tracked, "Logged In", false)).toBe(true);
  expect(matchesPattern(tracked, "Logged In", true)).toBe(false);
  expect(matchesPattern(tracked, "survey:nps:answered", false)).toBe(false);
});

test("properties are found by their whole name, then by dots; prototypes are nothing", () => {
  const properties = { "a.b": 1, a: { b: 2, c: { d: "x" } }, empty: "", list: [1] };
  expect(propertyValue(properties, "a.b")).toBe(1);
  expect(propertyValue(properties, "a.c.d")).toBe("x");
  expect(propertyValue(properties, "a.c")).toBeNull();
  expect(propertyValue(properties, "empty")).toBeNull();
  expect(propertyValue(properties, "list.0")).toBeNull();
  expect(propertyValue(properties, "constructor.name")).toBeNull();
  expect(propertyValue(properties, "__proto__")).toBeNull();
});

describe("a history as of its days", () => {
  const { model } = readModel(
    `
touchstone: 1
name: Histories
workspace: { timezone: America/New_York }
contacts: { age: { type: number, from: years, default: 30 } }
facts:
  n: { type: number }
  logins: { count: Logged In, over: 3d }
  logins_ever: { count: Logged In }
  grown: { contacts: contact.age >= 18 }
  change: { change: logins, over: 2d }
`,
    { file: "histories.yaml" },
  );
  const plan = planFacts(model as Model);
  const created = dayOf(2026, 6, 1);
  const history = () =>
    new AccountHistory(plan, {
      id: "a",
      name: null,
      createdAt: created,
      firstSeen: TODAY,
      timezone: null,
    });
  const at = (day: Day, hours: number): number =>
    startOfDay(day, "America/New_York") + hours * 3_600_000;

  test("facts that differ in nothing but their window are counted once", () => {
    expect(plan.sources).toHaveLength(1);
    expect(plan.base.map(({ column }) => column).toSorted()).toEqual([
      "grown",
      "logins",
      "logins@2",
      "logins_ever",
      "n",
    ]);
  });

  test("an event counts on its local day, whenever it is told", () => {
    const one = history();
    for (const hour of [23.9, 0])
      one.addEvent({
        name: "Logged In",
        at: at(TODAY, hour),
        user: "u",
        properties: {},
        engine: false,
      });
    one.addEvent({
      name: "Logged In",
      at: at(TODAY - 2, 0) - 1,
      user: "u",
      properties: {},
      engine: false,
    });
    expect(
      [TODAY - 3, TODAY - 1, TODAY, TODAY + 1].map((day) => one.aggregate("logins", day, 3)),
    ).toEqual([1, 1, 2, 2]);
    expect(one.aggregate("logins_ever", TODAY, undefined)).toBe(3);
  });

  test("counts are unknown before the account was made", () => {
    expect(history().aggregate("logins", created - 1, 3)).toBeNaN();
    expect(history().aggregate("logins", created, 3)).toBe(0);
  });

  test("a value that does not fit is refused and the old one stays; another trait is nobody's business", () => {
    const one = history();
    const tell = (trait: string, value: string | number): boolean =>
      one.addTrait({ trait, value, from: TODAY, arrived: 1 });
    expect([tell("n", 5), tell("n", "many"), tell("other", "x")]).toEqual([true, false, true]);
    expect([one.trait("n", TODAY), one.trait("n", TODAY - 1), one.trait("other", TODAY)]).toEqual([
      5,
      undefined,
      undefined,
    ]);
  });

  test("closed from its day on, as far as was known", () => {
    const one = history();
    one.addTrait({ trait: "closed_at", value: "2026-06-12", from: TODAY, arrived: 1 });
    one.addTrait({ trait: "closed_at", value: null, from: TODAY + 5, arrived: 2 });
    expect(
      [TODAY, TODAY + 1, TODAY + 2, TODAY + 4, TODAY + 5].map((day) => one.closedOn(day)),
    ).toEqual([false, false, true, true, false]);
  });

  test("a contact's declared trait has its own name, type and default", () => {
    const one = history();
    const contact = {
      id: "c",
      email: null,
      name: null,
      role: null,
      timezone: null,
      locale: null,
      createdAt: null,
      from: TODAY,
      user: "c",
      optOuts: [],
    };
    one.putContact(contact);
    const [known] = one.contacts(TODAY);
    expect(one.contacts(TODAY - 1)).toEqual([]);
    expect(known?.value("age", TODAY)).toBe(30);
    expect(
      one.addContactTrait("c", { trait: "years", value: "17", from: TODAY + 1, arrived: 1 }),
    ).toBe(true);
    expect(
      one.addContactTrait("c", { trait: "years", value: "old", from: TODAY + 1, arrived: 2 }),
    ).toBe(false);
    expect([
      known?.value("age", TODAY),
      known?.value("age", TODAY + 1),
      known?.statedAt("age", TODAY + 1)?.from,
    ]).toEqual([30, 17, TODAY + 1]);
  });
});
