// `npm run bench -- impact [accounts] [pglite|postgres]`: what a change of the model would come to, as somebody types.
import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { makeKey } from "../src/engine/access/keys.ts";
import type { EngineContext } from "../src/engine/context.ts";
import type { Store } from "../src/engine/ports.ts";
import { TEST_SETTINGS } from "../src/engine/testing/settings.ts";
import { serve } from "../src/server/compose-serve.ts";
import type { OpenDatabase } from "../src/store/db/open-database.ts";
import { startTestServer } from "../src/store/testing/postgres-server.ts";
import { CHANGES } from "./plan-changes.ts";
import { fourTiers, openPlanBook } from "./plan-book.ts";
import { spread, type Spread } from "./timing.ts";

const TURNS = 5;

export interface ImpactFigures {
  readonly engine: Store["kind"];
  readonly accounts: number;
  /** Processes that wanted to run over the last minute: above the number of cores, times are the machine's. */
  readonly load: number;
  /** The first question, for which the book has to be read. */
  readonly cold: ImpactPart;
  readonly parts: readonly ImpactPart[];
}

export interface ImpactPart {
  readonly what: string;
  readonly moving: number;
  /** Accounts that the change may touch, and of how many it was worked out touch by touch. */
  readonly affected: number;
  readonly evaluated: Spread;
  readonly isExact: boolean;
  /** From the question to the whole answer over HTTP. */
  readonly ms: Spread;
  /** Processor time of this process, server and who asks. */
  readonly cpuMs: Spread;
  /** The longest that the server could answer nobody else. */
  readonly blockedMs: Spread;
}

interface Asked {
  readonly answer: Answer;
  readonly ms: number;
  readonly cpuMs: number;
  readonly blockedMs: number;
}

interface Answer {
  readonly accounts: { readonly moving: number };
  readonly affected: number;
  readonly evaluated: number;
  readonly exact: { readonly moves: boolean; readonly work: boolean };
}

export interface ImpactOptions {
  readonly engine: Store["kind"];
  readonly accounts: number;
  /** A book that was kept, with as many accounts; undefined: it is made, and removed in the end. */
  readonly kept: OpenDatabase | undefined;
}

export async function measureImpact(
  { engine, accounts, kept }: ImpactOptions,
  say: (text: string) => void,
): Promise<ImpactFigures> {
  const folder = mkdtempSync(join(tmpdir(), "touchstone-impact-"));
  const server = engine === "postgres" && !kept ? await startTestServer() : undefined;
  const made = server ? { databaseUrl: server.url } : { data: join(folder, "data") };
  const context = await openPlanBook(kept ?? made, accounts, say);
  try {
    return { engine, accounts, ...(await measureServed(context, say)) };
  } finally {
    await context.store.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureServed(
  context: EngineContext,
  say: (text: string) => void,
): Promise<Pick<ImpactFigures, "load" | "cold" | "parts">> {
  const { store, clock } = context;
  const key = { kind: "api", name: "bench", scopes: ["write"], access: "ops" } as const;
  const { secret } = await makeKey(context, key, TEST_SETTINGS.secret);
  const served = await serve({
    store,
    clock,
    settings: { ...TEST_SETTINGS, send: false },
    place: { host: "127.0.0.1", port: 0 },
    logLevel: "error",
    version: "0.0.0-bench",
    signInLink: "first",
  });
  try {
    const { source, messages } = await fourTiers();
    const ask = (find: string, put: string): Promise<Asked> =>
      timed(async () => {
        const answer = await fetch(`${served.url}/api/models/impact`, {
          method: "POST",
          headers: {
            authorization: `Bearer ${secret}`,
            "content-type": "application/json",
          },
          body: JSON.stringify({ source: source.replace(find, put), messages }),
        });
        if (!answer.ok) throw new Error(`${answer.status}: ${await answer.text()}`);
        return (await answer.json()) as Answer;
      });
    const cold = part("the first question", [await ask("", "")]);
    say(`${cold.what}: ${cold.ms.median} ms`);
    // once each, in which code is compiled
    for (const [, find, put] of CHANGES) await ask(find, put);
    const parts: ImpactPart[] = [];
    for (const [what, find, put] of CHANGES) {
      const asked: Asked[] = [];
      for (let turn = 0; turn < TURNS; turn++) asked.push(await ask(find, put));
      parts.push(part(what, asked));
      say(`${what}: ${parts.at(-1)?.ms.median ?? 0} ms`);
    }
    return { load: Math.round((loadavg()[0] ?? 0) * 10) / 10, cold, parts };
  } finally {
    await served.stop();
  }
}

async function timed(work: () => Promise<Answer>): Promise<Asked> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  const answer = await work();
  const { user, system } = process.cpuUsage(cpu);
  const ms = performance.now() - start;
  delay.disable();
  return {
    answer,
    ms: Math.round(ms),
    cpuMs: Math.round((user + system) / 1000),
    blockedMs: Math.round(delay.max / 1e6),
  };
}

function part(what: string, asked: readonly Asked[]): ImpactPart {
  const { accounts, affected } = asked[0]?.answer ?? { accounts: { moving: 0 }, affected: 0 };
  return {
    what,
    moving: accounts.moving,
    affected,
    evaluated: spread(asked.map(({ answer }) => answer.evaluated)),
    isExact: asked.every(({ answer: { exact } }) => exact.moves && exact.work),
    ms: spread(asked.map(({ ms }) => ms)),
    cpuMs: spread(asked.map(({ cpuMs }) => cpuMs)),
    blockedMs: spread(asked.map(({ blockedMs }) => blockedMs)),
  };
}
