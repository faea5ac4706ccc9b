// Whether dist/ was made from the sources as they are now: a hash of their content, because
// a checkout of another branch gives new times to old files and old times to new ones.
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const STAMP = ".built-from";
const BESIDE_SRC = [
  "package.json",
  "package-lock.json",
  "tools/build.mjs",
  "tools/build-web.mjs",
  "tools/build-widget.mjs",
  "tools/write-empty-database.ts",
];

/** @returns {string} the hash of everything that the build reads */
export function sourceHash(/** @type {string} */ root) {
  const hash = createHash("sha256");
  for (const path of [
    ...BESIDE_SRC,
    ...listSources(root, "src"),
    ...listSources(root, "web"),
    ...listSources(root, "widget"),
  ]) {
    hash
      .update(`${path}\0`)
      .update(existsSync(join(root, path)) ? readFileSync(join(root, path)) : "")
      .update("\0");
  }
  return hash.digest("hex");
}

export function isBuilt(/** @type {string} */ root) {
  const stamp = join(root, "dist", STAMP);
  return existsSync(stamp) && readFileSync(stamp, "utf8") === sourceHash(root);
}

/** @param {string} folder the bundle's @param {string} hash of the sources before it was made */
export function markBuilt(folder, hash) {
  writeFileSync(join(folder, STAMP), hash);
}

/** @returns {string[]} */
function listSources(/** @type {string} */ root, /** @type {string} */ folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return listSources(root, path);
      return /\.test\.tsx?$/.test(entry.name) ? [] : [path];
    })
    .sort();
}
