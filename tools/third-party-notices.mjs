// The licences of the packages whose code is inside dist/: their authors ask for no more than that
// the text travels along.
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * @param {string} root the project's folder
 * @param {string[]} inputs the bundle's source files, relative to it
 */
export function thirdPartyNotices(root, inputs) {
  const folders = new Set(
    inputs.flatMap((path) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []),
  );
  const notices = [...folders].sort().map((folder) => notice(join(root, folder)));
  return ["Parts of these packages are contained in the files beside this one.", ...notices].join(
    `\n\n${"-".repeat(80)}\n\n`,
  );
}

/** A folder of licences belongs to what a package itself contains in other files. */
function isFile(/** @type {string} */ path) {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

function notice(/** @type {string} */ folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const files = readdirSync(folder).filter(
    (file) => /^(?:licen[sc]e|notice)/i.test(file) && isFile(join(folder, file)),
  );
  const texts = files.map((file) => readFileSync(join(folder, file), "utf8").trim());
  return [`${name} ${version} (${license})`, ...texts].join("\n\n");
}
