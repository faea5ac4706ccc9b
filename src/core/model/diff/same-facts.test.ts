import { expect, test } from "vitest";
import { readModel } from "../index.ts";
import type { Model } from "../types.ts";
import { FactMeanings, sameFactDefinition } from "./same-facts.ts";

const HEAD = "touchstone: 1\nname: T\nworkspace: { timezone: UTC }\n";

function modelOf(rest: string): Model {
  const { model, diagnostics } = readModel(HEAD + rest, { file: "m" });
  if (!model) throw new Error(JSON.stringify(diagnostics));
  return model;
}

function isSame(name: string, before: string, after: string, other = name): boolean {
  const [a, b] = [modelOf(before), modelOf(after)];
  const find = (model: Model, of: string) => model.facts.find((fact) => fact.name === of);
  const [x, y] = [find(a, name), find(b, other)];
  if (!x || !y) throw new Error("no such fact");
  return sameFactDefinition(x, y, a, b, new FactMeanings());
}

test("spelling, units and the names of what a fact is made of are no difference", () => {
  const before = `facts:
  arr: { type: number, unit: USD }
  a: { count: Logged In, where: 'properties.x == "y"&&properties.z>1', over: 2w }
  b: { is: a / arr }`;
  const after = `facts:
  revenue: { type: number, from: arr }
  n: { is: c/revenue }
  c: { count: "Logged In", where: "1.0 < properties.z && properties.x == 'y'", over: 14d }`;
  expect(isSame("b", before, after, "n")).toBe(true);
  expect(isSame("a", before, after, "c")).toBe(true);
  expect(isSame("arr", before, after, "revenue")).toBe(true);
});

test("another window, default, list of values, event or trait is a difference, also further down", () => {
  const base =
    "facts:\n  a: { count: X, over: 14d }\n  r: { ratio: a, over: 28d }\n  t: { is: r + 1 }";
  expect(isSame("t", base, base.replace("count: X, over: 14d", "count: X, over: 15d"))).toBe(false);
  expect(isSame("t", base, base.replace("over: 28d", "over: 27d"))).toBe(false);
  expect(isSame("t", base, base.replace("count: X", "users: X"))).toBe(false);
  const trait = "facts:\n  p: { type: string, values: [a, b] }";
  expect(isSame("p", trait, trait.replace("[a, b]", "[b, a]"))).toBe(true);
  expect(isSame("p", trait, trait.replace("[a, b]", "[a, b, c]"))).toBe(false);
  expect(isSame("p", trait, trait.replace("values: [a, b]", "from: q, values: [a, b]"))).toBe(
    false,
  );
  const flag = "facts:\n  p: { type: boolean }";
  expect(isSame("p", flag, "facts:\n  p: { type: boolean, default: false }")).toBe(false);
});

test("a fact over health's past is another when what health reads is, wherever that stands", () => {
  const base = `facts:
  trend: { change: health, over: 30d }
  uses: { count: X, over: 7d }
health:
  measures: { m: { score: uses, weight: 1 } }
  bands: { red: 0, green: 50 }`;
  expect(isSame("trend", base, base.replace("m: {", "other: {"))).toBe(true);
  expect(isSame("trend", base, base.replace("over: 7d", "over: 8d"))).toBe(false);
  expect(isSame("trend", base, base.replace("score: uses", "score: uses * 2"))).toBe(false);
});
