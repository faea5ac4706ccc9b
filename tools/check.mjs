#!/usr/bin/env node
// What `npm test` runs: every check, to the end, whatever failed before. A check that is no test
// runner counts as one test. The last line is the total over all: `N passed, N failed`.
// `npm test -- lint types` runs only those named.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 * @typedef {{ name: string, args: string[], counts?: boolean, minutes: number, wayOut?: string }} Step
 */

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const CLOSING_LINE = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/;
const SCENARIO_FOLDERS = ["spec", "templates", "examples"];

/** @type {Step[]} */
const STEPS = [
  { name: "format", args: [binOf("oxfmt"), "--check"], minutes: 2, wayOut: "npm run format" },
  { name: "lint", args: [binOf("oxlint"), "--type-aware", "--deny-warnings"], minutes: 3 },
  { name: "types", args: [binOf("typescript", "tsc"), "-b"], minutes: 3 },
  { name: "layout", args: ["tools/check-layout.mjs"], minutes: 1 },
  { name: "unused", args: [binOf("knip"), "--no-progress"], minutes: 2 },
  { name: "unit", args: [binOf("vitest"), "run"], counts: true, minutes: 11 },
  {
    name: "scenarios",
    args: [
      "dist/cli.js",
      "test",
      ...SCENARIO_FOLDERS.filter((folder) => existsSync(join(root, folder))),
    ],
    counts: true,
    minutes: 3,
  },
];

await main(process.argv.slice(2));

async function main(/** @type {string[]} */ names) {
  const unknown = names.filter((name) => !STEPS.some((step) => step.name === name));
  if (unknown.length > 0) {
    print(
      `There is no check "${unknown.join('", "')}"; there are ${STEPS.map((step) => step.name).join(", ")}.`,
    );
    process.exitCode = 2;
    return;
  }
  /** @type {Counts} */
  const total = { passed: 0, failed: 0, skipped: 0 };
  /** @type {string[]} */
  const report = [];
  for (const step of STEPS.filter(({ name }) => names.length === 0 || names.includes(name))) {
    const start = Date.now();
    const counts = await runStep(step);
    for (const key of /** @type {const} */ (["passed", "failed", "skipped"]))
      total[key] += counts[key];
    const verdict = counts.failed > 0 ? "FAILED" : "ok";
    const detail = step.counts
      ? asLine(counts)
      : counts.failed > 0 && step.wayOut
        ? `mend with: ${step.wayOut}`
        : "";
    report.push(
      `${verdict.padEnd(7)} ${step.name.padEnd(10)} ${seconds(start).padStart(7)}  ${detail}`.trimEnd(),
    );
    print(report.at(-1) ?? "");
  }
  print(`\n${report.join("\n")}\n`);
  print(asLine(total));
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
}

/**
 * Runs one check. A check's output is shown when it fails; a runner's as it comes, but for its
 * closing line, so that the plain total stands only once.
 * @returns {Promise<Counts>}
 */
async function runStep(/** @type {Step} */ step) {
  print(`\n── ${step.name}`);
  const child = spawn(process.execPath, step.args, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...withoutColour(process.env), NO_COLOR: "1", CI: "true" },
  });
  /** @type {string[]} */
  const lines = [];
  /** @type {Counts | undefined} */
  let closing;
  const onLine = (/** @type {string} */ line) => {
    const match = CLOSING_LINE.exec(line);
    if (match && step.counts)
      closing = {
        passed: Number(match[1]),
        failed: Number(match[2]),
        skipped: Number(match[3] ?? 0),
      };
    else if (step.counts) print(line);
    else lines.push(line);
  };
  for (const stream of [child.stdout, child.stderr])
    createInterface({ input: stream }).on("line", onLine);
  const problem = await ending(child, step.minutes);
  if (problem !== undefined && !step.counts) print(lines.join("\n"));
  if (!step.counts) {
    if (problem !== undefined) print(`${step.name} ${problem}`);
    return problem === undefined
      ? { passed: 1, failed: 0, skipped: 0 }
      : { passed: 0, failed: 1, skipped: 0 };
  }
  return countsOf(step, closing, problem);
}

/** A runner that breaks off, or that found no test, has failed whatever it counted before. */
function countsOf(
  /** @type {Step} */ step,
  /** @type {Counts | undefined} */ closing,
  /** @type {string | undefined} */ problem,
) {
  const counts = closing ?? { passed: 0, failed: 0, skipped: 0 };
  if (closing && counts.failed > 0) return counts;
  const why =
    problem ??
    (closing ? undefined : "printed no closing line") ??
    (counts.passed === 0 ? "ran no test" : undefined);
  if (why === undefined) return counts;
  print(`${step.name} ${why}`);
  return { ...counts, failed: 1 };
}

/** @returns {Promise<string | undefined>} what went wrong, in words that follow the check's name */
function ending(
  /** @type {import("node:child_process").ChildProcess} */ child,
  /** @type {number} */ minutes,
) {
  return new Promise((done) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill("SIGKILL");
    }, minutes * 60_000);
    child.once("error", (error) => {
      clearTimeout(timer);
      done(`could not start: ${error.message}`);
    });
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      if (late) done(`was stopped after ${minutes} minutes`);
      else done(code === 0 ? undefined : `ended with ${signal ?? `exit code ${code}`}`);
    });
  });
}

/** The script behind a package's command, so that no shell and no PATH is needed. */
function binOf(/** @type {string} */ name, command = name) {
  const folder = join(root, "node_modules", name);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return join(folder, typeof bin === "string" ? bin : bin[command]);
}

function withoutColour(/** @type {NodeJS.ProcessEnv} */ environment) {
  const { FORCE_COLOR: _, ...rest } = environment;
  return rest;
}

function asLine(/** @type {Counts} */ counts) {
  return `${counts.passed} passed, ${counts.failed} failed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ""}`;
}

function seconds(/** @type {number} */ start) {
  return `${((Date.now() - start) / 1000).toFixed(1)} s`;
}

function print(/** @type {string} */ text) {
  process.stdout.write(`${text}\n`);
}
