import type { WorkerJob } from "../worker-job.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Sessions and links that have expired, answers that nobody will ask for again, and changes of the model that were never made, are removed. */
export const tidyJob: WorkerJob = {
  name: "tidy",
  every: 10 * MINUTE_MS,
  async run({ context: { store, clock } }) {
    const now = clock();
    await store.access.tidy(now);
    await store.idempotency.forget(now - DAY_MS);
    await store.changes.tidy(now - DAY_MS);
    return 0;
  },
};
