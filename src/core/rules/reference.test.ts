import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { RULE_CODES } from "./codes.ts";
import { FUNCTION_NAMES, FUNCTIONS } from "./functions/registry.ts";
import { MAX_LENGTH, MAX_NESTING } from "./limits.ts";
import { SAMPLE_SCOPE } from "./testing/sample-scope.ts";
import { parseRule } from "./parse-rule.ts";

/** What docs/reference/rules.md says must be what rules do. */
const page = readFileSync(new URL("../../../docs/reference/rules.md", import.meta.url), "utf8");

test.each(Object.values(FUNCTIONS))("the page describes $name as the code does", (def) => {
  expect(page).toContain(`| \`${def.written}\` | ${def.meaning} |`);
});

test.each(Object.entries(RULE_CODES))("the page says what %s means", (code, meaning) => {
  expect(page).toContain(`| \`${code}\` | ${meaning} |`);
});

test("the page names no function that is not there", () => {
  const named = [...page.matchAll(/^\| `(?:x\.)?(\w+)\(/gm)].map(([, name]) => name);
  expect(new Set(named)).toEqual(FUNCTION_NAMES);
});

test("the page states the limits", () => {
  expect(page).toContain(
    `${MAX_LENGTH.toLocaleString("en")} characters and nest ${MAX_NESTING} levels`,
  );
});

test("the rules that the page shows first are rules", () => {
  const rules = [...page.matchAll(/^\| [^|]+ \| `((?:\\\||[^`|])+)` \|$/gm)].map(([, rule = ""]) =>
    rule.replaceAll("\\|", "|"),
  );
  const shown = rules.filter((rule) => !rule.includes("…"));
  expect(shown.length).toBeGreaterThanOrEqual(11);
  const problems = shown.flatMap(
    (rule) => parseRule(rule, SAMPLE_SCOPE, ["boolean", "number"]).problems,
  );
  // The sample scope knows few of the page's facts; nothing else may be wrong.
  expect(
    problems.filter(({ code }) => code !== "unknown-name" && code !== "unknown-value"),
  ).toEqual([]);
});
