import type { ModelFiles } from "../check-model.ts";
import type { EngineContext } from "../context.ts";
import { type FileResult, runScenarioFile, type ScenarioFiles } from "../run-scenarios.ts";

/** Scenario files by name: the tests that the workspace's model has to pass, whichever version is live. */
type Texts = Readonly<Record<string, string>>;

/** Keeps them in place of those there are; false: they are the same. */
export function keepScenarios(
  { store, actor, clock }: EngineContext,
  files: Texts,
  reason: string | null = null,
): Promise<boolean> {
  const details = { files: Object.keys(files).toSorted() };
  const entry = { by: actor, what: "scenarios", account: null, reason, details };
  return store.drafts.writeScenarios(files, entry, clock());
}

/** Runs the cases of all files; the model they name is the one given, others are among the files. */
export async function runScenarios(
  model: ModelFiles,
  files: Texts,
  filter?: string,
): Promise<FileResult[]> {
  const results: FileResult[] = [];
  const reading = readingOf(model, files);
  for (const [name, text] of Object.entries(files).toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    // a model that an `apply` step names stands among them, too
    if (/^cases\s*:/m.test(text)) results.push(await runScenarioFile(reading, name, filter));
  }
  return results;
}

function readingOf(model: ModelFiles, files: Texts): ScenarioFiles {
  const modelAt = (path: string): ModelFiles | null => {
    const source = files[path];
    if (source !== undefined) return { file: path, source, messages: model.messages };
    // scenarios of a template name its model by where it stands on disk
    return path === model.file || path.endsWith(`/${model.file}`) ? model : null;
  };
  return {
    read: (path) => Promise.resolve(files[path] ?? null),
    model: (path) => Promise.resolve(modelAt(path)),
    resolve: resolvePath,
  };
}

/** A path written in a file, as seen from the folder that holds them all. */
function resolvePath(from: string, path: string): string {
  const parts = from.split("/").slice(0, -1);
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}
