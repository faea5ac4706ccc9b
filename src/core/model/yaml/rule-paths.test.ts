import { expect, test } from "vitest";
import { modelSchema } from "../model-schema.ts";
import { isRulePath, RULE_PATHS } from "./rule-paths.ts";

interface JsonSchema {
  readonly type?: unknown;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | false;
  readonly items?: JsonSchema | readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
}

/** A rule may be text, true or false, or a number; so may a trait's default, and nothing else. */
function pathsOfRules(schema: JsonSchema, path: readonly string[], found: Set<string>): void {
  const kinds = [schema.type].flat();
  if (kinds.includes("boolean") && kinds.includes("string")) found.add(path.join("."));
  for (const part of schema.anyOf ?? []) pathsOfRules(part, path, found);
  for (const [key, part] of Object.entries(schema.properties ?? {})) {
    pathsOfRules(part, [...path, key], found);
  }
  if (schema.additionalProperties) pathsOfRules(schema.additionalProperties, [...path, "*"], found);
  for (const part of [schema.items ?? []].flat()) pathsOfRules(part, [...path, "#"], found);
}

test("the places of rules are those of the schemas", () => {
  const found = new Set<string>();
  pathsOfRules(modelSchema(), [], found);
  const defaults = ["facts.*.default", "contacts.*.default"];
  expect([...found].toSorted()).toEqual([...RULE_PATHS, ...defaults].toSorted());
});

test("a path of keys is matched step by step", () => {
  expect(isRulePath(["segments", "big"])).toBe(true);
  expect(isRulePath(["touch", "base", "#", "when"])).toBe(true);
  expect(isRulePath(["touch", "base", "when"])).toBe(false);
  expect(isRulePath(["segments", "#"])).toBe(false);
  expect(isRulePath(["facts", "arr", "type"])).toBe(false);
});
