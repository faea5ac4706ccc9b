import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { modelSchema } from "../src/core/model/index.ts";
import { EditorClient } from "./editor-client.ts";

const schemaUrl = new URL("../model.schema.json", import.meta.url);
const root = new URL("..", import.meta.url).href;

test("model.schema.json is what the reader's schemas give", () => {
  const written: unknown = JSON.parse(readFileSync(schemaUrl, "utf8"));
  expect(written, "run: node --import tsx tools/write-schema.ts").toEqual(
    JSON.parse(JSON.stringify(modelSchema())),
  );
});

test("every key of the schema says what it is", () => {
  const silent: string[] = [];
  const walk = (node: unknown, path: string): void => {
    if (typeof node !== "object" || node === null) return;
    for (const [key, value] of Object.entries(node as Record<string, unknown>)) {
      if (key === "properties") {
        for (const [name, schema] of Object.entries(value as Record<string, object>)) {
          if (!("title" in schema)) silent.push(`${path}.${name}`);
        }
      }
      walk(value, key === "properties" ? path : `${path}.${key}`);
    }
  };
  walk(modelSchema(), "");
  expect(silent).toEqual([]);
});

const editor = new EditorClient();
beforeAll(() => editor.start(root));
afterAll(() => editor.stop());

const MODEL = [
  "# yaml-language-server: $schema=./model.schema.json",
  "touchstone: 1",
  "workspace: { timezone: UTC }",
  "touchpoints:",
  "  kickoff:",
  "    title: Kickoff",
  "    chanel: call",
  "    channel: emial",
  "    by: owner",
  "    ",
  "",
].join("\n");

interface Found {
  readonly diagnostics: readonly {
    readonly message: string;
    readonly range: { readonly start: { readonly line: number; readonly character: number } };
  }[];
}

async function open(name: string, text: string): Promise<{ uri: string; found: Found }> {
  const uri = `${root}${name}`;
  const published = editor.next(
    ({ method, params }) =>
      method === "textDocument/publishDiagnostics" && (params as { uri: string }).uri === uri,
  );
  const textDocument = { uri, languageId: "yaml", version: 1, text };
  editor.notify("textDocument/didOpen", { textDocument });
  return { uri, found: (await published).params as Found };
}

test("an editor underlines a misspelt key and a wrong value at their places", async () => {
  const { found } = await open("wrong.yaml", MODEL);
  const places = found.diagnostics.map(
    ({ range, message }) => `${range.start.line + 1}:${range.start.character + 1} ${message}`,
  );
  expect(places).toContainEqual(expect.stringMatching(/^7:5 .*chanel/));
  expect(places).toContainEqual(expect.stringMatching(/^8:14 .*"email"/s));
});

test("an editor completes the keys of a touchpoint and explains them", async () => {
  const { uri } = await open("completed.yaml", MODEL);
  const position = { line: 9, character: 4 };
  const answer = await editor.request("textDocument/completion", {
    textDocument: { uri },
    position,
  });
  const { items } = answer as { items: { label: string; documentation?: unknown }[] };
  expect(items.map(({ label }) => label)).toEqual(
    expect.arrayContaining(["purpose", "minutes", "accountable", "succeeds"]),
  );
  const minutes = items.find(({ label }) => label === "minutes");
  expect(JSON.stringify(minutes?.documentation)).toContain("Working time");
});

const templates = readdirSync(new URL("../templates", import.meta.url), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => `templates/${name}/model.yaml`);

test("an editor has nothing to say against the acceptance models and the templates", async () => {
  for (const model of [
    "spec/cases/four-tier.yaml",
    "spec/cases/semantics.touch.yaml",
    ...templates,
  ]) {
    const path = fileURLToPath(new URL(`../${model}`, import.meta.url));
    const name = model.replaceAll("/", "-");
    const text = `# yaml-language-server: $schema=./model.schema.json\n${readFileSync(path, "utf8")}`;
    const { found } = await open(name, text);
    expect(found.diagnostics.map(({ message }) => message)).toEqual([]);
  }
});
