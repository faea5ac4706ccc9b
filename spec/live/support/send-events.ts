import { setTimeout as sleep } from "node:timers/promises";
import type { Message, Workload } from "./workload.ts";

export interface Sent {
  /** Batches that were answered with 200, and how often one was sent again. */
  readonly acknowledged: number;
  readonly again: number;
}

/**
 * Sends a workload by four clients at once. A client sends a batch again until it is
 * acknowledged, whatever happens to the server, and some of those acknowledged once more.
 *
 * @param lastsMs how long it takes where nothing is in its way
 */
export async function sendEvents(
  workload: Workload,
  url: () => string,
  writeKey: string,
  lastsMs: number,
): Promise<Sent> {
  const counts = { acknowledged: 0, again: 0 };
  await Promise.all(
    workload.clients.map(async (batches) => {
      for (const [index, batch] of batches.entries()) {
        await untilAcknowledged(batch, url, writeKey, counts);
        // paced, so that there is something on its way at every kill
        await sleep(Math.max(20, lastsMs / batches.length));
        if (index % 29 === 7) await untilAcknowledged(batch, url, writeKey, counts);
      }
    }),
  );
  return counts;
}

async function untilAcknowledged(
  batch: readonly Message[],
  url: () => string,
  writeKey: string,
  counts: { acknowledged: number; again: number },
): Promise<void> {
  const body = JSON.stringify({ batch, sentAt: new Date().toISOString() });
  const authorization = `Basic ${Buffer.from(`${writeKey}:`).toString("base64")}`;
  for (;;) {
    const status = await post(`${url()}/v1/batch`, body, authorization);
    if (status === 200) {
      counts.acknowledged += 1;
      return;
    }
    if (status !== null && status !== 429 && status < 500) {
      throw new Error(`a batch was refused with ${status}`);
    }
    counts.again += 1;
    await sleep(100);
  }
}

/** null: the server is not there, or went away before it answered. */
async function post(url: string, body: string, authorization: string): Promise<number | null> {
  try {
    const answer = await fetch(url, {
      method: "POST",
      headers: { authorization, "content-type": "application/json" },
      body,
      signal: AbortSignal.timeout(30_000),
    });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return null;
  }
}
