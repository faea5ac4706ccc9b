import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import type { ModelFiles } from "../engine/check-model.ts";
import type { ScenarioFiles } from "../engine/run-scenarios.ts";
import { UsageError } from "./cli-error.ts";

/** A model file and the messages beside it; null when it is not there. A folder means its model.yaml. */
export async function readModelFiles(path: string): Promise<ModelFiles | null> {
  const file = (await isFolder(path)) ? join(path, "model.yaml") : path;
  const source = await readText(file);
  if (source === null) return null;
  return { file, source, messages: await readMessages(join(dirname(file), "messages")) };
}

/** The same; a UsageError that says what is missing where there is none. */
export async function requireModelFiles(path: string): Promise<ModelFiles> {
  const files = await readModelFiles(path);
  if (files) return files;
  const what = (await isFolder(path))
    ? `the folder ${path} has no model.yaml`
    : `there is no model at ${path}`;
  throw new UsageError(
    what,
    "Give a YAML file, or a folder with a model.yaml; `touchstone init DIR` writes one.",
  );
}

/** The scenario files in a model's folder, by name; of a single file none. */
export async function readScenarioTexts(path: string): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  if (!(await isFolder(path))) return texts;
  for (const name of (await readdir(path)).toSorted()) {
    const text = /\.ya?ml$/.test(name) ? await readText(join(path, name)) : null;
    if (text !== null && /^cases\s*:/m.test(text)) texts[name] = text;
  }
  return texts;
}

async function readMessages(folder: string): Promise<Record<string, string>> {
  if (!(await isFolder(folder))) return {};
  const messages: Record<string, string> = {};
  for (const name of (await readdir(folder)).toSorted()) {
    if (name.endsWith(".liquid"))
      messages[basename(name, ".liquid")] = await readFile(join(folder, name), "utf8");
  }
  return messages;
}

/** The text of a file; null when it is not there. */
export async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

export async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === "ENOENT" || code === "ENOTDIR";
}

/** Scenario files and the models they name, from disk; paths are shown as seen from here. */
export const DISK: ScenarioFiles = {
  read: readText,
  model: readModelFiles,
  resolve: (from, path) => {
    const place = resolve(dirname(from), path);
    const seen = relative(process.cwd(), place);
    return seen.startsWith("..") ? place : seen;
  },
};
