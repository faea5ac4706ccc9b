import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readModel } from "./read-model.ts";
import type { Model } from "./types.ts";

const HEAD = "touchstone: 1\nworkspace: { timezone: Europe/Berlin }\n";

function modelOf(text: string): Model {
  const { model, diagnostics } = readModel(text, { file: "model.yaml" });
  if (!model) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return model;
}

function places(text: string): readonly string[] {
  const { diagnostics } = readModel(text, { file: "model.yaml" });
  return diagnostics
    .filter(({ severity }) => severity === "error")
    .map(({ code, line, column, end_column }) => `${code} ${line}:${column}-${end_column}`);
}

const caseFile = (name: string): string =>
  readFileSync(new URL(`../../../spec/cases/${name}`, import.meta.url), "utf8");

const fourTier = modelOf(caseFile("four-tier.yaml"));

test("the acceptance models are read without errors", () => {
  expect(fourTier.name).toBe("Four tiers, right time");
  expect(modelOf(caseFile("semantics.touch.yaml")).programs).toHaveLength(5);
});

test("the hash is that of the text, whatever else is equal", () => {
  expect(fourTier.hash).toMatch(/^sha256:[0-9a-f]{64}$/);
  expect(modelOf(caseFile("four-tier.yaml")).hash).toBe(fourTier.hash);
  expect(modelOf(`${caseFile("four-tier.yaml")}\n`).hash).not.toBe(fourTier.hash);
});

test("durations become days, hours minutes, days of the week numbers", () => {
  const { workspace, caps, touch, levels } = fourTier;
  expect(workspace).toEqual({
    timezone: "Asia/Kuala_Lumpur",
    currency: "USD",
    holidays: "MY",
    workingHours: { from: 540, to: 1020 },
    workingDays: [1, 2, 3, 4, 5],
    planAhead: 60,
    revenue: "arr",
    renewal: "renewal_date",
  });
  expect(levels[0]).toMatchObject({ name: "high", often: 14, respond: 0, share: [0.15, 0.2] });
  expect(touch?.hold).toBe(14);
  expect(caps.contact[1]).toEqual({ key: "email", count: 2, days: 7, text: "email: 2 per 7d" });
  expect(caps).toMatchObject({ quietAfterHuman: 2, sendBetween: { from: 480, to: 1080 } });
});

test("facts stand after what they are made of, with their types", () => {
  const at = (name: string): number => fourTier.facts.findIndex((fact) => fact.name === name);
  expect(at("logins_trend")).toBeGreaterThan(at("logins_28d"));
  expect(at("limit_used")).toBeGreaterThan(at("api_calls_30d"));
  const types = Object.fromEntries(fourTier.facts.map(({ name, type }) => [name, type.kind]));
  expect(types).toMatchObject({
    arr: "number",
    champion: "boolean",
    renewal_date: "date",
    first_value_on: "time",
    nps: "number",
    champions: "number",
    wants: "string",
    adoption: "number",
  });
});

test("facts in any order are sorted, and those of health's past are late", () => {
  const { facts } = modelOf(
    `${HEAD}facts:\n  c: { is: b + 1 }\n  b: { is: a + h }\n  a: { type: number }\n` +
      "  h: { change: health, over: 30d }\n" +
      "health:\n  measures: { m: { score: a, weight: 1 } }\n  bands: { red: 0 }\n" +
      "segments: { s: c > 0 }\n",
  );
  expect(facts.map(({ name, late }) => `${name}${late ? "!" : ""}`)).toEqual([
    "a",
    "h!",
    "b!",
    "c!",
  ]);
});

test("events are exact, by prefix, or all that are tracked; a property is behind the last dot", () => {
  const { facts } = modelOf(
    `${HEAD}facts:\n  a: { count: "Report *" }\n  b: { users: "*" }\n  c: { sum: v1.API Called.calls }\n` +
      "segments: { s: a + b + c > 0 }\n",
  );
  expect(facts.map(({ source }) => source.kind === "event" && source.aggregate)).toMatchObject([
    { kind: "count", pattern: { kind: "prefix", prefix: "Report " }, over: undefined },
    { kind: "users", pattern: { kind: "tracked" }, property: undefined },
    { kind: "sum", pattern: { kind: "exact", name: "v1.API Called" }, property: "calls" },
  ]);
});

test("traits keep their own names and typed defaults", () => {
  const { facts } = modelOf(
    `${HEAD}facts:\n  seats: { type: number, from: Seat Count, default: 5 }\n` +
      "  since: { type: date, default: 1970-01-11 }\n  at: { type: time, default: 1970-01-01T00:00:01Z }\n" +
      "segments: { s: seats > 1 && known(since) && known(at) }\n",
  );
  expect(facts.map(({ source }) => source)).toEqual([
    { kind: "trait", trait: "Seat Count", default: 5 },
    { kind: "trait", trait: "since", default: 10 },
    { kind: "trait", trait: "at", default: 1000 },
  ]);
});

test("a stage may be left for a later one; exit leads to the next in the file", () => {
  const { lifecycle } = modelOf(
    `${HEAD}facts: { n: { type: number } }\nlifecycle:\n  stages:\n` +
      "    a: { exit: { x: n > 1 } }\n    b:\n    c: { enter: n > 5, exit: { y: n < 2 }, next: a }\n",
  );
  expect(lifecycle?.stages.map(({ from, next }) => ({ from, next }))).toEqual([
    { from: [], next: "b" },
    { from: ["a"], next: undefined },
    { from: ["a", "b"], next: "a" },
  ]);
});

test("a segment is a bare rule, a block or a dimension; true without quotes is a rule", () => {
  const { segments } = modelOf(
    `${HEAD}facts: { n: { type: number } }\nsegments:\n  a: n > 1\n  b: { when: n > 1, for: 1w, until: n < 0 }\n` +
      "  c:\n    one: { x: n > 5, y: true }\n",
  );
  expect(segments).toMatchObject([
    { kind: "flag", name: "a", for: 1, until: undefined },
    { kind: "flag", name: "b", for: 7, until: { text: "n < 0" } },
    { kind: "one", name: "c", entries: [{ name: "x" }, { name: "y", rule: { text: "true" } }] },
  ]);
});

test("adjustments carry their effects, base its otherwise", () => {
  expect(fourTier.touch?.otherwise).toBe("tech");
  expect(fourTier.touch?.base.map(({ level }) => level)).toEqual(["high", "medium", "low"]);
  expect(fourTier.touch?.adjust.map(({ effect, keep }) => ({ effect, keep }))).toEqual([
    { effect: { kind: "at_least", level: "high" }, keep: undefined },
    { effect: { kind: "at_most", level: "low" }, keep: undefined },
    { effect: { kind: "at_least", level: "high" }, keep: undefined },
    { effect: { kind: "raise", by: 1, bound: "high" }, keep: undefined },
    { effect: { kind: "at_least", level: "medium" }, keep: 30 },
  ]);
});

test("programs: triggers, timings, minutes, and what they ask of the level", () => {
  const byName = new Map(fourTier.programs.map((program) => [program.name, program]));
  expect(byName.get("high_touch")).toMatchObject({
    usesLevel: true,
    forContact: false,
    again: { kind: "after_leaving" },
    steps: [
      {
        touchpoint: "check_in",
        ordinal: 1,
        minutes: 60,
        timing: { kind: "every", period: 14, first: 14 },
      },
      { touchpoint: "qbr", minutes: 330, timing: { kind: "every", period: 91, first: 91 } },
    ],
  });
  expect(byName.get("welcome")).toMatchObject({
    forContact: true,
    usesLevel: false,
    again: { kind: "never" },
  });
  expect(byName.get("renewal")?.steps[0]?.timing).toEqual({
    kind: "before",
    date: "renewal_date",
    days: [60, 30, 14],
  });
  expect(byName.get("save")).toMatchObject({
    on: { pattern: { kind: "exact", name: "segment:losing_interest:entered" }, where: undefined },
    again: { kind: "after", days: 30 },
    steps: [{ touchpoint: "check_in", minutes: 90 }],
  });
});

test("two steps with one touchpoint have ordinals", () => {
  const { programs } = modelOf(
    `${HEAD}touchpoints: { m: { channel: email, by: automation } }\n` +
      "programs:\n  p: { on: Signed Up, steps: [{ touch: m, after: 1d }, { touch: m, after: 7d }] }\n",
  );
  expect(programs[0]?.steps.map(({ ordinal }) => ordinal)).toEqual([1, 2]);
});

test("a model of nothing but a workspace has the defaults", () => {
  expect(modelOf(HEAD)).toMatchObject({
    workspace: { currency: "USD", planAhead: 60, revenue: undefined, renewal: undefined },
    caps: { contact: [], quietAfterHuman: 0, giveUpAfter: 7, sendBetween: { from: 480, to: 1080 } },
    health: undefined,
    touch: undefined,
    programs: [],
  });
});

test("a fault inside a quoted, escaped or folded rule is told at its own place", () => {
  const start = `${HEAD}facts: { arr: { type: number } }\nsegments:\n`;
  expect(places(`${start}  a: "arr > 5 && \\x61rrr > 6"\n`)).toEqual(["unknown-name 5:18-25"]);
  expect(places(`${start}  a: >-\n    arr > 5 &&\n    arrr > 6\n`)).toEqual(["unknown-name 7:5-9"]);
  expect(places(`${start}  a: 'arr > 5 && arrr > 6'\n`)).toEqual(["unknown-name 5:18-22"]);
});

test("one fault does not hide another in the same entry, and is not told again elsewhere", () => {
  const text = `${HEAD}facts:\n  arr: { type: numbr }\nsegments:\n  big: { when: arr > 5 && ar > 6, fr: 7d }\n  rich: arr == "x"\n`;
  expect(places(text).map((place) => place.split(" ")[0])).toEqual([
    "not-allowed",
    "unknown-name",
    "unknown-key",
  ]);
});

test("messages beside the model, holidays and the team are checked where they are given", () => {
  const codes = (options: Partial<Parameters<typeof readModel>[1]>): readonly string[] =>
    readModel(caseFile("four-tier.yaml"), { file: "x", ...options })
      .diagnostics.map(({ code }) => code)
      .filter((code) => code !== "unused-fact");
  expect(codes({})).toEqual([]);
  const messages = new Set(["kickoff.en", "welcome.en", "welcome.ms", "limit.en"]);
  expect(codes({ messages })).toEqual(["missing-message"]);
  expect(codes({ messages: new Set([...messages, "renewal.en", "old.en"]) })).toEqual([
    "unused-template",
  ]);
  expect(codes({ knownHolidays: (code) => code === "MY" })).toEqual([]);
  expect(codes({ knownHolidays: () => false })).toContain("bad-holidays");
  expect(codes({ team: { hoursPerWeek: 1 } })).toEqual(["minutes-over-hours"]);
  expect(codes({ team: { hoursPerWeek: 500 } })).toEqual([]);
});
