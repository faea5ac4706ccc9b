// `npm run bench -- latency [pglite|postgres] [seconds]`: from an event committed to its decision committed.
import { mkdtempSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { readModelFiles } from "../src/cli/model-files.ts";
import { applyModel } from "../src/engine/apply-model.ts";
import type { EngineContext } from "../src/engine/context.ts";
import { decidingJobs } from "../src/engine/deciding-jobs.ts";
import { importData } from "../src/engine/import-data.ts";
import type { EventRow, Store } from "../src/engine/ports.ts";
import { Worker } from "../src/engine/worker.ts";
import { openImport } from "../src/import/index.ts";
import { openStore } from "../src/store/index.ts";
import { startTestServer } from "../src/store/testing/postgres-server.ts";
import { Random } from "./random.ts";

export interface LatencyFigures {
  readonly engine: Store["kind"];
  readonly accounts: number;
  readonly eventsBefore: number;
  readonly eventsPerSecond: number;
  readonly seconds: number;
  readonly events: number;
  readonly decidedEvents: number;
  readonly decisionsPerSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
  /** How long the last event of the first seconds waited, in which all accounts are read whole. */
  readonly warmUpSeconds: number;
  readonly memoryMb: number;
  /** Processor time of this process (the embedded database's included) as a share of one core. */
  readonly cores: number;
  /** Processes that wanted to run, over the last minute: above the number of cores the times are the machine's, not ours. */
  readonly load: number;
}

const EVENTS_PER_SECOND = { pglite: 200, postgres: 1000 } as const;
/** How often a batch of events is written, in ms. */
const WRITE_EVERY = 25;
const NAMES = ["login", "feature_use", "report_view", "integration_connect", "monitoring_run"];
const WARM_UP_SECONDS = 5;

export async function measureLatency(
  engine: Store["kind"],
  seconds: number,
): Promise<LatencyFigures> {
  const { store, end } = await openBook(engine);
  try {
    return await measure(store, seconds);
  } finally {
    await store.close();
    end();
  }
}

/** The demo's book, decided up to now; on Postgres a server of the tests' kind, without fsync. */
async function openBook(engine: Store["kind"]): Promise<{ store: Store; end: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), "touchstone-latency-"));
  const server = engine === "postgres" ? await startTestServer() : undefined;
  const store = await openStore(
    server ? { databaseUrl: server.url } : { data: join(folder, "data") },
  );
  const context: EngineContext = { store, clock: Date.now, actor: null };
  const file = new URL("../examples/saasguard/saasguard.import.yaml", import.meta.url).pathname;
  await importData(context, {
    source: "bench",
    open: (wanted) => openImport(file, wanted),
    dryRun: false,
    onReject: () => undefined,
  });
  const template = new URL("../templates/four-tiers-hybrid", import.meta.url).pathname;
  const files = await readModelFiles(template);
  if (!files) throw new Error(`no model in ${template}`);
  await applyModel(context, files);
  // the server ends with this process
  return { store, end: () => rmSync(folder, { recursive: true, force: true }) };
}

async function measure(store: Store, seconds: number): Promise<LatencyFigures> {
  const { accounts, events } = await store.accounts.counts();
  const watch = new Watch();
  const worker = new Worker({
    context: { store: watch.watched(store), clock: Date.now, actor: null },
    id: "bench",
    jobs: decidingJobs(),
    onError: (job, error) => process.stderr.write(`${job}: ${String(error)}\n`),
  });
  worker.start();
  const rate = EVENTS_PER_SECOND[store.kind];
  // each account is read whole once, when it is first taken up
  const started = performance.now();
  await write(store, worker, watch, rate, WARM_UP_SECONDS);
  await watch.allDecided();
  const warmUpSeconds = (performance.now() - started) / 1000 - WARM_UP_SECONDS;
  watch.begin();
  const cpu = process.cpuUsage();
  const sent = await write(store, worker, watch, rate, seconds);
  const { user, system } = process.cpuUsage(cpu);
  await watch.allDecided();
  const memoryMb = Math.round(process.memoryUsage().rss / 2 ** 20);
  await worker.stop();
  const times = watch.times.toSorted((a, b) => a - b);
  const part = (share: number): number => times[Math.floor((times.length - 1) * share)] ?? NaN;
  return {
    engine: store.kind,
    accounts,
    eventsBefore: events,
    eventsPerSecond: rate,
    seconds,
    events: sent,
    decidedEvents: times.length,
    decisionsPerSecond: Math.round(watch.decided / seconds),
    p50: Math.round(part(0.5)),
    p99: Math.round(part(0.99)),
    most: Math.round(part(1)),
    warmUpSeconds: Math.round(warmUpSeconds * 10) / 10,
    memoryMb,
    cores: Math.round((user + system) / seconds / 10_000) / 100,
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  };
}

/** When events were committed, and when a decision that took notice of them was. */
class Watch {
  times: number[] = [];
  decided = 0;
  readonly #committed = new Map<string, number>();
  readonly #early = new Map<string, number>();

  async allDecided(): Promise<void> {
    for (let n = 0; n < 600 && this.#committed.size > 0; n++) await sleep(100);
  }

  begin(): void {
    this.times = [];
    this.decided = 0;
  }

  committed(ids: readonly string[]): void {
    const now = performance.now();
    for (const id of ids) {
      // its decision was stored before word of its own commit came back
      if (this.#early.delete(id)) this.times.push(0);
      else this.#committed.set(id, now);
    }
  }

  watched(store: Store): Store {
    return {
      ...store,
      accounts: {
        ...store.accounts,
        save: async (batch, moment) => {
          const result = await store.accounts.save(batch, moment);
          const now = performance.now();
          for (const { id, handled } of batch) {
            if (!result.stateRevs.has(id)) continue;
            this.decided += 1;
            for (const event of handled) this.#handled(event, now);
          }
          return result;
        },
      },
    };
  }

  #handled(event: string, now: number): void {
    const committed = this.#committed.get(event);
    if (committed === undefined) this.#early.set(event, now);
    else {
      this.times.push(now - committed);
      this.#committed.delete(event);
    }
  }
}

let serial = 0;

/** Writes events at the rate for so long, as ingestion does: what waits goes in as one batch. */
async function write(
  store: Store,
  worker: Worker,
  watch: Watch,
  rate: number,
  seconds: number,
): Promise<number> {
  const random = new Random(1, serial);
  const ids = await store.accounts.ids({});
  const began = performance.now();
  let sent = 0;
  for (;;) {
    const elapsed = performance.now() - began;
    const due = Math.floor((Math.min(elapsed, seconds * 1000) * rate) / 1000);
    const rows = Array.from({ length: due - sent }, () => eventRow(random, ids));
    if (rows.length > 0) {
      const now = Date.now();
      const today = Math.floor(now / 86_400_000);
      await store.intake.events(rows, { now, today });
      watch.committed(rows.map(({ messageId }) => messageId));
      worker.wake("decide");
      sent = due;
    }
    if (elapsed >= seconds * 1000) return sent;
    await sleep(WRITE_EVERY);
  }
}

function eventRow(random: Random, ids: readonly string[]): EventRow {
  return {
    accountId: random.pick(ids),
    messageId: `bench-${serial++}`,
    event: random.pick(NAMES),
    at: Date.now(),
    userId: `u${random.whole(1, 20)}`,
    properties: { plan: "pro", seconds: random.whole(1, 600) },
    outcome: {},
  };
}
