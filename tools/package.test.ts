import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";

interface Packed {
  readonly files: readonly { readonly path: string; readonly mode: number }[];
}

/** What `npm pack` would put into the package. The bundle is there: `npm test` builds it first. */
function packed(): Map<string, number> {
  const args = ["pack", "--dry-run", "--json", "--ignore-scripts", "--loglevel=error"];
  const npm = process.env["npm_execpath"];
  const text = npm
    ? execFileSync(process.execPath, [npm, ...args], { encoding: "utf8" })
    : execFileSync("npm", args, { encoding: "utf8" });
  const found = JSON.parse(text) as readonly Packed[] | Readonly<Record<string, Packed>>;
  const [pack] = Object.values(found);
  return new Map(pack?.files.map(({ path, mode }) => [path, mode]));
}

test("the package holds the command and all that it reads, and no tests", () => {
  const files = packed();
  const migrations = readdirSync("src/store/migrations").map((name) => `dist/migrations/${name}`);
  const models = readdirSync("templates", { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `templates/${name}/model.yaml`);
  const needed = [
    "dist/cli.js",
    "dist/pglite-worker.js",
    "dist/empty-database.tar.gz",
    "dist/widget.js",
    "dist/THIRD-PARTY-NOTICES.txt",
    "LICENSE",
    "README.md",
    "model.schema.json",
    "examples/saasguard/saasguard.import.yaml",
    ...migrations,
    ...models,
  ];
  expect(models).toHaveLength(7);
  expect(needed.filter((path) => !files.has(path))).toEqual([]);
  expect([...files.keys()].filter((path) => /\.test\.ts$|^src\/|node_modules/.test(path))).toEqual(
    [],
  );
});

test("the command can be run by its name", () => {
  expect(readFileSync("dist/cli.js", "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
  expect((packed().get("dist/cli.js") ?? 0) & 0o111).toBe(0o111);
});

test("the notices name the packages whose code is in the bundle", () => {
  const notices = readFileSync("dist/THIRD-PARTY-NOTICES.txt", "utf8");
  for (const name of ["commander", "yaml", "zod", "@bufbuild/cel"]) {
    expect(notices).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(`, "m"));
  }
});
