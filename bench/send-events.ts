import http from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { ServedBook } from "./served-book.ts";

/** What customers' products send: mostly plain use, which decisions count and nothing is done about at once. */
const NAMES = ["report_view", "report_view", "monitoring_run", "api_call"];
/** The official clients send up to so many at a time. */
const PER_REQUEST = 100;
/** How often those that are due are sent, in ms. */
const EVERY = 25;

let serial = 0;
const run = Date.now().toString(36);

/** A batch of new events of accounts, one after the other. */
export function batchBody(accounts: readonly string[], size: number): string {
  const timestamp = new Date().toISOString();
  const batch = Array.from({ length: size }, () => {
    const n = serial++;
    return {
      type: "track",
      messageId: `${run}-${n}`,
      userId: `user-${n % 5000}`,
      context: { groupId: accounts[(n * 7919) % accounts.length] },
      event: NAMES[n % NAMES.length],
      timestamp,
      properties: { feature_adoption_score: (n % 90) / 100, path: `/reports/${n % 500}` },
    };
  });
  return JSON.stringify({ batch });
}

export interface Sent {
  readonly events: number;
  readonly failed: number;
  /** How far the answers were behind at the end, in ms. */
  readonly behindMs: number;
}

/** Sends events at a steady rate, whether the server keeps up or not, until told to stop. */
export async function sendSteadily(
  { url, writeKey, accounts }: ServedBook,
  rate: number,
  until: AbortSignal,
): Promise<Sent> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 16 });
  const underWay = new Set<Promise<void>>();
  const began = performance.now();
  let [events, failed] = [0, 0];
  while (!until.aborted) {
    const due = Math.floor(((performance.now() - began) * rate) / 1000);
    while (events < due) {
      const size = Math.min(PER_REQUEST, due - events);
      events += size;
      const sending = postEvents(`${url}/v1/batch`, writeKey, batchBody(accounts, size), agent)
        .then((status) => void (status === 200 || (failed += size)))
        .catch(() => void (failed += size))
        .finally(() => underWay.delete(sending));
      underWay.add(sending);
    }
    await sleep(EVERY);
  }
  const stopped = performance.now();
  await Promise.all(underWay);
  agent.destroy();
  return { events, failed, behindMs: Math.round(performance.now() - stopped) };
}

/** Answers the status. */
export function postEvents(
  url: string,
  key: string,
  body: string,
  agent: http.Agent,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const authorization = `Basic ${btoa(`${key}:`)}`;
    const headers = { authorization, "content-type": "application/json" };
    const request = http.request(url, { method: "POST", agent, headers }, (answer) => {
      answer.resume();
      answer.once("end", () => resolve(answer.statusCode ?? 0));
    });
    request.once("error", reject);
    request.end(body);
  });
}
