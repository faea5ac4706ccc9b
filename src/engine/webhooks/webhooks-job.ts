import { shareHash } from "../../core/text/share-hash.ts";
import type { SafeHttp } from "../ports/http.ts";
import type { Webhook, WebhookMessage, WebhookOutcome } from "../ports/webhooks.ts";
import type { Settings } from "../settings.ts";
import type { WorkContext, WorkerJob } from "../worker-job.ts";
import { waitAfter } from "./retry-times.ts";
import { sendWebhook } from "./send-webhook.ts";

export const WEBHOOKS_JOB = "webhooks";

/** Taken at once; all of them are asked at the same time, so one slow receiver holds up few. */
const AT_ONCE = 20;
const HOLD_MS = 15_000;
/** Longer than any try may take. */
const LEASE_MS = 60_000;

/**
 * Tells others what they want to be told: at least once, in no promised order, tried again for
 * about a day. A receiver tells by `webhook-id` what it has had before.
 */
export function webhooksJob(
  http: SafeHttp,
  settings: Pick<Settings, "secret" | "allowPrivateTargets">,
): WorkerJob {
  return {
    name: WEBHOOKS_JOB,
    every: 2000,
    async run(work) {
      const { context, worker, signal } = work;
      if (signal.aborted) return 0;
      const now = context.clock();
      const lease = { worker, until: now + LEASE_MS };
      const { webhooks } = context.store;
      const messages = await webhooks.take(work.buckets(), lease, now, AT_ONCE);
      if (messages.length === 0) return 0;
      const hooks = new Map((await webhooks.list()).map((one) => [one.id, one]));
      const outcomes = await Promise.all(
        messages.map((message) =>
          tryOne(work, http, settings, hooks.get(message.webhook), message),
        ),
      );
      await webhooks.settle(
        outcomes.flatMap((outcome) => outcome ?? []),
        worker,
      );
      await holdSilent(work, outcomes);
      return messages.length;
    },
  };
}

/**
 * Who took nothing this time is left alone for a while, whatever else waits for it: a receiver
 * that is down must not keep the others waiting for theirs. Each worker sees to its own buckets:
 * one that reached for rows in another's hands would wait for it, and it for them.
 */
async function holdSilent(
  work: WorkContext,
  outcomes: readonly (WebhookOutcome | null)[],
): Promise<void> {
  const tried = new Set(outcomes.flatMap((one) => one?.webhook ?? []));
  for (const one of outcomes) if (one?.status === "sent") tried.delete(one.webhook);
  const { clock, store } = work.context;
  const until = clock() + HOLD_MS;
  for (const webhook of tried) await store.webhooks.hold(work.buckets(), webhook, until);
}

async function tryOne(
  { context }: WorkContext,
  http: SafeHttp,
  settings: Pick<Settings, "secret" | "allowPrivateTargets">,
  webhook: Webhook | undefined,
  message: WebhookMessage,
): Promise<WebhookOutcome | null> {
  // taken away between the two looks, its messages with it
  if (!webhook) return null;
  const delivery = await sendWebhook(http, settings, webhook, message, context.clock());
  const now = context.clock();
  const { account, id, attempts } = message;
  const of = { account, id, webhook: webhook.id, error: delivery.error };
  if (delivery.kind === "delivered") return { ...of, status: "sent", tryAt: now, sentAt: now };
  if (delivery.kind === "gone") {
    await context.store.webhooks.stop(webhook.id, "its receiver answered 410 Gone");
    return { ...of, status: "dead", tryAt: now, sentAt: null };
  }
  const share = shareHash(`${id} ${webhook.id} ${attempts}`);
  const wait = waitAfter(attempts, share, delivery.retryAfterMs);
  if (wait === null) return { ...of, status: "dead", tryAt: now, sentAt: null };
  return { ...of, status: "queued", tryAt: now + wait, sentAt: null };
}
