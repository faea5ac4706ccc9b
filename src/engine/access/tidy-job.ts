import type { WorkerJob } from "../worker-job.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Rejected rows hold people's data: long enough to mend a file by, and no longer. */
const REJECTS_KEPT_MS = 90 * DAY_MS;

/** Sessions and links that have expired, answers that nobody will ask for again, changes of the model that were never made, and rejected rows of old imports, are removed. */
export const tidyJob: WorkerJob = {
  name: "tidy",
  every: 10 * MINUTE_MS,
  async run({ context: { store, clock } }) {
    const now = clock();
    await store.access.tidy(now);
    await store.idempotency.forget(now - DAY_MS);
    await store.changes.tidy(now - DAY_MS);
    await store.importRuns.tidy(now - REJECTS_KEPT_MS);
    return 0;
  },
};
