/** All that is written of a model: a folder, as it were. */
export interface ModelFiles {
  readonly source: string;
  /** `welcome.en` → text. */
  readonly messages: Readonly<Record<string, string>>;
  /** `scenarios.yaml` → text. */
  readonly scenarios: Readonly<Record<string, string>>;
}

export const MODEL_FILE = "model.yaml";

export const FIRST_SCENARIO_FILE = "scenarios.yaml";

const FIRST_SCENARIOS = `model: model.yaml
cases:
  - name: what has to stay true
    at: 2026-03-02T09:00:00Z
    account: { id: a, traits: { created_at: 2025-01-10 } }
    expect: { }
`;

/** With a file of scenarios to begin from. */
export function withScenarios(files: ModelFiles, name: string): ModelFiles {
  return { ...files, scenarios: { [name]: FIRST_SCENARIOS, ...files.scenarios } };
}

/** A file of the model by the path that it would have in its folder. */
export type OpenFile =
  | { readonly kind: "model" }
  | { readonly kind: "message" | "scenario"; readonly name: string };

export function openFile(path: string | undefined, files: ModelFiles): OpenFile {
  const message = /^messages\/(.+)\.liquid$/.exec(path ?? "")?.[1];
  if (message !== undefined && files.messages[message] !== undefined)
    return { kind: "message", name: message };
  if (path !== undefined && files.scenarios[path] !== undefined)
    return { kind: "scenario", name: path };
  return { kind: "model" };
}

export function pathOf(file: OpenFile): string {
  if (file.kind === "model") return MODEL_FILE;
  return file.kind === "message" ? `messages/${file.name}.liquid` : file.name;
}

export function textOf(files: ModelFiles, file: OpenFile): string {
  if (file.kind === "model") return files.source;
  return (file.kind === "message" ? files.messages : files.scenarios)[file.name] ?? "";
}

export function withText(files: ModelFiles, file: OpenFile, text: string): ModelFiles {
  if (file.kind === "model") return { ...files, source: text };
  return file.kind === "message"
    ? { ...files, messages: { ...files.messages, [file.name]: text } }
    : { ...files, scenarios: { ...files.scenarios, [file.name]: text } };
}

export function sameFiles(a: ModelFiles, b: ModelFiles): boolean {
  return (
    a.source === b.source &&
    sameTexts(a.messages, b.messages) &&
    sameTexts(a.scenarios, b.scenarios)
  );
}

export function sameTexts(
  a: Readonly<Record<string, string>>,
  b: Readonly<Record<string, string>>,
): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
