// A worker in a process of its own, for bench/workers.ts: takes its share of the buckets, and works when it is told to.
import { openChannels } from "../src/deliver/open-channels.ts";
import type { EngineContext } from "../src/engine/context.ts";
import { decidingJobs } from "../src/engine/deciding-jobs.ts";
import { ModelInForce } from "../src/engine/model-in-force.ts";
import { deliverJob } from "../src/engine/outbox/deliver.ts";
import { TEST_SETTINGS } from "../src/engine/testing/settings.ts";
import type { WorkerJob } from "../src/engine/worker-job.ts";
import { realTimers, type Timers } from "../src/engine/worker-timers.ts";
import { Worker } from "../src/engine/worker.ts";
import { openStore } from "../src/store/index.ts";
import type { WorkerAnswer, WorkerOrder, WorkerWord } from "./workers-talk.ts";

/** While they wait they share the buckets anew at once, and not in the seconds that it takes otherwise. */
const MOST_IDLE_MS = 100;

const order = JSON.parse(process.argv[2] ?? "") as WorkerOrder;
const store = await openStore({ databaseUrl: order.databaseUrl });
const settings = { ...TEST_SETTINGS, smtpUrl: order.smtpUrl, mailFrom: "Bench <bench@bench.test>" };
const channels = openChannels(settings);
/** null: it is to wait. Its buckets are its own by the machine's clock, whatever day it works on. */
let clockAhead: number | null = null;
const day: EngineContext = { store, clock: () => Date.now() + (clockAhead ?? 0), actor: null };
const timers: Timers = {
  ...realTimers,
  sleep: (ms, signal) =>
    realTimers.sleep(clockAhead === null ? Math.min(ms, MOST_IDLE_MS) : ms, signal),
};
let worker: Worker | null = null;
let since = process.cpuUsage();

process.on("message", (word: WorkerWord) => {
  if (word === "join") (worker = newWorker()).start();
  else if (word === "wait") rest();
  else if (word === "leave") void leave();
  else if (word === "end") void end();
  else {
    since = process.cpuUsage();
    clockAhead = word.clockAhead;
    worker?.wake();
  }
});

/** It knows no account yet. */
function newWorker(): Worker {
  const model = new ModelInForce(day);
  const told = (job: WorkerJob): WorkerJob => ({
    ...job,
    run: (work) =>
      clockAhead === null
        ? Promise.resolve(0)
        : job.run({ ...work, context: day, live: () => model.get() }),
  });
  const jobs =
    order.what === "decide" ? decidingJobs({ spreadMs: 0 }) : [deliverJob({ settings, channels })];
  return new Worker({
    context: { store, clock: Date.now, actor: null },
    id: order.id,
    jobs: jobs.map(told),
    timers,
    onError: (job, error) => process.stderr.write(`${job}: ${String(error)}\n`),
  });
}

function rest(): void {
  clockAhead = null;
  const { user, system } = process.cpuUsage(since);
  answer({ processorMs: (user + system) / 1000 });
}

async function leave(): Promise<void> {
  await stopWorker();
  answer("left");
}

/**
 * Until its last job has ended, however long that takes on a busy machine: a job that goes on
 * while the store is closed finds its pool of connections ended.
 */
async function stopWorker(): Promise<void> {
  if (worker && !(await worker.stop())) return stopWorker();
  worker = null;
}

async function end(): Promise<void> {
  await stopWorker();
  await store.close();
  await Promise.all([...channels.values()].map((channel) => channel.close()));
  process.disconnect();
}

function answer(said: WorkerAnswer): void {
  process.send?.(said);
}
