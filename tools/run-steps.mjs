// Runs the checks one after another, to the end, whatever failed before, and adds them up.
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { stripVTControlCharacters } from "node:util";

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 *
 * A check. One with `counts` is a test runner: its closing line (`N passed, N failed`) says how
 * many tests it ran. Any other counts as one test.
 * @typedef {{ name: string, args: string[], counts?: boolean, minutes: number, wayOut?: string }} Step
 */

const CLOSING_LINE = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/;
const NONE = { passed: 0, failed: 0, skipped: 0 };

/**
 * Runs `node ...args` for each step in `cwd`. The very last line printed is the total.
 * @param {Step[]} steps
 * @param {string} cwd
 * @param {(line: string) => void} print
 * @returns {Promise<boolean>} whether something ran and nothing failed
 */
export async function runSteps(steps, cwd, print) {
  const total = { ...NONE };
  /** @type {string[]} */
  const report = [];
  for (const step of steps) {
    const start = Date.now();
    print(`\n── ${step.name}`);
    const counts = await runStep(step, cwd, print);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
    report.push(reportLine(step, counts, Date.now() - start));
    print(report.at(-1) ?? "");
  }
  print(`\n${report.join("\n")}\n`);
  print(asLine(total));
  return total.failed === 0 && total.passed > 0;
}

/** @returns {Promise<Counts>} */
async function runStep(
  /** @type {Step} */ step,
  /** @type {string} */ cwd,
  /** @type {(line: string) => void} */ print,
) {
  /** @type {Counts | undefined} */
  let closing;
  /** @type {string[]} */
  const held = [];
  const problem = await run(step, cwd, (line) => {
    const match = step.counts ? CLOSING_LINE.exec(line) : null;
    // A runner's closing line is kept back, so that the plain total stands only once, at the end.
    if (match)
      closing = {
        passed: Number(match[1]),
        failed: Number(match[2]),
        skipped: Number(match[3] ?? 0),
      };
    else if (step.counts) print(line);
    else held.push(line);
  });
  if (problem !== undefined) for (const line of held) print(line);
  const failure = step.counts ? runnerFailure(closing, problem) : problem;
  if (failure !== undefined) print(`${step.name} ${failure}`);
  if (!step.counts) return failure === undefined ? { ...NONE, passed: 1 } : { ...NONE, failed: 1 };
  return failure === undefined ? (closing ?? NONE) : { ...(closing ?? NONE), failed: 1 };
}

/** A runner that breaks off, or that found no test, has failed whatever it counted before. */
function runnerFailure(
  /** @type {Counts | undefined} */ closing,
  /** @type {string | undefined} */ problem,
) {
  if (closing && closing.failed > 0) return undefined;
  if (problem !== undefined) return problem;
  if (!closing) return "printed no closing line";
  return closing.passed === 0 ? "ran no test" : undefined;
}

/** @returns {Promise<string | undefined>} what went wrong, in words that follow the check's name */
function run(
  /** @type {Step} */ step,
  /** @type {string} */ cwd,
  /** @type {(line: string) => void} */ onLine,
) {
  const { FORCE_COLOR: _, ...environment } = process.env;
  const child = spawn(process.execPath, step.args, {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...environment, NO_COLOR: "1", CI: "true" },
  });
  // Some tools colour their lines whatever NO_COLOR says.
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => onLine(stripVTControlCharacters(line)));
  }
  return new Promise((done) => {
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill("SIGKILL");
    }, step.minutes * 60_000);
    child.once("error", (error) => {
      clearTimeout(timer);
      done(`could not start: ${error.message}`);
    });
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      if (late) done(`was stopped after ${step.minutes} minutes`);
      else done(code === 0 ? undefined : `ended with ${signal ?? `exit code ${code}`}`);
    });
  });
}

function reportLine(
  /** @type {Step} */ step,
  /** @type {Counts} */ counts,
  /** @type {number} */ ms,
) {
  const verdict = counts.failed > 0 ? "FAILED" : "ok";
  const wayOut = counts.failed > 0 && step.wayOut !== undefined ? `mend with: ${step.wayOut}` : "";
  const time = `${(ms / 1000).toFixed(1)} s`;
  return `${verdict.padEnd(7)} ${step.name.padEnd(10)} ${time.padStart(8)}  ${step.counts ? asLine(counts) : wayOut}`.trimEnd();
}

function asLine(/** @type {Counts} */ counts) {
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : "";
  return `${counts.passed} passed, ${counts.failed} failed${skipped}`;
}
