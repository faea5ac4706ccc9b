import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DISK } from "../src/cli/model-files.ts";
import { checkModel } from "../src/engine/apply-model.ts";
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
