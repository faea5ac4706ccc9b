import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { RULES, layerOf } from "./rules.mjs";
import { scan } from "./scan.mjs";

/** @typedef {import("./rules.mjs").Breach & { path: string, rule: string }} FoundBreach */

const FOLDERS = ["src", "tools", "bench", "spec", "templates", "web", "widget"];
const SKIPPED = new Set(["node_modules", "dist", ".cache", "generated"]);
const CODE = /\.(?:ts|tsx|mts|mjs|js)$/;

/**
 * @param {string} root the project's folder
 * @returns {{ files: number, breaches: FoundBreach[] }}
 */
export function checkTree(root) {
  const files = FOLDERS.flatMap((folder) => listCode(join(root, folder)));
  return { files: files.length, breaches: files.flatMap((path) => checkFile(root, path)) };
}

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

/** @returns {FoundBreach[]} */
function checkFile(/** @type {string} */ root, /** @type {string} */ fullPath) {
  const path = relative(root, fullPath).split(sep).join("/");
  const source = readFileSync(fullPath, "utf8");
  const isTest = /\.test\.tsx?$/.test(path);
  const file = { path, source, scan: scan(source), layer: layerOf(path), isTest };
  return RULES.flatMap(({ name, check }) =>
    check(file).map((breach) => ({ ...breach, path, rule: name })),
  );
}
