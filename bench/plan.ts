// `npm run bench -- plan [accounts] [pglite|postgres]`: how long a plan of a large book takes.
import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import type { EngineContext } from "../src/engine/context.ts";
import { planModel } from "../src/engine/plan/plan-model.ts";
import type { Store } from "../src/engine/ports.ts";
import type { OpenDatabase } from "../src/store/db/open-database.ts";
import { startTestServer } from "../src/store/testing/postgres-server.ts";
import { type AppliedFigures, measureApply } from "./plan-apply.ts";
import { CHANGES } from "./plan-changes.ts";
import { fourTiers, openPlanBook } from "./plan-book.ts";

export interface PlanFigures {
  readonly engine: Store["kind"];
  readonly accounts: number;
  readonly openTouches: number;
  /** Processes that wanted to run over the last minute: above the number of cores, times are the machine's. */
  readonly load: number;
  readonly parts: readonly PlanPart[];
  /** Going live with the last change, and looking back. */
  readonly applied?: AppliedFigures;
}

export interface PlanPart {
  readonly what: string;
  readonly moving: number;
  readonly touchChanges: number;
  readonly ms: number;
  /** Processor time of this process alone: with Postgres, without the server's. */
  readonly cpuMs: number;
}

export interface PlanOptions {
  readonly engine: Store["kind"];
  readonly accounts: number;
  /** A book that was kept, with as many accounts; undefined: it is made, and removed in the end. */
  readonly kept: OpenDatabase | undefined;
  /** Goes live with the last of the changes, too: a book that is kept is another one then. */
  readonly apply: boolean;
}

export async function measurePlan(
  { engine, accounts, kept, apply }: PlanOptions,
  say: (text: string) => void,
): Promise<PlanFigures> {
  const folder = mkdtempSync(join(tmpdir(), "touchstone-plan-"));
  const server = engine === "postgres" && !kept ? await startTestServer() : undefined;
  const made = server ? { databaseUrl: server.url } : { data: join(folder, "data") };
  const context = await openPlanBook(kept ?? made, accounts, say);
  try {
    const figures = await measure(context, engine, accounts, say);
    return apply ? { ...figures, applied: await measureApply(context, say) } : figures;
  } finally {
    await context.store.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Of a book that is there. */
export async function measure(
  context: EngineContext,
  engine: Store["kind"],
  accounts: number,
  say: (text: string) => void,
): Promise<PlanFigures> {
  const files = await fourTiers();
  let openTouches = 0;
  const reading = await timed("the book is read", async () => {
    for await (const { touches } of context.store.reading.wholeBook()) {
      openTouches += touches.reduce((sum, own) => sum + own.length, 0);
    }
    return { moves: [], touchChanges: [] };
  });
  const parts = [reading];
  for (const [what, find, put] of CHANGES) {
    const source = files.source.replace(find, put);
    parts.push(await timed(what, () => planModel(context, { ...files, source })));
    say(`${what}: ${parts.at(-1)?.ms ?? 0} ms`);
  }
  return { engine, accounts, openTouches, load: Math.round((loadavg()[0] ?? 0) * 10) / 10, parts };
}

async function timed(
  what: string,
  work: () => Promise<{
    readonly moves: readonly unknown[];
    readonly touchChanges: readonly unknown[];
  }>,
): Promise<PlanPart> {
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  const { moves, touchChanges } = await work();
  const { user, system } = process.cpuUsage(cpu);
  return {
    what,
    moving: moves.length,
    touchChanges: touchChanges.length,
    ms: Math.round(performance.now() - start),
    cpuMs: Math.round((user + system) / 1000),
  };
}
