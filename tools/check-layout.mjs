#!/usr/bin/env node
// Keeps the layout of the house: `npm run layout`, or `node tools/check-layout.mjs FOLDER`.
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { RULES, layerOf } from "./layout/rules.mjs";
import { scan } from "./layout/scan.mjs";

const FOLDERS = ["src", "tools", "bench", "spec", "templates", "web", "widget"];
const SKIPPED = new Set(["node_modules", "dist", ".cache", "generated"]);
const CODE = /\.(?:ts|tsx|mts|mjs|js)$/;

const root = resolve(process.argv[2] ?? ".");
const files = FOLDERS.flatMap((folder) => listCode(join(root, folder)));
const breaches = files.flatMap((path) => checkFile(path));

for (const { path, rule, breach } of breaches) {
  process.stdout.write(
    `${path}:${breach.line} [${rule}] ${breach.message}\n    ${breach.wayOut}\n`,
  );
}
if (files.length === 0) process.stdout.write(`No code found under ${root}.\n`);
process.stdout.write(`Layout: ${files.length} files, ${breaches.length} breaches.\n`);
process.exitCode = breaches.length > 0 || files.length === 0 ? 1 : 0;

/** @returns {string[]} */
function listCode(/** @type {string} */ folder) {
  /** @type {import("node:fs").Dirent[]} */
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ENOENT") return [];
    throw error;
  }
  return entries.flatMap((entry) => {
    if (SKIPPED.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return listCode(path);
    return CODE.test(entry.name) ? [path] : [];
  });
}

function checkFile(/** @type {string} */ fullPath) {
  const path = relative(root, fullPath).split(sep).join("/");
  const source = readFileSync(fullPath, "utf8");
  const file = {
    path,
    source,
    scan: scan(source),
    layer: layerOf(path),
    isTest: /\.test\.tsx?$/.test(path),
  };
  return RULES.flatMap(({ name, check }) =>
    check(file).map((breach) => ({ path, rule: name, breach })),
  );
}
