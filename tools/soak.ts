import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";

/**
 * `npm run soak`: the tests that can run for long, at length, one file after another. A test opts
 * in by reading one of these from the environment, and is short without it; a line that it prints
 * as `soak: …` becomes its finding. The table at the end is made for docs/soak.md.
 * `npm run soak -- rules` runs only files whose path contains "rules".
 */
const LENGTHS: Readonly<Record<string, string>> = {
  /** Random cases of each property. */
  TOUCHSTONE_RUNS: "10000",
  /** How often a command is killed at a random moment. */
  TOUCHSTONE_KILLS: "20",
  /** Events sent while a server is killed. */
  TOUCHSTONE_EVENTS: "50000",
  /** Simulated days of the demo book. */
  TOUCHSTONE_DAYS: "365",
};
const FOLDERS = ["src", "spec", "bench"];
const HOUR_MS = 3_600_000;

interface Outcome {
  readonly file: string;
  readonly seconds: number;
  readonly tests: string;
  readonly findings: readonly string[];
  readonly good: boolean;
}

const environment = { ...LENGTHS, ...process.env, NO_COLOR: "1" };
const wanted = process.argv.slice(2);
const files = FOLDERS.flatMap(listLongTests).filter(
  (file) => wanted.length === 0 || wanted.some((part) => file.includes(part)),
);
const outcomes: Outcome[] = [];
for (const file of files) outcomes.push(await runAtLength(file));
process.stdout.write(`\n${asTable(outcomes)}\n`);
process.exitCode = outcomes.length > 0 && outcomes.every(({ good }) => good) ? 0 : 1;

function listLongTests(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((path) => path.endsWith(".test.ts") && readsALength(path))
    .toSorted();
}

/** Itself, or through what it imports from its own project. */
function readsALength(path: string): boolean {
  const source = readFileSync(path, "utf8");
  if (Object.keys(LENGTHS).some((name) => source.includes(name))) return true;
  const imports = [...source.matchAll(/from "(\.[^"]+)"/g)].map((match) => match[1] ?? "");
  return (
    path.endsWith(".test.ts") && imports.some((file) => readsALength(join(dirname(path), file)))
  );
}

async function runAtLength(file: string): Promise<Outcome> {
  const start = Date.now();
  const findings: string[] = [];
  let tests = "no test ran";
  const args = ["node_modules/vitest/vitest.mjs", "run", file, `--testTimeout=${HOUR_MS}`];
  const child = spawn(process.execPath, args, {
    env: environment,
    stdio: ["ignore", "pipe", "inherit"],
  });
  createInterface({ input: child.stdout }).on("line", (line) => {
    process.stdout.write(`${line}\n`);
    if (line.startsWith("soak: ")) findings.push(line.slice("soak: ".length));
    if (/^\d+ passed, \d+ failed/.test(line)) tests = line;
  });
  const code = await new Promise((done) => child.once("close", done));
  const seconds = Math.round((Date.now() - start) / 1000);
  return { file, seconds, tests, findings, good: code === 0 };
}

function asTable(rows: readonly Outcome[]): string {
  const lengths = Object.keys(LENGTHS).map(
    (name) => `${name}=${environment[name as keyof typeof environment] ?? ""}`,
  );
  return [
    `${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${availableParallelism()} cores, ${lengths.join(", ")}`,
    "",
    "| file | seconds | tests | findings |",
    "|---|--:|---|---|",
    ...rows.map(
      (row) => `| ${row.file} | ${row.seconds} | ${row.tests} | ${row.findings.join("; ")} |`,
    ),
  ].join("\n");
}
