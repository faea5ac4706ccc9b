// `npm run bench -- load [seconds] [rate]`: `serve` and two workers on Postgres under a steady load.
import { loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import autocannon from "autocannon";
import type { Store } from "../src/engine/ports.ts";
import { openStore } from "../src/store/index.ts";
import { growthOfPeaks } from "./growth.ts";
import { batchBody } from "./send-events.ts";
import { memoryMb, type ServedBook, serveBook } from "./served-book.ts";
import { bestFrom } from "./task-latency.ts";

export interface LoadOptions {
  readonly accounts: number;
  readonly workers: number;
  readonly seconds: number;
  /** Events a second; undefined: 80% of the highest that holds, which is looked for. */
  readonly rate: number | undefined;
  /** At each rate that is tried. */
  readonly searchSeconds: number;
  readonly sampleSeconds: number;
  readonly database?: string;
}

export interface LoadFigures {
  readonly accounts: number;
  readonly seconds: number;
  /** null: it was not looked for. */
  readonly best: number | null;
  readonly rate: number;
  readonly run: Sent;
  readonly samples: readonly Sample[];
  /** By process, the most in the last quarter ÷ the most in the second: flat is 1. */
  readonly growth: Readonly<Record<string, number>>;
  /** The longest that an account with news waited, in the first and in the second half, in ms. */
  readonly lagMs: readonly [first: number, second: number];
  readonly load: number;
}

/** What was sent at one rate, and what came of it. */
export interface Sent {
  readonly events: number;
  readonly errors: number;
  /** Of requests, in ms. */
  readonly p50: number;
  readonly p99: number;
}

export interface Sample {
  readonly second: number;
  readonly memoryMb: Readonly<Record<string, number>>;
  readonly accountsWaiting: number;
  /** For how long the one that waits longest has. */
  readonly lagMs: number;
}

const PER_REQUEST = 20;
const CONNECTIONS = 16;
const SHARE_OF_BEST = 0.8;
const FIRST_RATE = 500;
/** At a rate that holds requests are answered and accounts decided within this time, also at its end. */
const HOLDS_MS = 2_000;

export async function measureLoad(
  options: LoadOptions,
  say: (text: string) => void,
): Promise<LoadFigures> {
  const served = await serveBook({ ...options, engine: "postgres" });
  const store = await openStore({ databaseUrl: served.databaseUrl });
  try {
    const best = options.rate === undefined ? await findBest(served, store, options, say) : null;
    const rate = options.rate ?? Math.round((best ?? 0) * SHARE_OF_BEST);
    if (rate === 0) throw new Error(`not even ${FIRST_RATE} events a second hold`);
    await firstBatch(served);
    const over = new AbortController();
    const sampling = sampleUntil(served, store, options.sampleSeconds, over.signal, say);
    const run = await send(served, rate, options.seconds).finally(() => over.abort());
    const samples = await sampling;
    const { accounts, seconds } = options;
    const load = Math.round((loadavg()[0] ?? 0) * 10) / 10;
    const growth = growthOf(samples);
    return { accounts, seconds, best, rate, run, samples, growth, lagMs: lagOf(samples), load };
  } finally {
    await store.close();
    await served.stop();
  }
}

async function findBest(
  served: ServedBook,
  store: Store,
  { searchSeconds }: LoadOptions,
  say: (text: string) => void,
): Promise<number> {
  const holds = async (rate: number): Promise<boolean> => {
    const sent = await send(served, rate, searchSeconds);
    const { lagMs } = await lagNow(store);
    say(`${rate} events/s: ${JSON.stringify(sent)}, an account waits for ${lagMs} ms`);
    const isDone = sent.events >= rate * searchSeconds * 0.95;
    await untilDecided(store);
    return isDone && sent.errors === 0 && sent.p99 < HOLDS_MS && lagMs < HOLDS_MS;
  };
  // what is compiled and read for the first time takes longer
  await send(served, FIRST_RATE, Math.min(5, searchSeconds));
  await untilDecided(store);
  return (await holds(FIRST_RATE)) ? bestFrom(FIRST_RATE, holds) : 0;
}

/** A server that has just begun reads its model first: nobody's answer is measured by that. */
async function firstBatch({ url, writeKey, accounts }: ServedBook): Promise<void> {
  const answer = await fetch(`${url}/v1/batch`, {
    method: "POST",
    headers: headersOf(writeKey),
    body: batchBody(accounts, PER_REQUEST),
  });
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
}

function headersOf(writeKey: string): Record<string, string> {
  return { authorization: `Basic ${btoa(`${writeKey}:`)}`, "content-type": "application/json" };
}

async function send(
  { url, writeKey, accounts }: ServedBook,
  rate: number,
  seconds: number,
): Promise<Sent> {
  const running = autocannon({
    url: `${url}/v1/batch`,
    method: "POST",
    headers: headersOf(writeKey),
    connections: CONNECTIONS,
    duration: seconds,
    overallRate: Math.max(CONNECTIONS, Math.round(rate / PER_REQUEST)),
    requests: [
      { setupRequest: (request) => ({ ...request, body: batchBody(accounts, PER_REQUEST) }) },
    ],
  });
  const times: number[] = [];
  running.on("response", (_client, _status, _bytes, ms) => times.push(ms));
  const { errors, non2xx, "2xx": taken } = await running;
  times.sort((x, y) => x - y);
  const part = (share: number): number =>
    Math.round(times[Math.floor((times.length - 1) * share)] ?? Number.NaN);
  return {
    events: taken * PER_REQUEST,
    errors: errors + non2xx,
    p50: part(0.5),
    p99: part(0.99),
  };
}

async function lagNow(store: Store): Promise<{ accountsWaiting: number; lagMs: number }> {
  const now = Date.now();
  const { accountsWaiting, waitingSince } = await store.gauges.read(now);
  return { accountsWaiting, lagMs: waitingSince === null ? 0 : Math.max(0, now - waitingSince) };
}

async function untilDecided(store: Store): Promise<void> {
  while ((await lagNow(store)).accountsWaiting > 0) await sleep(200);
}

async function sampleUntil(
  { running }: ServedBook,
  store: Store,
  every: number,
  over: AbortSignal,
  say: (text: string) => void,
): Promise<Sample[]> {
  const began = performance.now();
  const samples: Sample[] = [];
  while (!over.aborted) {
    await sleep(every * 1000, undefined, { signal: over }).catch(() => undefined);
    if (over.aborted) break;
    const sample: Sample = {
      second: Math.round((performance.now() - began) / 1000),
      memoryMb: Object.fromEntries(running.map((one) => [one.name, memoryMb(one)])),
      ...(await lagNow(store)),
    };
    samples.push(sample);
    say(JSON.stringify(sample));
  }
  return samples;
}

/** What is kept fills in the first quarter; peaks are compared, as the collector leaves a saw-tooth. */
export function growthOf(samples: readonly Sample[]): Record<string, number> {
  const names = Object.keys(samples[0]?.memoryMb ?? {});
  return Object.fromEntries(
    names.map((name) => [
      name,
      growthOfPeaks(samples.map(({ memoryMb: held }) => held[name] ?? 0)),
    ]),
  );
}

function lagOf(samples: readonly Sample[]): [number, number] {
  const half = samples.length >> 1;
  const most = (some: readonly Sample[]): number => Math.max(0, ...some.map(({ lagMs }) => lagMs));
  return [most(samples.slice(0, half)), most(samples.slice(half))];
}
