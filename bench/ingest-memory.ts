// `npm run bench -- ingest-memory [events] [pglite|postgres]`: what serve holds in memory while events come in without end.
import http from "node:http";
import type { Store } from "../src/engine/ports.ts";
import { growthOfPeaks } from "./growth.ts";
import { batchBody, postEvents } from "./send-events.ts";
import { memoryMb, type ServedBook, serveBook } from "./served-book.ts";

export interface MemoryOptions {
  readonly engine: Store["kind"];
  readonly accounts: number;
  readonly events: number;
  /** A point is taken after each so many. */
  readonly every: number;
  /** Requests under way at a time. */
  readonly clients: number;
  readonly perRequest: number;
  readonly database?: string;
}

export interface MemoryPoint {
  readonly events: number;
  readonly eventsPerSecond: number;
  readonly memoryMb: number;
}

export interface MemoryFigures {
  readonly engine: Store["kind"];
  readonly accounts: number;
  readonly events: number;
  readonly points: readonly MemoryPoint[];
  /** The most in the last quarter ÷ the most in the second: flat is 1. */
  readonly growth: number;
}

/** As fast as it takes them, until all are sent or somebody says stop: what was measured by then counts. */
export async function measureIngestMemory(
  options: MemoryOptions,
  stop: AbortSignal,
  say: (point: MemoryPoint) => void,
): Promise<MemoryFigures> {
  const served = await serveBook({ ...options, workers: 0 });
  const points: MemoryPoint[] = [];
  try {
    let sent = 0;
    while (sent < options.events && !stop.aborted) {
      const size = Math.min(options.every, options.events - sent);
      const began = performance.now();
      await sendAll(served, size, options, stop);
      if (stop.aborted) break;
      sent += size;
      const [server] = served.running;
      const point = {
        events: sent,
        eventsPerSecond: Math.round((size / (performance.now() - began)) * 1000),
        memoryMb: server ? memoryMb(server) : 0,
      };
      points.push(point);
      say(point);
    }
    const { engine, accounts } = options;
    return {
      engine,
      accounts,
      events: sent,
      points,
      growth: growthOfPeaks(points.map(({ memoryMb: held }) => held)),
    };
  } finally {
    await served.stop();
  }
}

async function sendAll(
  { url, writeKey, accounts }: ServedBook,
  events: number,
  { clients, perRequest }: MemoryOptions,
  stop: AbortSignal,
): Promise<void> {
  const agent = new http.Agent({ keepAlive: true });
  let left = events;
  const client = async (): Promise<void> => {
    while (left > 0 && !stop.aborted) {
      const size = Math.min(perRequest, left);
      left -= size;
      const body = batchBody(accounts, size);
      const status = await postEvents(`${url}/v1/batch`, writeKey, body, agent);
      if (status !== 200) throw new Error(`the server answered ${status}`);
    }
  };
  try {
    await Promise.all(Array.from({ length: clients }, client));
  } finally {
    agent.destroy();
  }
}
