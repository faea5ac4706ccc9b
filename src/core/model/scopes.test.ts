import { expect, test } from "vitest";
import { readModel } from "./read-model.ts";

/** A model in which each place of a rule can be filled in; all others hold. */
function model(at: Partial<Record<Place, string>>): string {
  const rule = (place: Place): string => JSON.stringify(at[place] ?? "true");
  return `touchstone: 1
workspace: { timezone: UTC }
contacts: { score: { type: number } }
facts:
  n: { type: number }
  cooling: { change: health, over: 30d }
  colder: { is: cooling * 2 }
  f: { is: ${JSON.stringify(at.facts ?? "n > 1")} }
  e: { count: Paid, where: ${rule("event")} }
  c: { contacts: ${rule("contacts")} }
health:
  measures: { m: { score: n, weight: 1 } }
  caps: { k: { when: ${rule("health")}, at_most: 50 } }
  bands: { red: 0, green: 50 }
lifecycle:
  start: [{ when: ${rule("start")}, stage: new }]
  stages:
    new: { exit: { x: ${rule("stage")} } }
    old: {}
segments:
  above: n > 1
  dim: { one: { a: n > 1, b: n > 0 } }
  here: ${rule("segments")}
  below: n > 3
levels: { high: { by: csm }, low: { by: pool } }
touch:
  base: [{ when: ${rule("base")}, level: high }, { otherwise: low }]
  adjust: [{ name: x, when: ${rule("adjust")}, set: low }]
touchpoints: { t: { channel: email, by: automation, to: ${rule("to")} } }
programs:
  p: { when: ${rule("program")}, steps: [{ touch: t, after: 0d }] }
  q: { for: contact, when: ${rule("contactProgram")}, steps: [{ touch: t, after: 0d }] }
  r: { on: { event: Paid, where: ${rule("event")} }, steps: [{ touch: t, after: 0d }] }
benchmarks: { b: { metric: nps, at_least: 0, when: ${rule("benchmark")} } }
experiments: { e: { unit: account, metric: nps, arms: { x: 0.5, y: 0.5 } } }
`;
}

type Place =
  | "facts"
  | "event"
  | "contacts"
  | "health"
  | "start"
  | "stage"
  | "segments"
  | "base"
  | "adjust"
  | "to"
  | "program"
  | "contactProgram"
  | "benchmark";

function codes(place: Place, rule: string): readonly string[] {
  const { diagnostics } = readModel(model({ [place]: rule }), { file: "x" });
  return [
    ...new Set(diagnostics.filter(({ severity }) => severity === "error").map(({ code }) => code)),
  ];
}

const IN_ORDER: readonly Place[] = [
  "facts",
  "health",
  "start",
  "stage",
  "segments",
  "base",
  "program",
];

/** What a rule reads, and the first place in the order of evaluation that knows it. */
test.each<[string, Place, string]>([
  ["n > 1", "facts", ""],
  ["account_age_days > 1 && days_since_touch > 3", "facts", ""],
  ['account_id == "x" || account_name == "y" || today > date("2026-01-01")', "facts", ""],
  ["health > 50", "start", "later-block"],
  ['health_band == "unknown"', "start", "later-block"],
  ['stage == "new" && days_in_stage > 3', "stage", "later-block"],
  ["segments.above", "segments", "later-block"],
  ['segments.dim == "a"', "segments", "later-block"],
  ["segments.below", "base", "later-block"],
  ['level == "high"', "program", "later-block"],
  ['base_level == "high" && !held && days_at_level > 3', "program", "later-block"],
  ['experiments.e == "x"', "program", "later-block"],
])("%s is known from %s on", (rule, first, before) => {
  for (const place of IN_ORDER) {
    const known = IN_ORDER.indexOf(place) >= IN_ORDER.indexOf(first);
    expect(codes(place, rule), place).toEqual(known ? [] : [before]);
  }
});

test("a fact of health's past, and one made of it, is known from the lifecycle on", () => {
  for (const fact of ["cooling", "colder"]) {
    expect(codes("facts", `${fact} > 1`)).toEqual([]);
    expect(codes("health", `${fact} > 1`)).toEqual(["later-block"]);
    expect(codes("stage", `${fact} > 1`)).toEqual([]);
  }
});

test("level is not known inside touch", () => {
  expect(codes("adjust", 'level == "high"')).toEqual(["later-block"]);
  expect(codes("benchmark", 'level == "high"')).toEqual([]);
});

test("a contact is known where a rule is about one", () => {
  const rule = 'contact.role == "admin" && contact.score > 3 && contact.anything == "x"';
  for (const place of ["contacts", "to", "contactProgram"] as const)
    expect(codes(place, rule)).toEqual([]);
  for (const place of ["facts", "program", "event"] as const) {
    expect(codes(place, rule)).toEqual(["unknown-name"]);
  }
  expect(codes("to", "n > 1")).toEqual(["unknown-name"]);
  expect(codes("contactProgram", 'n > 1 && level == "high"')).toEqual([]);
});

test("properties are known in the where of events, of whatever kind they are", () => {
  const rule = 'properties.plan == "pro" && properties.amount > 3';
  expect(codes("event", rule)).toEqual([]);
  expect(codes("program", rule)).toEqual(["unknown-name"]);
  expect(codes("event", "n > 1")).toEqual(["unknown-name"]);
});

test("values of stages, levels, bands, segments and arms are checked", () => {
  for (const name of [
    "stage",
    "level",
    "health_band",
    "segments.dim",
    "experiments.e",
    "base_level",
  ]) {
    expect(codes("program", `${name} == "nothing"`)).toEqual(["unknown-value"]);
  }
});

test("names that only every object has are unknown", () => {
  for (const name of ["constructor", "toString", "__proto__", "segments.constructor"]) {
    expect(codes("program", `${name} == 1`)).toEqual(["unknown-name"]);
  }
});
