import { expect, test } from "vitest";
import { runSteps } from "./run-steps.mjs";

/** Runs each script as a check; a name that ends in `*` is a test runner's. */
async function check(
  scripts: Record<string, string>,
  minutes = 1,
): Promise<{ good: boolean; lines: string[] }> {
  const lines: string[] = [];
  const steps = Object.entries(scripts).map(([name, script]) => ({
    name,
    args: ["-e", script],
    counts: name.endsWith("*"),
    minutes,
  }));
  const good = await runSteps(steps, ".", (line) => lines.push(line));
  return { good, lines: lines.join("\n").split("\n") };
}

const PASSES = "";
const FAILS = "console.log('look here'); process.exit(3)";
const prints = (line: string, code = 0): string =>
  `console.log(${JSON.stringify(line)}); process.exitCode = ${code}`;

test("a check counts as one test and a runner as many as it says, with one plain line at the end", async () => {
  const { good, lines } = await check({
    lint: PASSES,
    "unit*": prints("12 passed, 0 failed, 2 skipped"),
  });
  expect(good).toBe(true);
  expect(lines.at(-1)).toBe("13 passed, 0 failed, 2 skipped");
  expect(lines.filter((line) => /^\d+ passed/.test(line))).toHaveLength(1);
});

test("what comes after a failure runs all the same, and the failure's output is shown", async () => {
  const { good, lines } = await check({
    lint: FAILS,
    "unit*": prints("3 passed, 2 failed", 1),
    layout: PASSES,
  });
  expect(good).toBe(false);
  expect(lines).toContain("look here");
  expect(lines).toContain("lint ended with exit code 3");
  expect(lines.at(-1)).toBe("4 passed, 3 failed");
});

test("the output of a check that passes is not shown", async () => {
  const { lines } = await check({ lint: "console.log('all is well')" });
  expect(lines).not.toContain("all is well");
});

test.each([
  ["breaks off after its closing line", prints("5 passed, 0 failed", 1), "5 passed, 1 failed"],
  ["says nothing", PASSES, "0 passed, 1 failed"],
  ["finds no test", prints("0 passed, 0 failed"), "0 passed, 1 failed"],
  ["dies", "process.kill(process.pid, 'SIGKILL')", "0 passed, 1 failed"],
])("a runner that %s has failed", async (_what, script, total) => {
  const { good, lines } = await check({ "unit*": script });
  expect(good).toBe(false);
  expect(lines.at(-1)).toBe(total);
});

test("a check that hangs is stopped and has failed", async () => {
  const { good, lines } = await check({ lint: "setInterval(() => undefined, 1000)" }, 0.005);
  expect(good).toBe(false);
  expect(lines.some((line) => line.startsWith("lint was stopped after"))).toBe(true);
});

test("running nothing is a failure", async () => {
  const { good, lines } = await check({});
  expect(good).toBe(false);
  expect(lines.at(-1)).toBe("0 passed, 0 failed");
});

test("colours are taken out, so that a closing line is found in any case", async () => {
  const { lines } = await check({
    "unit*": String.raw`console.log("\u001b[32m7 passed, 0 failed\u001b[0m")`,
  });
  expect(lines.at(-1)).toBe("7 passed, 0 failed");
});
