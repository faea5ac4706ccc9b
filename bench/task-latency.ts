import { loadavg } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import type { Store } from "../src/engine/ports.ts";
import { type Sent, sendSteadily } from "./send-events.ts";
import { type ServedBook, serveBook } from "./served-book.ts";
import { untilInTaskList } from "./task-list.ts";

/** From an event sent over HTTP to what it asks of somebody in their task list. */
export interface TaskLatencyFigures {
  readonly engine: Store["kind"];
  readonly accounts: number;
  readonly steps: readonly RateStep[];
  /** The highest rate tried that held. */
  readonly best: number;
  readonly load: number;
}

/** What came of sending at one rate. */
export interface RateStep {
  readonly rate: number;
  readonly seconds: number;
  /** Tickets whose answer was waited for. */
  readonly tickets: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
  readonly behindMs: number;
  readonly holds: boolean;
}

export interface TaskLatencyOptions {
  readonly engine: Store["kind"];
  readonly accounts: number;
  readonly rates: readonly number[];
  /** At each of the rates, and at the best one. */
  readonly seconds: number;
  /** At each rate that is tried to find the best one; 0: it is not looked for. */
  readonly searchSeconds: number;
  readonly database?: string;
}

/** A rate holds while nothing fails, answers are not behind, and tickets get through in this time. */
const HOLDS_MS = 1_000;
/** So much of a rate is tried next where it did not hold for long. */
const LESS = 0.85;
/** Where none of the rates given holds. */
const LEAST_RATE = 25;
const BETWEEN_TICKETS_MS = 40;
/** A ticket takes no longer where nothing else is to be done, also on a busy machine. */
const RESTED_MS = 500;
/** Of bisecting: the best rate is known to about a tenth. */
const STEPS_BETWEEN = 3;

export async function measureTaskLatency(
  options: TaskLatencyOptions,
  say: (text: string) => void,
): Promise<TaskLatencyFigures> {
  const { engine, accounts, rates, seconds, searchSeconds } = options;
  const served = await serveBook({ ...options, workers: 0 });
  const steps: RateStep[] = [];
  // an account that is owed an answer already is promised no second one
  const unasked = [...served.accounts];
  const take = async (rate: number, during: number): Promise<RateStep> => {
    const step = await stepAt(served, unasked, rate, during);
    say(`${engine} at ${rate} events/s: ${JSON.stringify(step)}`);
    if (!step.holds) await untilRested(served, unasked);
    return step;
  };
  try {
    // accounts are read whole when they are first taken up, and code is compiled
    await stepAt(served, unasked, rates[0] ?? 0, Math.min(5, seconds));
    for (const rate of rates) steps.push(await take(rate, seconds));
    const held = Math.max(0, ...steps.filter(({ holds }) => holds).map(({ rate }) => rate));
    let best = held;
    if (searchSeconds > 0) {
      const holds = async (rate: number): Promise<boolean> =>
        (await take(rate, searchSeconds)).holds;
      if (best === 0 && (await holds(LEAST_RATE))) best = LEAST_RATE;
      if (best > 0) best = await bestFrom(best, holds);
      // what held for a moment has to hold for longer
      while (best > 0 && !rates.includes(best)) {
        const step = await take(best, seconds);
        if (step.holds) {
          steps.push(step);
          break;
        }
        best = best > LEAST_RATE ? Math.max(held, Math.round(best * LESS)) : 0;
      }
    }
    const load = Math.round((loadavg()[0] ?? 0) * 10) / 10;
    return { engine, accounts, steps, best, load };
  } finally {
    await served.stop();
  }
}

/** Doubles until a rate does not hold, then halves the gap. */
export async function bestFrom(
  holding: number,
  holds: (rate: number) => Promise<boolean>,
): Promise<number> {
  let [low, high] = [holding, holding * 2];
  while (await holds(high)) [low, high] = [high, high * 2];
  for (let step = 0; step < STEPS_BETWEEN; step++) {
    const middle = Math.round((low + high) / 2);
    if (await holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** What one rate left undone is not the next one's. */
async function untilRested(served: ServedBook, unasked: string[]): Promise<void> {
  while ((await untilInTaskList(served, nextOf(unasked))) > RESTED_MS) await sleep(RESTED_MS);
}

function nextOf(unasked: string[]): string {
  const account = unasked.pop();
  if (account === undefined) throw new Error("there are too few accounts for so many tickets");
  return account;
}

/** One ticket after the other while events come in at the rate. */
async function stepAt(
  served: ServedBook,
  unasked: string[],
  rate: number,
  seconds: number,
): Promise<RateStep> {
  const done = new AbortController();
  const sending: Promise<Sent> = sendSteadily(served, rate, done.signal);
  const until = performance.now() + seconds * 1000;
  const times: number[] = [];
  while (performance.now() < until) {
    times.push(await untilInTaskList(served, nextOf(unasked)));
    await sleep(BETWEEN_TICKETS_MS);
  }
  done.abort();
  const { failed, behindMs } = await sending;
  const sorted = times.toSorted((a, b) => a - b);
  const part = (share: number): number =>
    Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN);
  const [p50, p99] = [part(0.5), part(0.99)];
  const holds = failed === 0 && behindMs < HOLDS_MS && p99 < HOLDS_MS;
  return { rate, seconds, tickets: times.length, p50, p99, failed, behindMs, holds };
}
