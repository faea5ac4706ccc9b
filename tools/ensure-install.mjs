#!/usr/bin/env node
// What `npm start` and `npm test` run first: installs and builds only what is missing or out of
// date, so that two commands are all a fresh clone needs and cost nothing afterwards.
// Plain Node without packages, and careful with syntax: an old Node should reach the sentence below.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { isBuilt } from "./build-stamp.mjs";

const NODE_NEEDED = [20, 19];
const root = resolve(process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), ".."));

checkNode();
if (!isInstalled()) await alone(install);
if (!isBuilt(root)) await alone(build);

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [needMajor = 0, needMinor = 0] = NODE_NEEDED;
  if (major > needMajor || (major === needMajor && minor >= needMinor)) return;
  fail(
    `Touchstone needs Node ${needMajor}.${needMinor} or newer, and this is ${process.version}.\n` +
      "Install a newer one (https://nodejs.org) and run the command again.",
  );
}

/**
 * Whether node_modules holds what the lock file asks for. npm writes down what it installed in
 * node_modules/.package-lock.json, last of all, so an install that was stopped half-way shows too.
 */
function isInstalled() {
  const wanted = readPackages("package-lock.json");
  const present = readPackages("node_modules/.package-lock.json");
  if (!wanted || !present) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === "") return true;
    const found = present[path];
    if (!found) return entry.optional === true || entry.devOptional === true;
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

/** @returns {Record<string, {version?: string, integrity?: string, optional?: boolean, devOptional?: boolean}> | undefined} */
function readPackages(/** @type {string} */ file) {
  const path = join(root, file);
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")).packages : undefined;
}

function install() {
  if (isInstalled()) return;
  say("Installing packages (npm ci), about a minute …");
  const npm = process.env["npm_execpath"];
  const quiet = ["ci", "--loglevel=error", "--no-audit", "--no-fund"];
  if (npm) run("npm ci", process.execPath, [npm, ...quiet]);
  else run("npm ci", "npm", quiet);
  if (!isInstalled())
    fail(
      "npm ci ended well, yet node_modules differs from package-lock.json. Delete node_modules and try again.",
    );
}

function build() {
  if (isBuilt(root)) return;
  say("Building dist/ …");
  run("the build", process.execPath, [join(root, "tools/build.mjs")]);
}

/** Runs a command with its output on stderr, since stdout belongs to the command that comes next. */
function run(
  /** @type {string} */ name,
  /** @type {string} */ command,
  /** @type {string[]} */ args,
) {
  const start = Date.now();
  const done = spawnSync(command, args, {
    cwd: root,
    stdio: ["ignore", 2, 2],
    shell: command === "npm" && process.platform === "win32",
  });
  if (done.error) fail(`Could not start ${name}: ${done.error.message}`);
  if (done.status !== 0)
    fail(`${name} failed (${done.signal ?? `exit code ${done.status}`}); its messages are above.`);
  say(`Done in ${Math.round((Date.now() - start) / 100) / 10} s.`);
}

/** Two commands started at once in a fresh clone: the second waits instead of deleting under the first. */
async function alone(/** @type {() => void} */ work) {
  const lock = join(root, ".cache", "setup.lock");
  mkdirSync(dirname(lock), { recursive: true });
  while (!takeLock(lock)) await new Promise((done) => setTimeout(done, 500));
  process.once("exit", () => rmSync(lock, { force: true }));
  try {
    work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function takeLock(/** @type {string} */ lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
  }
  const owner = existsSync(lock) ? Number(readFileSync(lock, "utf8")) : 0;
  if (owner > 0 && !isAlive(owner)) rmSync(lock, { force: true });
  return false;
}

function isAlive(/** @type {number} */ pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

function say(/** @type {string} */ text) {
  process.stderr.write(`${text}\n`);
}

/** @returns {never} */
function fail(/** @type {string} */ text) {
  say(text);
  process.exit(1);
}
