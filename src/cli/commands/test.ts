import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { FileResult } from "../../engine/run-scenarios.ts";
import { NotSo, UsageError } from "../cli-error.ts";
import { type Define, withJson } from "../command.ts";
import { DISK, isFolder, readText } from "../model-files.ts";
import { print, printJson } from "../output.ts";
import { tellCase } from "../render/tell-case.ts";

export const test: Define = (program) => {
  withJson(
    program
      .command("test")
      .description("run scenarios: tests of a touch model")
      .argument("<path...>", "scenario files, or folders to look for them in")
      .option("--filter <text>", "only cases whose name holds this text"),
  ).action(async (paths: string[], options: { json?: boolean; filter?: string }) => {
    const { runScenarioFile } = await import("../../engine/run-scenarios.ts");
    const results: FileResult[] = [];
    for (const file of await findScenarios(paths)) {
      const result = await runScenarioFile(DISK, file, options.filter);
      results.push(result);
      if (!options.json) await tellFile(result);
    }
    const passed = results.flatMap(({ cases }) => cases).filter((one) => one.passed).length;
    // a file that cannot be run is a failure as much as a case that fails
    const failed =
      results.flatMap(({ cases }) => cases).length - passed + results.filter(isBroken).length;
    if (options.json) printJson({ ok: failed === 0 && passed > 0, passed, failed, files: results });
    else print(`${passed} passed, ${failed} failed`);
    if (failed > 0 || passed === 0) throw new NotSo();
  });
};

function isBroken({ diagnostics }: FileResult): boolean {
  return diagnostics.length > 0;
}

async function tellFile({ file, cases, diagnostics }: FileResult): Promise<void> {
  const { formatDiagnostic } = await import("../../core/model/index.ts");
  print(file);
  for (const one of diagnostics) print(formatDiagnostic(one, (await readText(one.file)) ?? ""));
  for (const one of cases) print(tellCase(file, one));
  print("");
}

/** Files as given; in folders, every YAML file with a top-level `cases`. */
async function findScenarios(paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    if (await isFolder(path)) found.push(...(await scenariosIn(path)));
    else if ((await readText(path)) === null)
      throw new UsageError(`there is no file or folder ${path}`);
    else found.push(path);
  }
  if (found.length === 0) {
    throw new UsageError(
      `no scenarios under ${paths.join(", ")}`,
      "Scenario files are YAML with `model:` and `cases:` at the top.",
    );
  }
  return found;
}

async function scenariosIn(folder: string): Promise<string[]> {
  const found: string[] = [];
  const entries = (await readdir(folder, { withFileTypes: true })).toSorted((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== "node_modules" && !entry.name.startsWith("."))
        found.push(...(await scenariosIn(path)));
    } else if (/\.ya?ml$/.test(entry.name) && /^cases\s*:/m.test((await readText(path)) ?? "")) {
      found.push(path);
    }
  }
  return found;
}
