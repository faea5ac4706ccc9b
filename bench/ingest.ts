import { once } from "node:events";
import http from "node:http";
import { Worker } from "node:worker_threads";
import { performance } from "node:perf_hooks";
import type { AddressInfo } from "node:net";
import { bucketOf } from "../src/store/bucket.ts";
import type { Database, Param, Session } from "../src/store/db/database.ts";
import { type OpenDatabase, openDatabase } from "../src/store/db/open-database.ts";
import { openStore } from "../src/store/index.ts";
import { ingest } from "../src/server/routes/ingest.ts";
import { testAppOver } from "../src/server/testing/test-app.ts";
import { serverCpuMs, serverOf } from "./server-cpu.ts";
import { type Spread, spread } from "./timing.ts";

export interface IngestOptions {
  readonly events: number;
  readonly accounts: number;
  /** Events in a request. */
  readonly perRequest: number;
  /** Requests under way at a time. */
  readonly clients: number;
  readonly turns: number;
}

export interface IngestFigures extends IngestOptions {
  readonly database: Database["kind"];
  /** Events a second, over HTTP, each answered once durable. */
  readonly overHttp: Spread;
  /** The same rows in the same batches, straight into the same tables: inserted, and copied. */
  readonly inserted: Spread;
  readonly copied: Spread;
  /** Events a second over HTTP ÷ rows a second straight, turn by turn. */
  readonly ratio: Spread;
  readonly ratioToCopied: Spread;
  /** Microseconds of processor time an event, of this process (the sender's included) and of the server's. */
  readonly cpuMicros: {
    readonly overHttp: Spread;
    readonly inserted: Spread;
    readonly copied: Spread;
  };
}

/** How long something took, and how much processor time. */
interface Took {
  readonly ms: number;
  readonly cpuMs: number;
}

interface SentEvent {
  readonly type: "track";
  readonly messageId: string;
  readonly userId: string;
  readonly event: string;
  readonly timestamp: string;
  readonly properties: { readonly [key: string]: string | number | boolean };
}

/**
 * Tracked events of known users come in over HTTP in batches by several clients at once; the
 * same rows (event, message id) are then written straight to the same database, one
 * transaction a batch, nothing looked up: by INSERT, and by COPY, which is the least that a
 * database can do. In turns, so that what else the machine does falls on all.
 */
export async function benchIngest(
  open: OpenDatabase,
  options: IngestOptions,
): Promise<IngestFigures> {
  const base = Date.now();
  const meter = await meterOf(open);
  const key = await prepare(open, options, base);
  const http: Took[] = [];
  const inserted: Took[] = [];
  const copied: Took[] = [];
  for (let turn = 0; turn <= options.turns; turn++) {
    const batches = batchesOf(`h${turn}`, options, base);
    const overHttp = await sendAll({ open, key, meter }, batches, options, base);
    const straight = { open, meter, clients: options.clients };
    const byInsert = await writeAll(straight, batchesOf(`i${turn}`, options, base), insertRows);
    const byCopy = await writeAll(straight, batchesOf(`c${turn}`, options, base), copyRows);
    // the first turn compiles and warms
    if (turn === 0) continue;
    http.push(overHttp);
    inserted.push(byInsert);
    copied.push(byCopy);
  }
  const rate = ({ ms }: Took): number => Math.round((options.events / ms) * 1000);
  const micros = ({ cpuMs }: Took): number => Math.round((cpuMs / options.events) * 1000);
  const ratioTo = (straight: readonly Took[]): Spread =>
    spread(http.map(({ ms }, turn) => (straight[turn]?.ms ?? Number.NaN) / ms));
  return {
    ...options,
    database: open.databaseUrl === undefined ? "pglite" : "postgres",
    overHttp: spread(http.map(rate)),
    inserted: spread(inserted.map(rate)),
    copied: spread(copied.map(rate)),
    ratio: ratioTo(inserted),
    ratioToCopied: ratioTo(copied),
    cpuMicros: {
      overHttp: spread(http.map(micros)),
      inserted: spread(inserted.map(micros)),
      copied: spread(copied.map(micros)),
    },
  };
}

/** Processor time so far, in ms. */
type Meter = () => number;

async function meterOf({ databaseUrl }: OpenDatabase): Promise<Meter> {
  const server = databaseUrl === undefined ? 0 : await serverOf(databaseUrl);
  return () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000 + (server === 0 ? 0 : serverCpuMs(server));
  };
}

/** Accounts with a user each; a write key. */
async function prepare(
  open: OpenDatabase,
  { accounts, perRequest }: IngestOptions,
  now: number,
): Promise<string> {
  return withServer(open, now, async (url, newKey) => {
    const key = await newKey();
    for (let from = 0; from < accounts; from += perRequest) {
      const batch = Array.from({ length: Math.min(perRequest, accounts - from) }, (_, n) => ({
        type: "group",
        userId: `user-${from + n}`,
        groupId: `account-${from + n}`,
        traits: { name: `Account ${from + n}`, arr: 1000 + n },
      }));
      await post(url, key, JSON.stringify({ batch }));
    }
    return key;
  });
}

function batchesOf(
  run: string,
  { events, accounts, perRequest }: IngestOptions,
  now: number,
): SentEvent[][] {
  const all = Array.from({ length: events }, (_, n): SentEvent => ({
    type: "track",
    messageId: `${run}-0d2b7c9e-4f1a-4c55-${n}`,
    userId: `user-${(n * 7919) % accounts}`,
    event: ["Logged In", "Report Viewed", "Export Started"][n % 3] ?? "",
    timestamp: new Date(now - (n % 86_400) * 1000).toISOString(),
    properties: { plan: "pro", pages: n % 40, beta: n % 2 === 0, path: `/reports/${n % 500}` },
  }));
  const batches: SentEvent[][] = [];
  for (let from = 0; from < events; from += perRequest)
    batches.push(all.slice(from, from + perRequest));
  return batches;
}

/** Does the jobs, so many at a time; answers the milliseconds it took. */
async function timed(jobs: readonly (() => Promise<void>)[], atOnce: number): Promise<number> {
  const waiting = [...jobs];
  const start = performance.now();
  const client = async (): Promise<void> => {
    for (let job = waiting.shift(); job; job = waiting.shift()) await job();
  };
  await Promise.all(Array.from({ length: atOnce }, client));
  return performance.now() - start;
}

async function sendAll(
  {
    open,
    key,
    meter,
  }: { readonly open: OpenDatabase; readonly key: string; readonly meter: Meter },
  batches: readonly SentEvent[][],
  { clients }: IngestOptions,
  now: number,
): Promise<Took> {
  const bodies = batches.map((batch) => JSON.stringify({ batch }));
  return withServer(open, now, async (url) => {
    const sender = new Worker(new URL("./send-bodies.mjs", import.meta.url), {
      workerData: { url: url.href, key, clients },
    });
    try {
      // it is up once it answers
      await sent(sender, []);
      const before = meter();
      const ms = await sent(sender, bodies);
      return { ms, cpuMs: meter() - before };
    } finally {
      await sender.terminate();
    }
  });
}

/** Milliseconds until all of them were answered. */
async function sent(sender: Worker, bodies: readonly string[]): Promise<number> {
  const answer = once(sender, "message");
  sender.postMessage(bodies);
  const [{ ms, problem }] = (await answer) as [{ ms?: number; problem?: string }];
  if (ms === undefined) throw new Error(problem);
  return ms;
}

async function withServer<T>(
  open: OpenDatabase,
  now: number,
  use: (url: URL, newKey: () => Promise<string>) => Promise<T>,
): Promise<T> {
  const store = await openStore(open);
  const served = await testAppOver(store, { routes: [ingest], now });
  try {
    await served.app.listen({ port: 0, host: "127.0.0.1" });
    const { port } = served.app.server.address() as AddressInfo;
    const newKey = async (): Promise<string> => (await served.newKey("write")).secret;
    return await use(new URL(`http://127.0.0.1:${port}/v1/batch`), newKey);
  } finally {
    await served.close();
  }
}

const agent = new http.Agent({ keepAlive: true });

function post(url: URL, key: string, body: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const authorization = `Basic ${btoa(`${key}:`)}`;
    const headers = { authorization, "content-type": "application/json" };
    const request = http.request(url, { method: "POST", agent, headers }, (answer) => {
      answer.resume();
      answer.once("end", () => {
        if (answer.statusCode === 200) resolve();
        else reject(new Error(`the server answered ${answer.statusCode}`));
      });
    });
    request.once("error", reject);
    request.end(body);
  });
}

const MESSAGE = { table: "message", columns: { bucket: "int2", id: "text", hash: "bytea" } };
const EVENT = {
  table: "event",
  columns: {
    bucket: "int2",
    account: "text",
    id: "text",
    name: "text",
    at: "timestamptz",
    user_id: "text",
    properties: "jsonb",
    outcome: "jsonb",
    engine: "bool",
    pending: "bool",
    arrived: "timestamptz",
  },
};

/** Rows of one table, values in the order of its columns. */
type WriteRows = (
  tx: Session,
  into: { readonly table: string; readonly columns: Readonly<Record<string, string>> },
  rows: readonly Param[][],
) => Promise<unknown>;

const copyRows: WriteRows = (tx, { table, columns }, rows) =>
  tx.copy(table, Object.keys(columns), rows);

const insertRows: WriteRows = (tx, { table, columns }, rows) => {
  const types = Object.values(columns);
  const arrays = types.map((type, index) => `$${index + 1}::${type}[]`);
  return tx.q(
    `INSERT INTO ${table} (${Object.keys(columns).join(", ")}) SELECT * FROM unnest(${arrays.join(", ")})`,
    types.map((_, index) => rows.map((row) => row[index] ?? null)),
  );
};

async function writeAll(
  {
    open,
    meter,
    clients,
  }: { readonly open: OpenDatabase; readonly meter: Meter; readonly clients: number },
  batches: readonly SentEvent[][],
  write: WriteRows,
): Promise<Took> {
  const db = await openDatabase(open);
  try {
    const arrived = new Date();
    const rows = batches.map((batch) => batch.map((event) => eventRow(event, arrived)));
    const ids = batches.map((batch) => batch.map((event) => messageRow(event)));
    const before = meter();
    const ms = await timed(
      rows.map((events, index) => async () => {
        await db.tx(async (tx) => {
          await write(tx, MESSAGE, ids[index] ?? []);
          await write(tx, EVENT, events);
        });
      }),
      clients,
    );
    return { ms, cpuMs: meter() - before };
  } finally {
    await db.close();
  }
}

function eventRow(event: SentEvent, arrived: Date): Param[] {
  const account = event.userId.replace("user", "account");
  const { messageId, event: name, timestamp, userId, properties } = event;
  const at = new Date(timestamp);
  return [
    bucketOf(account),
    account,
    messageId,
    name,
    at,
    userId,
    properties,
    null,
    false,
    false,
    arrived,
  ];
}

function messageRow({ messageId }: SentEvent): Param[] {
  return [bucketOf(messageId), messageId, new Uint8Array(16)];
}
