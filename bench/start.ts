import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { performance } from "node:perf_hooks";
import { openPlanBook } from "./plan-book.ts";
import { ratioOf, type Spread, spread } from "./timing.ts";

export interface StartOptions {
  readonly accounts: number;
  readonly turns: number;
}

export interface StartFigures extends StartOptions {
  readonly load: number;
  /** By the clock, since people wait for it. */
  readonly commands: readonly {
    readonly what: string;
    readonly ms: Spread;
    /** Times as long as `node -e 0` in the same turn. */
    readonly ratio: Spread;
  }[];
}

const CLI = new URL("../dist/cli.js", import.meta.url).pathname;
const MODEL = new URL("../templates/four-tiers-hybrid", import.meta.url).pathname;

/**
 * How long `dist/cli.js` takes to start, in turns with Node itself: what it is to say its
 * version, to check a model, and to serve a data folder that is there.
 */
export async function measureStart(
  options: StartOptions,
  say: (text: string) => void,
): Promise<StartFigures> {
  const folder = mkdtempSync(path.join(tmpdir(), "touchstone-start-"));
  try {
    const data = path.join(folder, "data");
    const { store } = await openPlanBook({ data }, options.accounts, say, Date.now());
    await store.close();
    const commands: readonly { what: string; run: () => number | Promise<number> }[] = [
      { what: "node -e 0", run: () => untilExit("-e", "0") },
      { what: "touchstone --version", run: () => untilExit(CLI, "--version") },
      { what: "touchstone validate", run: () => untilExit(CLI, "validate", MODEL) },
      { what: "touchstone serve, to ready", run: () => untilReady(data) },
    ];
    const times = commands.map((): number[] => []);
    for (let turn = -1; turn < options.turns; turn++) {
      for (const [index, { run }] of commands.entries()) {
        const ms = await run();
        // the first turn brings the files into the system's memory
        if (turn >= 0) times[index]?.push(ms);
      }
    }
    return {
      ...options,
      load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
      commands: commands.map(({ what }, index) => ({
        what,
        ms: spread(times[index] ?? []),
        ratio: ratioOf(times[index] ?? [], times[0] ?? []),
      })),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function untilExit(...args: readonly string[]): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  const ms = performance.now() - start;
  if (status !== 0) throw new Error(`${args.join(" ")} failed: ${stderr}`);
  return ms;
}

/** Until it says that it listens and answers that it is ready. Then it is stopped. */
async function untilReady(data: string): Promise<number> {
  const start = performance.now();
  const args = [CLI, "serve", "--data", data, "--port", "0", "--no-send", "--json"];
  const server = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "ignore"] });
  const ended = new Promise<void>((resolve) => {
    server.once("exit", () => resolve());
  });
  try {
    const url = await addressOf(server);
    while (!(await isReady(url)));
    return performance.now() - start;
  } finally {
    server.kill("SIGTERM");
    await ended;
  }
}

async function addressOf(server: ChildProcess): Promise<string> {
  let said = "";
  for await (const chunk of server.stdout ?? []) {
    said += String(chunk);
    const url = /http:\/\/[\w.:]+/.exec(said)?.[0];
    if (url !== undefined && said.includes("\n")) return url;
  }
  throw new Error(`touchstone serve ended: ${said}`);
}

async function isReady(url: string): Promise<boolean> {
  const { status } = await fetch(`${url}/readyz`);
  return status === 200;
}
