import { CHANNELS } from "../../core/model/schema-pieces.ts";
import type { Instant } from "../../core/time/day.ts";
import type { CalendarEntry, Outgoing, PauseScope } from "../ports.ts";
import type { WorkContext, WorkerJob } from "../worker-job.ts";
import { channelFor, type DeliveryOptions, LEASE_MS } from "./delivery-options.ts";
import { sendAttempts } from "./send-attempts.ts";
import { type EndedAttempt, settleEnds } from "./settle-ends.ts";

const AT_ONCE = 50;

/** Sends invitations and withdrawals, those of one touch in their order. */
export function sendQueuedJob(options: DeliveryOptions): WorkerJob {
  return {
    name: "send-queued",
    every: 5_000,
    async run(work) {
      if (work.signal.aborted) return 0;
      const taken = await take(work, options);
      const now = work.context.clock();
      const late = taken.filter((one) => isTooLate(one, now));
      await settleEnds(work.context, late.map(tooLate));
      const others = taken.filter((one) => !late.includes(one));
      if (options.settings.send) await sendAttempts(work, others, options);
      else await keepInside(work, others);
      return taken.length;
    },
  };
}

async function take(work: WorkContext, options: DeliveryOptions): Promise<Outgoing[]> {
  const { context, worker } = work;
  const { store } = context;
  const pauses = await store.pauses.list();
  if (pauses.some(({ scope }) => scope === "all")) return [];
  const named = (scope: PauseScope): string[] =>
    pauses.filter((one) => one.scope === scope).map(({ name }) => name);
  const paused = named("channel");
  const held = CHANNELS.filter(
    (name) => paused.includes(name) || channelFor(options, name) === null,
  );
  const now = context.clock();
  return store.outbox.takeQueued(
    work.buckets(),
    { channels: held, programs: named("program") },
    { worker, until: now + LEASE_MS },
    now,
    AT_ONCE,
  );
}

/** An invitation that a pause or an outage held until its hour: nobody is asked to come to the past. */
function isTooLate({ kind, message }: Outgoing, now: Instant): boolean {
  const entry = message.extra["calendar"] as Pick<CalendarEntry, "startsAt"> | undefined;
  return kind === "invitation" && entry !== undefined && entry.startsAt <= now;
}

function tooLate({ account, id }: Outgoing): EndedAttempt {
  return { account, id, end: { kind: "permanent", error: "its hour has passed" } };
}

async function keepInside({ context }: WorkContext, taken: readonly Outgoing[]): Promise<void> {
  await settleEnds(
    context,
    taken.map(({ account, id }) => ({ account, id, end: { kind: "dry_run" } })),
  );
}
