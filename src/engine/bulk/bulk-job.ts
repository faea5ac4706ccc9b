import type { EngineContext } from "../context.ts";
import { liveModel } from "../live-model.ts";
import type { BulkProgress, BulkRun } from "../ports.ts";
import type { WorkerJob } from "../worker-job.ts";
import { doBatch } from "./do-batch.ts";

/** Accounts between two signs of life: what a crash may do again. */
const AT_ONCE = 25;
const LEASE_MS = 60_000;
/** How often to look for what another process was given, or left behind; what this one gets wakes it. */
const LOOK_EVERY_MS = 15_000;

/** Does to many accounts what people have asked for. A run that was cut off is gone on with. */
export const bulkJob: WorkerJob = {
  name: "bulk",
  every: LOOK_EVERY_MS,
  async run(work) {
    const { context, signal } = work;
    const { store, clock } = context;
    const run = await store.bulk.claim(clock(), clock() + LEASE_MS);
    if (!run) return 0;
    await goOn({ ...context, actor: run.by }, run, signal);
    work.wake("decide");
    return 1;
  },
};

async function goOn(context: EngineContext, run: BulkRun, signal: AbortSignal): Promise<void> {
  const { store, clock } = context;
  const live = await liveModel(context);
  let now: BulkProgress = run;
  while (now.done < run.accounts.length) {
    if (signal.aborted) return store.bulk.progress(run.id, now, null);
    const ids = run.accounts.slice(now.done, now.done + AT_ONCE);
    const { changed, failed } = await doBatch(context, live, run, ids);
    now = {
      done: now.done + ids.length,
      changed: now.changed + changed,
      failed: [...now.failed, ...failed],
      finishedAt: null,
    };
    await store.bulk.progress(run.id, now, clock() + LEASE_MS);
  }
  return store.bulk.progress(run.id, { ...now, finishedAt: clock() }, null);
}
