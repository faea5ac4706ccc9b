import type { WorkerJob } from "../worker-job.ts";
import { LiveReading } from "./live-reading.ts";

/** Held messages looked at in one transaction. */
const AT_ONCE = 2_000;

/**
 * Counts held messages in once their user is in exactly one account: after a `group` call, an
 * import, an `alias`. Each goes to its account in the transaction that takes it off the list.
 */
export function attributeJob(): WorkerJob {
  let reading: LiveReading | null = null;
  return {
    name: "attribute",
    every: 10_000,
    async run(work) {
      if (work.signal.aborted) return 0;
      const { context } = work;
      reading ??= new LiveReading(context.store, context.clock);
      const moment = await reading.moment();
      const { attributed, more } = await context.store.ingest.attribute(
        work.buckets(),
        AT_ONCE,
        moment,
      );
      if (attributed > 0) work.wake("decide");
      return more ? Math.max(1, attributed) : 0;
    },
  };
}
