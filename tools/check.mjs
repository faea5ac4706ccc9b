#!/usr/bin/env node
// What `npm test` runs. `npm test -- lint types` runs only the checks that are named.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { runSteps } from "./run-steps.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const withScenarios = ["spec", "templates", "examples"].filter((folder) =>
  existsSync(join(root, folder)),
);

/** @type {import("./run-steps.mjs").Step[]} */
const STEPS = [
  {
    name: "format",
    args: [binOf("oxfmt"), "--list-different"],
    minutes: 2,
    wayOut: "npm run format",
  },
  { name: "lint", args: [binOf("oxlint"), "--type-aware", "--deny-warnings"], minutes: 3 },
  { name: "types", args: [binOf("typescript7", "tsc"), "-b"], minutes: 3 },
  { name: "layout", args: ["tools/check-layout.mjs"], minutes: 1 },
  { name: "unused", args: [binOf("knip"), "--no-progress"], minutes: 2 },
  { name: "unit", args: [binOf("vitest"), "run"], counts: true, minutes: 22 },
  { name: "scenarios", args: ["dist/cli.js", "test", ...withScenarios], counts: true, minutes: 3 },
];

const names = process.argv.slice(2);
const unknown = names.filter((name) => !STEPS.some((step) => step.name === name));
if (unknown.length > 0) {
  process.stderr.write(
    `No check is called ${unknown.join(", ")}; there are ${STEPS.map(({ name }) => name).join(", ")}.\n`,
  );
  process.exitCode = 2;
} else {
  const steps = STEPS.filter(({ name }) => names.length === 0 || names.includes(name));
  const good = await runSteps(steps, root, (line) => process.stdout.write(`${line}\n`));
  process.exitCode = good ? 0 : 1;
}

/** The script behind a package's command, so that no shell and no PATH is needed. */
function binOf(/** @type {string} */ name, command = name) {
  const folder = join(root, "node_modules", name);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return join(folder, typeof bin === "string" ? bin : bin[command]);
}
