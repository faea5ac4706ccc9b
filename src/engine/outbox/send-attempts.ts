import type { Dispatch, Outgoing, SendResult } from "../ports.ts";
import { awaitedLater } from "../awaited-later.ts";
import type { WorkContext } from "../worker-job.ts";
import { channelFor, type DeliveryOptions, sendTimeoutOf } from "./delivery-options.ts";
import { Hander } from "./hander.ts";
import { SilentChannels } from "./silent-channels.ts";
import { Settler } from "./settler.ts";

const AT_ONCE = 20;
/** A worker that is to stop goes on sending what it has claimed for so long. */
const GRACE_MS = 8_000;

interface Batch {
  readonly hander: Hander;
  readonly silent: SilentChannels;
  /** The worker has to stop now. */
  isOver: boolean;
}

/**
 * Hands claimed messages to their channels, some at a time, and stores what became of each. That
 * one is handed over is stored first: a message of a dead worker that never was surely did not
 * leave. A
 * channel that does not answer is left alone for a while, and nothing is handed
 * over that might still be under way when its lease ends: then somebody else settles it.
 */
export async function sendAttempts(
  work: WorkContext,
  attempts: readonly Outgoing[],
  options: DeliveryOptions,
  silent = new SilentChannels(),
): Promise<void> {
  const queues = byChannel(attempts.filter(({ status }) => status === "sending"));
  const settler = new Settler(work.context);
  const hander = new Hander(work.context, work.worker);
  const batch: Batch = { hander, silent, isOver: false };
  const hurry = (): void => {
    setTimeout(() => (batch.isOver = true), GRACE_MS).unref();
  };
  work.signal.addEventListener("abort", hurry);
  if (work.signal.aborted) hurry();
  const settling: Promise<void>[] = [];
  const sendNext = async (queue: Outgoing[]): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const result = await sendOne(work, next, options, batch);
      if (!result) continue;
      const { account, id } = next;
      settling.push(awaitedLater(settler.settle({ account, id, end: result })));
    }
  };
  const hands = queues.flatMap((queue) => {
    const length = Math.min(options.atOnce ?? AT_ONCE, queue.length);
    return Array.from({ length }, () => sendNext(queue));
  });
  const sent = await Promise.allSettled(hands);
  work.signal.removeEventListener("abort", hurry);
  // what is under way ends first; what could not be stored is settled when its lease is over
  const done = [...sent, ...(await Promise.allSettled(settling))];
  for (const one of done) if (one.status === "rejected") throw one.reason;
}

/** Each channel has hands of its own: none waits for another's. */
function byChannel(attempts: readonly Outgoing[]): Outgoing[][] {
  const names = [...new Set(attempts.map(({ channel }) => channel))];
  return names.map((name) => attempts.filter(({ channel }) => channel === name));
}

/** null: somebody else has said meanwhile what became of it. */
async function sendOne(
  { context }: WorkContext,
  attempt: Outgoing,
  options: DeliveryOptions,
  batch: Batch,
): Promise<SendResult | null> {
  const { channel: name } = attempt;
  const timeoutMs = sendTimeoutOf(options);
  const channel = channelFor(options, name);
  if (!channel) return notHandedOver(`channel ${name} is gone`);
  if (batch.isOver) return notHandedOver("the worker was stopped");
  const { leaseUntil } = attempt;
  const now = context.clock();
  if (batch.silent.has(name, now)) return notHandedOver(`channel ${name} does not answer`);
  if (leaseUntil !== null && now + timeoutMs > leaseUntil) {
    return notHandedOver("its turn did not come in time");
  }
  if (!(await batch.hander.mayHand(attempt))) return null;
  const result = await withinTime(channel.send(dispatchOf(attempt, now)), timeoutMs);
  if (result) return result;
  batch.silent.add(name, context.clock());
  return { kind: "uncertain", error: `no answer within ${timeoutMs / 1000} seconds` };
}

/** Surely not sent: it goes a little later. */
function notHandedOver(error: string): SendResult {
  return { kind: "temporary", error };
}

export function dispatchOf(attempt: Outgoing, at: number): Dispatch {
  const { id, account, touchId, channel, kind, receiver, messageId, message } = attempt;
  return {
    id,
    account,
    touchId,
    channel,
    kind,
    receiver,
    messageId: messageId ?? "",
    message,
    at,
  };
}

/** null: no answer came. A channel that throws has not said what became of the message. */
async function withinTime(sending: Promise<SendResult>, ms: number): Promise<SendResult | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  const known = sending.catch((error: unknown): SendResult => ({
    kind: "uncertain",
    error: error instanceof Error ? error.message : String(error),
  }));
  try {
    return await Promise.race([known, late]);
  } finally {
    clearTimeout(timer);
  }
}
