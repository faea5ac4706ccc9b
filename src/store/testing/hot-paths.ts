import { decidingJobs } from "../../engine/deciding-jobs.ts";
import { attributeJob } from "../../engine/ingest/attribute-job.ts";
import { deliverJob } from "../../engine/outbox/deliver.ts";
import { sendQueuedJob } from "../../engine/outbox/send-queued.ts";
import { settleJob } from "../../engine/outbox/settle-job.ts";
import { Delivery } from "../../engine/outbox/testing/delivery.ts";
import type { SafeHttp, Store, Webhook } from "../../engine/ports.ts";
import { hitsJob } from "../../engine/results/hits-job.ts";
import { account, contact, GO_LIVE, login } from "../../engine/testing/book.ts";
import { completeTouch } from "../../engine/touch-actions.ts";
import { webhooksJob } from "../../engine/webhooks/webhooks-job.ts";
import { Worker } from "../../engine/worker.ts";
import { BUCKETS } from "../bucket.ts";
import { alias, group, identify, sent, track } from "../ingest/testing/sent-items.ts";

const IDS = Array.from({ length: 12 }, (_, n) => `acc-${n}`);
const ROWS = {
  accounts: IDS.map((id) => account(id, { name: id, traits: { arr: 10 } })),
  contacts: IDS.map((id) => contact(id, "ann", { email: `ann@${id}.test`, role: "admin" })),
  events: IDS.map((id) => login(id, GO_LIVE - 1)),
};

/**
 * A day and a half of a small book through everything that runs all the time: import, ingestion,
 * deciding at once and after midnight, delivery of mails and notices, touches done by people.
 */
export async function liveThroughADay(store: Store): Promise<Delivery> {
  const it = new Delivery(store);
  await store.webhooks.put(
    hookSince(it.book.now),
    { by: null, what: "webhook added", account: null, reason: null, details: {} },
    { now: it.book.now, today: GO_LIVE },
  );
  await it.begin(ROWS);
  const worker = workerOf(it);
  await worker.drain();
  await sendEvents(it);
  await worker.drain();
  it.book.on(GO_LIVE + 1, 12);
  await worker.drain();
  // what a dead one left, and hands of this one that hold buckets by name
  const hand = it.hand("other", { buckets: Array.from({ length: BUCKETS }, (_, n) => n) });
  await hand.deliver();
  await hand.settle();
  await hand.sendQueued();
  const call = (await it.touches("acc-1")).find(({ touchpoint }) => touchpoint === "call");
  if (!call) throw new Error("nobody is to be called");
  await completeTouch(it.book.context, call.id, { result: "held", set: {} });
  await worker.drain();
  await worker.stop();
  return it;
}

function hookSince(createdAt: number): Webhook {
  return {
    id: "hook",
    url: "https://hook.example",
    types: ["decision.changed", "touch.done", "touch.planned"],
    active: true,
    stopped: null,
    note: null,
    createdAt,
    createdBy: null,
  };
}

async function sendEvents(it: Delivery): Promise<void> {
  const moment = { now: it.book.now, today: GO_LIVE };
  const batch = [
    track("u-new", "Logged In"),
    track("ann", "Call Wanted", { context: { groupId: "acc-1" } }),
    track("ann", "Bill Wanted", { context: { groupId: "acc-2" } }),
    identify("u-new", { email: "new@acc-3.test" }),
    group("u-new", "acc-3", { plan: "pro" }),
    alias("u-old", "u-new"),
  ];
  await it.store.ingest.take(sent(moment, batch), moment);
  await it.store.ingest.take(sent(moment, [track("u-old", "Hint Wanted")]), moment);
}

function workerOf(it: Delivery): Worker {
  const options = it.options();
  const http: SafeHttp = {
    request: () => Promise.resolve({ status: 200, headers: {}, body: "" }),
    whyRefused: () => Promise.resolve(null),
  };
  return new Worker({
    context: it.book.context,
    id: "w",
    jobs: [
      attributeJob(),
      ...decidingJobs({ spreadMs: 0 }),
      deliverJob(options),
      sendQueuedJob(options),
      settleJob(options),
      hitsJob(),
      webhooksJob(http, it.settings),
    ],
    onError: (job, error) => {
      throw new Error(`${job}: ${String(error)}`, { cause: error });
    },
  });
}
