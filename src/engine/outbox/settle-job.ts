import type { Attempt } from "../ports.ts";
import type { WorkerJob } from "../worker-job.ts";
import type { DeliveryOptions } from "./delivery-options.ts";
import type { End } from "./end-of-attempt.ts";
import { settleEnds } from "./settle-ends.ts";

const AT_ONCE = 200;
export const WORKER_GONE = "the worker went away while it was being sent";
const NOT_HANDED = "the worker went away before it was sent";

/**
 * What a dead worker had handed over is of unknown end, and never simply sent again; what it had
 * only claimed goes by others' hands. What stays unknown is settled after a while, as the
 * settings say.
 */
export function settleJob({ settings }: Pick<DeliveryOptions, "settings">): WorkerJob {
  return {
    name: "settle",
    every: 5_000,
    async run(work) {
      if (work.signal.aborted) return 0;
      const { context } = work;
      const { outbox } = context.store;
      const now = context.clock();
      const before = now - settings.settleAfterMs;
      const attempts = await outbox.attempts(
        await outbox.unsettled(work.buckets(), now, before, AT_ONCE),
      );
      const ended = attempts.map((attempt) => ({
        account: attempt.outgoing.account,
        id: attempt.outgoing.id,
        end: endOf(attempt, settings.uncertain),
      }));
      const settled = await settleEnds(context, ended);
      if (settled.size > 0) for (const job of ["decide", "deliver", "send-queued"]) work.wake(job);
      return settled.size;
    },
  };
}

function endOf({ outgoing, isHanded }: Attempt, policy: "assume_sent" | "resend"): End {
  if (outgoing.status === "sending")
    return isHanded
      ? { kind: "uncertain", error: WORKER_GONE }
      : { kind: "not_handed", error: NOT_HANDED };
  const why = outgoing.error ?? "nobody knows whether it arrived";
  return policy === "assume_sent"
    ? { kind: "assumed", why: `assumed to be sent: ${why}` }
    : { kind: "again", why: `sent again: ${why}` };
}
