import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { checkTree } from "./layout/check-tree.mjs";

const roots: string[] = [];
afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true });
});

function treeOf(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), "layout-"));
  roots.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, dirname(path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

/** `path:line [rule]` of each breach in a small tree. */
function breachesOf(files: Readonly<Record<string, string>>): string[] {
  return checkTree(treeOf(files)).breaches.map(
    ({ path, line, rule }) => `${path}:${line} [${rule}]`,
  );
}

function runScript(files: Readonly<Record<string, string>>): {
  code: number | null;
  output: string;
} {
  const args = ["tools/check-layout.mjs", treeOf(files)];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: "utf8" });
  return { code: status, output: stdout };
}

test("a tree that keeps the layout passes", () => {
  const files = {
    "src/core/time/day.ts":
      'import { z } from "zod";\nexport const day = (at: number) => new Date(at).getUTCDay() + "a".localeCompare("b", "en") + Number(z);\n',
    "src/core/time/day.test.ts":
      'import { readFileSync } from "node:fs";\nimport { day } from "./day.ts";\nday(Date.now());\n',
    "src/engine/run.ts": 'import { day } from "../core/time/day.ts";\nexport const run = day;\n',
    "src/store/rows.ts":
      'import pg from "pg";\nimport type { Run } from "../engine/ports.ts";\nexport const q = `select 1 from a`;\n',
    "src/cli/compose.ts": 'import { q } from "../store/rows.ts";\nexport const open = () => q;\n',
    "src/cli/main.ts":
      'import { open } from "./compose.ts";\nexport const hint = "Select a template from the list";\n',
    "widget/main.ts": 'import { day } from "../src/core/time/day.ts";\nexport const shown = day;\n',
    "src/core/index.ts": 'export { day } from "./time/day.ts";\n',
  };
  expect(breachesOf(files)).toEqual([]);
  expect(runScript(files).code).toBe(0);
});

test("a tree without code fails, so that a wrong folder is never taken for a clean one", () => {
  expect(runScript({ "README.md": "nothing" }).code).toBe(1);
});

test.each([
  [
    "the core imports the engine",
    "src/core/a.ts",
    'import { run } from "../engine/run.ts";',
    "import-directions",
  ],
  [
    "only a type",
    "src/core/a.ts",
    'import type { Run } from "../engine/run.ts";',
    "import-directions",
  ],
  [
    "over several lines",
    "src/core/a.ts",
    'import {\n  run,\n} from "../engine/run.ts";',
    "import-directions",
  ],
  [
    "lazily",
    "src/engine/a.ts",
    'export const a = await import("../store/rows.ts");',
    "import-directions",
  ],
  [
    "passed on",
    "src/engine/a.ts",
    'export const b = 1;\nexport * from "../deliver/mail.ts";',
    "import-directions",
  ],
  [
    "the command line imports the store",
    "src/cli/main.ts",
    'import "../store/rows.ts";',
    "import-directions",
  ],
  [
    "the store imports the import",
    "src/store/a.ts",
    'import { a } from "../import/a.ts";',
    "import-directions",
  ],
  [
    "a test of the core imports the store",
    "src/core/a.test.ts",
    'import { a } from "../store/a.ts";',
    "import-directions",
  ],
  ["an unknown layer", "src/extras/a.ts", "export const a = 1;", "import-directions"],
  ["Node in the core", "src/core/a.ts", 'import { readFileSync } from "node:fs";', "package-homes"],
  ["an impure package in the core", "src/core/a.ts", 'import pg from "pg";', "package-homes"],
  [
    "a driver outside the store",
    "src/engine/a.ts",
    'import { PGlite } from "@electric-sql/pglite";',
    "package-homes",
  ],
  ["the clock", "src/core/a.ts", "export const a = Date.now();", "pure-core"],
  ["the clock by construction", "src/core/a.ts", "export const a = new Date();", "pure-core"],
  ["chance", "src/core/a.ts", "export const a = `${Math.random()}`;", "pure-core"],
  [
    "the machine's zone",
    "src/core/a.ts",
    "export const a = (d: Date) => d.getHours();",
    "pure-core",
  ],
  [
    "the machine's language",
    "src/core/a.ts",
    'export const a = "a".localeCompare("b");',
    "pure-core",
  ],
  [
    "SQL in the engine",
    "src/engine/a.ts",
    "export const a = `\n  select *\n  from accounts`;",
    "sql-in-the-store",
  ],
  [
    "SQL in capitals",
    "src/cli/a.ts",
    'export const a = "DELETE FROM accounts";',
    "sql-in-the-store",
  ],
  [
    "the widget reaching past the core",
    "widget/a.ts",
    'import { a } from "../src/engine/a.ts";\nexport const b = a;\n',
    "import-directions",
  ],
  ["a long file", "src/core/a.ts", "export const a = 1;\n".repeat(401), "file-length"],
  ["a name that says nothing", "src/core/utils.ts", "export const a = 1;", "file-names"],
  ["a name in another case", "src/core/decideAccount.ts", "export const a = 1;", "file-names"],
  [
    "a barrel",
    "src/core/rules/all.ts",
    'export * from "./a.ts";\nexport { b } from "./b.ts";\n',
    "barrels",
  ],
])("a breach is found: %s", (_what, path, source, rule) => {
  expect(breachesOf({ [path]: source })).toEqual([expect.stringContaining(`[${rule}]`)]);
});

test("a breach is printed with its place and the way out, and ends with 1", () => {
  const { code, output } = runScript({ "src/core/a.ts": "\nexport const a = Date.now();\n" });
  expect(code).toBe(1);
  expect(output).toMatch(/^src\/core\/a\.ts:2 \[pure-core\] .+\n {4}Take the instant/);
});

test("words in comments, texts and regular expressions are no code", () => {
  const source = [
    '// import { run } from "../engine/run.ts"; Date.now()',
    "/* new Date() */",
    'export const a = "Date.now()", b = `Math.random() ${1 / 2 / 3} new Date()`;',
    "export const c = /[/'\"`]Date.now()/.test(a) ? /`/ : 4 / 2;",
    'export const d = `${`${"x"}`}` + "}";',
  ].join("\n");
  expect(breachesOf({ "src/core/a.ts": source })).toEqual([]);
});

test("a breach is told at its own line", () => {
  const source =
    'const a = `\n${"\\n"}\n`;\n\n// two\nexport const b = a + Date.now();\nimport "../store/a.ts";\n';
  expect(breachesOf({ "src/core/a.ts": source }).toSorted()).toEqual([
    "src/core/a.ts:6 [pure-core]",
    "src/core/a.ts:7 [import-directions]",
  ]);
});
