import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { DISK } from "../src/cli/model-files.ts";
import { tellCase } from "../src/cli/render/tell-case.ts";
import { runScenarioFile } from "../src/engine/run-scenarios.ts";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");

/** Every scenario of the language's own cases, of the templates and of the examples. */
async function scenarioFiles(): Promise<string[]> {
  const found = ["spec/cases", "templates", "examples"].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".yaml"))
      .map((path) => join(ROOT, folder, path)),
  );
  const texts = await Promise.all(found.map((path) => readFile(path, "utf8")));
  return found.filter((_, index) => /^cases\s*:/m.test(texts[index] ?? "")).toSorted();
}

const files = await scenarioFiles();

test("there are scenarios for the language and for each of the seven templates", () => {
  expect(files.filter((file) => file.includes("templates"))).toHaveLength(7);
  expect(files.filter((file) => file.includes("cases")).length).toBeGreaterThan(10);
});

test.each(files.map((file) => [relative(ROOT, file), file] as const))(
  "every case of %s comes out as expected",
  async (name, file) => {
    const { cases, diagnostics } = await runScenarioFile(DISK, file, undefined);
    expect(diagnostics).toEqual([]);
    expect(cases.length).toBeGreaterThan(0);
    const failed = cases.filter(({ passed }) => !passed);
    expect(failed.map((one) => tellCase(name, one)).join("\n")).toBe("");
  },
);
