import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Evaluator } from "../src/core/account/evaluate-accounts.ts";
import { NEW_ACCOUNT } from "../src/core/account/state.ts";
import { compileModel } from "../src/core/decide/index.ts";
import { AccountHistory } from "../src/core/facts/index.ts";
import { readModel } from "../src/core/model/index.ts";
import { touchJson } from "../src/core/schedule/index.ts";
import { parseDay } from "../src/core/time/day.ts";
import { startOfDay } from "../src/core/time/zone.ts";
import { workspaceCalendar } from "../src/engine/holidays.ts";
import { DISK } from "../src/cli/model-files.ts";
import { checkModel } from "../src/engine/check-model.ts";
import { runScenarioFile } from "../src/engine/run-scenarios.ts";

/** The YAML that a page shows, in order. */
function yamlOf(page: string): string[] {
  const text = readFileSync(new URL(`../${page}`, import.meta.url), "utf8");
  return [...text.matchAll(/```yaml\n(.*?)```/gs)].map(([, block]) => block ?? "");
}

test.each(["README.md", "docs/guides/models.md"])(
  "the model that %s shows is valid and wants nothing but its messages",
  (page) => {
    const [source = ""] = yamlOf(page);
    const { diagnostics } = checkModel({ file: page, source, messages: {} });
    expect(diagnostics.filter(({ code }) => code !== "missing-message")).toEqual([]);
  },
);

test("the scenarios of the guide pass on its model", async () => {
  const folder = mkdtempSync(join(tmpdir(), "touchstone-guide-"));
  const [model = "", scenarios = ""] = yamlOf("docs/guides/models.md");
  writeFileSync(join(folder, "model.yaml"), model);
  writeFileSync(join(folder, "scenarios.yaml"), scenarios);
  const result = await runScenarioFile(DISK, join(folder, "scenarios.yaml"), undefined);
  rmSync(folder, { recursive: true });
  expect(result.diagnostics).toEqual([]);
  expect(result.cases.map(({ failures }) => failures)).toEqual([[], []]);
});

test("the scenarios of the scenario page pass on its model", async () => {
  const folder = mkdtempSync(join(tmpdir(), "touchstone-scenarios-"));
  const [model = "", ...files] = yamlOf("docs/reference/scenarios.md");
  writeFileSync(join(folder, "model.yaml"), model);
  const results = [];
  for (const [at, file] of files.entries()) {
    writeFileSync(join(folder, `${at}.yaml`), file);
    results.push(await runScenarioFile(DISK, join(folder, `${at}.yaml`), undefined));
  }
  rmSync(folder, { recursive: true });
  expect(results.flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
  expect(results.map(({ cases }) => cases.map(({ failures }) => failures))).toEqual([
    [[]],
    [[], [], []],
  ]);
});

test("the JSON that the page of decisions shows has the keys that the program prints", () => {
  const [source = ""] = yamlOf("docs/reference/scenarios.md");
  const { model } = readModel(source, { file: "model.yaml" });
  if (!model) throw new Error("the page's model is not valid");
  const compiled = compileModel(model);
  const today = parseDay("2026-03-02") ?? 0;
  const identity = { id: "a", name: null, createdAt: today, firstSeen: today, timezone: null };
  const history = new AccountHistory(compiled.plan, identity);
  const record = { history, isNew: true, state: NEW_ACCOUNT, touches: new Map(), owner: null };
  const [made] = new Evaluator(compiled, workspaceCalendar(model.workspace)).evaluate([record], {
    today,
    now: startOfDay(today, "Europe/Paris"),
    liveFrom: null,
    modelVersion: 1,
    triggers: () => [],
    wantAll: true,
  });
  const [decision, , touch] = jsonOf("docs/reference/decision.md");
  const { level, stage, health } = made?.decision ?? {};
  expect(keysOf(decision)).toEqual(keysOf(made?.decision));
  expect(keysOf(decision?.["level"])).toEqual(keysOf(level));
  expect(keysOf(decision?.["stage"])).toEqual(keysOf(stage));
  expect(keysOf(decision?.["health"])).toEqual(keysOf(health));
  const [first] = made?.touches ?? [];
  expect(keysOf(touch)).toEqual(keysOf(first && touchJson(first)));
});

function jsonOf(page: string): Record<string, unknown>[] {
  const text = readFileSync(new URL(`../${page}`, import.meta.url), "utf8");
  return [...text.matchAll(/```json\n(.*?)```/gs)].map(
    ([, block]) => JSON.parse(block ?? "") as Record<string, unknown>,
  );
}

function keysOf(value: unknown): string[] {
  expect(value).toBeTypeOf("object");
  return Object.keys(value ?? {}).toSorted();
}

test("the broken example shows one mistake of each of these kinds", () => {
  const source = readFileSync(new URL("../examples/06-broken/model.yaml", import.meta.url), "utf8");
  const { model, diagnostics } = checkModel({ file: "model.yaml", source, messages: {} });
  expect(model).toBeUndefined();
  expect(diagnostics.map(({ code, line }) => [code, line])).toEqual([
    ["bad-timezone", 5],
    ["unreachable-entry", 14],
    ["unknown-value", 15],
    ["rule-needs-quotes", 16],
    ["unknown-key", 18],
    ["no-otherwise", 21],
    ["unknown-name", 22],
    ["unknown-name", 24],
    ["unknown-level", 24],
  ]);
});
