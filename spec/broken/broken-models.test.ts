import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { readModel, type ReadOptions } from "../../src/core/model/index.ts";

const folder = fileURLToPath(new URL(".", import.meta.url));
const files = readdirSync(folder).filter((name) => name.endsWith(".yaml"));

/** What a file's first comment says it has to give: `# error unknown-key 12:5`. */
function expected(text: string): readonly string[] {
  return [...text.matchAll(/^# ((?:error|warning) [a-z-]+ \d+:\d+)$/gm)].map(
    ([, line]) => line ?? "",
  );
}

/** `# with: messages renewal.en` and `# with: holidays DE-BY`: what lies beside the model. */
function beside(file: string, text: string): ReadOptions {
  const [, kind, names = ""] = /^# with: (\w+) (.*)$/m.exec(text) ?? [];
  const given = new Set(names.split(" "));
  if (kind === "messages") return { file, messages: given };
  if (kind === "holidays") return { file, knownHolidays: (code) => given.has(code) };
  return { file };
}

test("there are at least sixty broken models", () => {
  expect(files.length).toBeGreaterThanOrEqual(60);
});

test.each(files)("%s gives exactly the diagnostics it names", (file) => {
  const text = readFileSync(`${folder}${file}`, "utf8");
  const { model, diagnostics } = readModel(text, beside(file, text));
  const found = diagnostics.map(
    ({ severity, code, line, column }) => `${severity} ${code} ${line}:${column}`,
  );
  expect(found.toSorted()).toEqual(expected(text).toSorted());
  expect(expected(text).length).toBeGreaterThan(0);
  expect(model === undefined).toBe(expected(text).some((line) => line.startsWith("error")));
});
