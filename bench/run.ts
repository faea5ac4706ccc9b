// `npm run bench`: every benchmark marked `always` below, each in a process of its own, then one table of all figures.
// `npm run bench -- NAME …`: one of them, with its own arguments (see the head of its file).
// `npm run bench -- long`: those that take too long for every day.
// `npm run bench -- table`: the table once more, from bench/results; `table markdown`: for docs/performance.md.
// Each writes bench/results/NAME.json.
import { spawnSync } from "node:child_process";
import { performance } from "node:perf_hooks";
import { linesOfResult } from "./results.ts";
import { type Line, markdownOf, tellLines } from "./table.ts";

interface Benchmark {
  readonly name: string;
  /** When it is run without being asked for by name. */
  readonly when: "always" | "long" | "asked";
  readonly load: () => Promise<(args: readonly string[]) => Promise<void>>;
}

const BENCHMARKS: readonly Benchmark[] = [
  {
    name: "rules",
    when: "always",
    load: async () => (await import("./run-rules.ts")).runRules,
  },
  {
    name: "decide-book",
    when: "always",
    load: async () => (await import("./run-decide-book.ts")).runDecideBook,
  },
  {
    name: "change",
    when: "always",
    load: async () => (await import("./run-change.ts")).runChange,
  },
  {
    name: "schedule",
    when: "always",
    load: async () => (await import("./run-schedule.ts")).runSchedule,
  },
  {
    name: "simulate",
    when: "always",
    load: async () => (await import("./run-simulate.ts")).runSimulate,
  },
  {
    name: "start",
    when: "always",
    load: async () => (await import("./run-start.ts")).runStart,
  },
  {
    name: "ingest",
    when: "always",
    load: async () => (await import("./run-ingest.ts")).runIngest,
  },
  {
    name: "latency",
    when: "always",
    load: async () => (await import("./run-latency.ts")).runLatency,
  },
  {
    name: "store-pass",
    when: "always",
    load: async () => (await import("./run-store-pass.ts")).runStorePass,
  },
  {
    name: "load",
    when: "asked",
    load: async () => (await import("./run-load.ts")).runLoad,
  },
  {
    name: "store-pass-long",
    when: "long",
    load: async () => (await import("./run-store-pass.ts")).runLongStorePass,
  },
  {
    name: "ingest-memory",
    when: "long",
    load: async () => (await import("./run-ingest-memory.ts")).runIngestMemory,
  },
  {
    name: "load-long",
    when: "long",
    load: async () => (await import("./run-load.ts")).runLongLoad,
  },
  {
    name: "workers",
    when: "long",
    load: async () => (await import("./run-workers.ts")).runWorkers,
  },
  {
    name: "plan",
    when: "asked",
    load: async () => (await import("./run-plan.ts")).runPlan,
  },
  {
    name: "impact",
    when: "asked",
    load: async () => (await import("./run-impact.ts")).runImpact,
  },
  {
    name: "portfolio",
    when: "asked",
    load: async () => (await import("./run-portfolio.ts")).runPortfolio,
  },
  {
    name: "lighthouse",
    when: "asked",
    load: async () => (await import("./run-lighthouse.ts")).runLighthouse,
  },
];

const [what = "always", ...rest] = process.argv.slice(2);
if (what === "always" || what === "long") runAll(what);
else if (what === "table") tellAll(rest[0] === "markdown" ? markdownOf : tellLines);
else await runOne(what, rest);

async function runOne(name: string, args: readonly string[]): Promise<void> {
  const found = BENCHMARKS.find((one) => one.name === name);
  if (!found) {
    const names = BENCHMARKS.map((one) => one.name).join(", ");
    throw new Error(`no benchmark is called ${name}; there are ${names}, and "long" and "table"`);
  }
  const run = await found.load();
  await run(args);
}

/** One after the other in fresh processes, so that none is warm or crowded by what ran before it. */
function runAll(when: Benchmark["when"]): void {
  const failed: string[] = [];
  for (const { name } of BENCHMARKS.filter((one) => one.when === when)) {
    const start = performance.now();
    process.stdout.write(`\n${name}\n`);
    const args = [...process.execArgv, import.meta.filename, name];
    const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
    if (status !== 0) failed.push(name);
    process.stdout.write(`${name}: ${Math.round((performance.now() - start) / 1000)} s\n`);
  }
  tellAll(tellLines);
  if (failed.length === 0) return;
  process.stdout.write(`Not measured: ${failed.join(", ")}.\n`);
  process.exitCode = 1;
}

function tellAll(tell: typeof tellLines): void {
  const lines = BENCHMARKS.flatMap(({ name }): readonly Line[] => linesOfResult(name));
  process.stdout.write(`${tell(lines.toSorted((a, b) => a.item - b.item))}\n`);
}
