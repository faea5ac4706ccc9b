import type { Diagnostic, Model } from "../core/model/index.ts";
import { type CaseResult, readScenarios, runCase, ScenarioError } from "../core/scenario/index.ts";
import { checkModel, type ModelFiles } from "./check-model.ts";
import { workspaceCalendar } from "./holidays.ts";

/** What reading files looks like from here; paths are as the person wrote them. */
export interface ScenarioFiles {
  /** The text of a file; null when it is not there. */
  read(path: string): Promise<string | null>;
  /** A model with the messages beside it; null when it is not there. */
  model(path: string): Promise<ModelFiles | null>;
  /** A path written in a file, as seen from where that file is. */
  resolve(from: string, path: string): string;
}

export interface FileResult {
  readonly file: string;
  readonly cases: readonly (CaseResult & { readonly line: number })[];
  /** What keeps the file, or the model it names, from being run. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Runs the scenarios of one file; `filter` keeps the cases whose name holds it. */
export async function runScenarioFile(
  files: ScenarioFiles,
  file: string,
  filter: string | undefined,
): Promise<FileResult> {
  const text = await files.read(file);
  if (text === null) return broken(file, "no-such-file", "the file is not there");
  const { file: scenarios, diagnostics, lines } = readScenarios(text, file);
  if (!scenarios) return { file, cases: [], diagnostics };
  const models = new Map<
    string,
    { model: Model | undefined; diagnostics: readonly Diagnostic[] }
  >();
  const load = async (path: string): Promise<void> => {
    const place = files.resolve(file, path);
    const found = await files.model(place);
    models.set(
      path,
      found ? checkModel(found) : { model: undefined, diagnostics: [missing(file, place)] },
    );
  };
  const named = scenarios.cases.flatMap(({ steps = [] }) =>
    steps.flatMap(({ apply }) => (apply === undefined ? [] : [apply])),
  );
  for (const path of new Set([scenarios.model, ...named])) await load(path);
  const main = models.get(scenarios.model);
  if (!main?.model)
    return {
      file,
      cases: [],
      diagnostics: (main?.diagnostics ?? []).filter(({ severity }) => severity === "error"),
    };
  const { model } = main;
  const chosen = scenarios.cases.flatMap((one, index) =>
    filter === undefined || one.name.toLowerCase().includes(filter.toLowerCase())
      ? [{ one, line: lines[index] ?? 1 }]
      : [],
  );
  const cases: FileResult["cases"][number][] = [];
  for (const { one, line } of chosen) {
    // a server answers others between two cases
    await new Promise((resolve) => setImmediate(resolve));
    const options = {
      model,
      calendarOf: (of: Model) => workspaceCalendar(of.workspace),
      modelAt: (path: string) => modelAt(models.get(path), path),
    };
    cases.push({ line, ...runCase(one, options) });
  }
  return { file, cases, diagnostics: [] };
}

function modelAt(
  found: { model: Model | undefined; diagnostics: readonly Diagnostic[] } | undefined,
  path: string,
): Model {
  if (found?.model) return found.model;
  const first = found?.diagnostics.find(({ severity }) => severity === "error");
  throw new ScenarioError(
    `\`apply: ${path}\`: ${first ? `${first.file}:${first.line}:${first.column} ${first.message}` : "no such model"}`,
  );
}

function missing(file: string, place: string): Diagnostic {
  return {
    code: "no-such-file",
    severity: "error",
    message: `the model \`${place}\` is not there`,
    file,
    line: 1,
    column: 1,
    end_column: 2,
    hint: "`model:` is a path as seen from the scenario file",
  };
}

function broken(file: string, code: string, message: string): FileResult {
  return {
    file,
    cases: [],
    diagnostics: [{ code, severity: "error", message, file, line: 1, column: 1, end_column: 2 }],
  };
}
