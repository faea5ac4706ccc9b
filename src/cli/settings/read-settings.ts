import { existsSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { nearest } from "../../core/text/nearest.ts";
import { UsageError } from "../cli-error.ts";
import { fileKey, SETTINGS, type SettingKey, type SettingValues } from "./setting-list.ts";

export const CONFIG_FILE = "touchstone.config.yaml";

export interface ReadSettings {
  readonly values: SettingValues;
  /** Where each comes from; those that are not set are not in it. */
  readonly sources: Readonly<Partial<Record<SettingKey, string>>>;
  /** What cannot be taken: one sentence each. */
  readonly problems: readonly string[];
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Settings from the environment, else from the file (contracts.md §6). */
export function readSettings(environment: Environment, file = fileOf(environment)): ReadSettings {
  const { texts, problems } = readFile(file);
  const values: Partial<Record<SettingKey, unknown>> = {};
  const sources: Partial<Record<SettingKey, string>> = {};
  for (const key of Object.keys(SETTINGS) as SettingKey[]) {
    const { env, kind, secret } = SETTINGS[key];
    const fromEnvironment = environment[env];
    // an empty variable is how many tools leave one out
    const isSet = fromEnvironment !== undefined && fromEnvironment !== "";
    const text = isSet ? fromEnvironment : texts.get(key);
    if (text === undefined) continue;
    const source = isSet ? "the environment" : file;
    const value = kind.read(text.trim());
    const shown = secret ? "its value" : `\`${text}\``;
    if (value === undefined)
      problems.push(
        `${isSet ? env : fileKey(env)} (from ${source}): ${shown} is not what is expected: ${kind.expected}.`,
      );
    else {
      values[key] = value;
      sources[key] = source;
    }
  }
  return { values: values as SettingValues, sources, problems };
}

/** The same, for those who cannot go on with half of them. */
export function requireSettings(environment: Environment): ReadSettings {
  const read = readSettings(environment);
  const [first, ...rest] = read.problems;
  if (first !== undefined) {
    throw new UsageError(
      [first, ...rest].join("\n"),
      "`touchstone doctor` lists all settings with where they come from.",
    );
  }
  return read;
}

function fileOf(environment: Environment): string {
  return environment["TOUCHSTONE_CONFIG"] ?? CONFIG_FILE;
}

interface FileTexts {
  readonly texts: ReadonlyMap<SettingKey, string>;
  readonly problems: string[];
}

function readFile(file: string): FileTexts {
  if (!existsSync(file)) return { texts: new Map(), problems: [] };
  let content: unknown;
  try {
    content = parse(readFileSync(file, "utf8"));
  } catch (error) {
    const said = error instanceof Error ? error.message.split("\n")[0] : String(error);
    return { texts: new Map(), problems: [`${file} is no YAML: ${said ?? ""}`] };
  }
  if (content === null) return { texts: new Map(), problems: [] };
  if (typeof content !== "object" || Array.isArray(content))
    return { texts: new Map(), problems: [`${file}: settings with their names are expected.`] };
  return readEntries(file, Object.entries(content));
}

const KEYS = new Map<string, SettingKey>(
  (Object.keys(SETTINGS) as SettingKey[]).map((key) => [fileKey(SETTINGS[key].env), key]),
);

function readEntries(file: string, entries: readonly (readonly [string, unknown])[]): FileTexts {
  const texts = new Map<SettingKey, string>();
  const problems: string[] = [];
  for (const [name, value] of entries) {
    const key = KEYS.get(fileKey(name));
    if (key === undefined) problems.push(`${file}: there is no setting \`${name}\`${meant(name)}.`);
    else if (SETTINGS[key].secret)
      problems.push(
        `${file}: \`${name}\` is a secret and must not stand in a file; set ${SETTINGS[key].env} in the environment.`,
      );
    else if (value !== null) texts.set(key, textOf(value));
  }
  return { texts, problems };
}

function meant(name: string): string {
  const near = nearest(fileKey(name), KEYS.keys());
  return near === undefined ? "" : `; did you mean \`${near}\`?`;
}

/** A list is as good as its values with commas between them. */
function textOf(value: unknown): string {
  return Array.isArray(value) ? value.map(String).join(",") : String(value);
}
