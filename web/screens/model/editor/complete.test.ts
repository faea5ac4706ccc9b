import { expect, test } from "vitest";
import { modelSchema } from "../../../../src/core/model/index.ts";
import { complete } from "./complete.ts";
import { partsAt } from "./schema-at.ts";

const schema = modelSchema();
const MODEL = `facts:
  arr: { type: number }
  plan: { type: string, values: [free, pro] }
segments:
  tier: { one: { top: arr > 5, rest: "true" } }
  active: arr > 1
levels:
  high: { often: 2w }
  low: { often: 4w }
touchpoints:
  call: { title: Call }
`;

function labels(text: string): string[] {
  const offset = text.indexOf("|");
  const found = complete(text.replace("|", ""), offset, schema, ["welcome"]);
  return (found?.offers ?? []).map(({ label }) => label);
}

test("keys go by their place", () => {
  expect(labels("|")).toContain("lifecycle");
  const keys = labels(`${MODEL}programs:\n  save: { wh|`);
  expect(keys).toEqual(expect.arrayContaining(["when", "on", "steps", "again"]));
  expect(keys).not.toContain("lifecycle");
  expect(labels("levels:\n  high:\n    |")).toContain("accounts_per_owner");
});

test("values are the words of the schema, or names of this model", () => {
  expect(labels("levels:\n  high: { by: |")).toEqual(["csm", "pod", "pool", "automation"]);
  expect(labels(`${MODEL}programs:\n  p: { steps: [{ touch: |`)).toEqual(["call"]);
  expect(labels(`${MODEL}touch:\n  base:\n    - { when: x, level: |`)).toEqual(["high", "low"]);
  expect(labels(`${MODEL}  mail: { template: |`)).toContain("welcome");
  expect(labels(`${MODEL}programs:\n  p: { on: |`)).toContain("segment:active:entered");
});

test("in a rule it is facts, segments, functions; in quotes what the name can be", () => {
  const offers = labels(`${MODEL}programs:\n  p: { when: ar|`);
  expect(offers).toEqual(expect.arrayContaining(["arr", "segments.tier", "known", "stage"]));
  expect(labels(`${MODEL}programs:\n  p: { when: level == "|`)).toEqual(["high", "low"]);
  expect(labels(`${MODEL}programs:\n  p: { when: 'segments.tier == "t|`)).toEqual(["top", "rest"]);
  expect(labels(`${MODEL}programs:\n  p: { when: 'plan in ["free", "|`)).toEqual(["free", "pro"]);
});

test("what a key means is told from the schema", () => {
  const [part] = partsAt(schema, ["levels", "high", "often"]);
  expect(part?.description).toContain("silence");
});
