import type { EngineContext } from "../context.ts";
import type { WorkContext, WorkerJob } from "../worker-job.ts";
import { judgeHits, SETTLED_AFTER_MS } from "./judge-hits.ts";
import { hasLeft, recordAttemptResult } from "./record-result.ts";

const AT_ONCE = 100;

export const HITS_JOB = "hits";

/** Looks at links and pictures that were asked for, once those around them are there, too. */
export function hitsJob(): WorkerJob {
  return { name: HITS_JOB, every: 1000, run };
}

async function run(work: WorkContext): Promise<number> {
  const { context, signal } = work;
  const before = context.clock() - SETTLED_AFTER_MS;
  const waiting = await context.store.hits.unjudged(work.buckets(), before, AT_ONCE);
  let isNews = false;
  for (const { account, id } of waiting) {
    if (signal.aborted) break;
    isNews = (await judgeMessage(context, account, id)) || isNews;
  }
  if (isNews) work.wake("decide");
  return waiting.length;
}

/**
 * The furthest that persons came with one message is recorded first and the hits are marked
 * after it: a crash in between only records the same again, which changes nothing.
 */
async function judgeMessage(context: EngineContext, account: string, id: string): Promise<boolean> {
  const { store } = context;
  const [attempt] = await store.outbox.attempts([{ account, id }]);
  const hits = judgeHits(await store.hits.of(account, id), attempt?.outgoing.sentAt ?? null);
  const before = context.clock() - SETTLED_AFTER_MS;
  const settled = hits.filter(({ at }) => at < before);
  let isNews = false;
  if (attempt && hasLeft(attempt.outgoing)) {
    for (const [kind, result] of [
      ["open", "opened"],
      ["click", "clicked"],
    ] as const) {
      const first = settled.find((hit) => hit.kind === kind && hit.weak === null);
      if (!first) continue;
      const done = await recordAttemptResult(context, { account, id }, { result, at: first.at });
      isNews = isNews || done === "recorded";
    }
  }
  await store.hits.judged(settled);
  return isNews;
}
