import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CODES, formatDiagnostic, readModel } from "../src/core/model/index.ts";

const folder = new URL("../docs/reference/diagnostics/", import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), "utf8");

const HEAD = "touchstone: 1\nworkspace: { timezone: Europe/Berlin }\n";
const segment = (rule: string): string => `segments:\n  chosen: ${rule}\n`;

/** Wrong examples that nobody wants to read whole; their pages describe them. */
const GENERATED: Readonly<Record<string, string>> = {
  "file-too-large": "#".repeat(200_001),
  "bad-character": 'name: "a\u0000b"\n',
  "nested-too-deep": `facts: ${"[".repeat(41)}${"]".repeat(41)}\n`,
  "rule-too-long": segment(`account_age_days > ${"1 + ".repeat(3000)}1`),
  "rule-too-deep": segment(`${"(".repeat(101)}account_age_days${")".repeat(101)} > 1`),
};

interface Example {
  readonly text: string;
  readonly messages: ReadonlySet<string> | undefined;
}

/** The example under a heading, made a whole model where it is part of one. */
function example(page: string, heading: string, code: string): Example {
  const section = page.split(`\n## ${heading}\n`)[1]?.split("\n## ")[0] ?? "";
  const written = /```yaml\n([\s\S]*?\n)```/.exec(section)?.[1] ?? GENERATED[code] ?? "";
  const whole = /^(- )?touchstone:/m.test(written) ? written : HEAD + written;
  const files = [...section.matchAll(/`messages\/([\w.]+)\.liquid`/g)].map(
    ([, name]) => name ?? "",
  );
  return { text: whole, messages: files.length > 0 ? new Set(files) : undefined };
}

function found({ text, messages }: Example) {
  const options = { file: "example.yaml", ...(messages ? { messages } : {}) };
  return readModel(text, options).diagnostics;
}

const pages = readdirSync(folder).filter((name) => name.endsWith(".md") && name !== "README.md");

test("every code has a page and every page a code", () => {
  expect(pages.toSorted()).toEqual([...CODES.keys()].map((code) => `${code}.md`).toSorted());
});

test("the list of pages is the catalogue", () => {
  const rows = [
    ...read("README.md").matchAll(/^\| \[([a-z-]+)\]\(\1\.md\) \| (\w+) \| (.*) \|$/gm),
  ];
  const listed = rows.map(([, code, severity, title]) => `${code} ${severity} ${title}`);
  const known = [...CODES].map(([code, { severity, title }]) => `${code} ${severity} ${title}`);
  expect(listed).toEqual(known);
});

test.each([...CODES.keys()])("the page of %s tells the truth", (code) => {
  const page = read(`${code}.md`);
  const info = CODES.get(code);
  const severity = info?.severity === "error" ? "Error" : "Warning";
  expect(page.startsWith(`# ${code}\n\n**${severity}.** ${info?.title ?? ""}\n`)).toBe(true);

  const wrong = example(page, "Wrong", code);
  expect(found(wrong).map((each) => each.code)).toContain(code);

  const mended = example(page, "Mended", code);
  const left = found(mended).filter((each) => each.code === code || each.severity === "error");
  expect(left.map((each) => formatDiagnostic(each, mended.text))).toEqual([]);
});
