// `npm run bench -- store-pass [accounts] [pglite|postgres]`: every account on a new day, from the database and back.
import { loadavg } from "node:os";
import type { EngineContext } from "../src/engine/context.ts";
import { decidingJobs } from "../src/engine/deciding-jobs.ts";
import { Worker } from "../src/engine/worker.ts";
import type { Store } from "../src/engine/ports.ts";
import { type OpenDatabase, openDatabase } from "../src/store/db/open-database.ts";
import { openStore } from "../src/store/index.ts";
import { type BareFigures, scanBare, takeChanges, writeBare } from "./bare-store.ts";
import { type BookServer, startBookServer } from "./book-server.ts";
import { makeCopiedBook } from "./copied-book.ts";
import { PLAN_BOOK_NOW } from "./plan-book.ts";
import { type Spread, spread } from "./timing.ts";

export interface StorePassFigures {
  readonly engine: Store["kind"];
  readonly accounts: number;
  readonly turns: number;
  /** Rows and bytes that a pass reads, and those that it writes. */
  readonly read: { readonly rows: number; readonly bytes: number };
  readonly written: { readonly rows: number; readonly bytes: number };
  readonly ms: { readonly scan: Spread; readonly pass: Spread; readonly writes: Spread };
  /** Of this process (the embedded database's included) and of the server's processes. */
  readonly cpuMs: { readonly scan: Spread; readonly pass: Spread; readonly writes: Spread };
  readonly accountsPerSecond: Spread;
  /** The pass ÷ (bare scan + bare writes), turn by turn. */
  readonly ratio: Spread;
  readonly cpuRatio: Spread;
  readonly peakMb: number;
  readonly load: number;
}

export interface StorePassOptions {
  readonly engine: Store["kind"];
  readonly accounts: number;
  readonly turns: number;
}

interface Turn {
  readonly scan: BareFigures;
  readonly pass: BareFigures;
  readonly writes: BareFigures;
}

/** Accounts below which a turn is taken beforehand. */
const SHORT = 50_000;

/** The day after the book was decided, ten in the morning. */
const NEXT_DAY = PLAN_BOOK_NOW + 86_400_000;

/**
 * Each turn has two fresh copies of the book. In one its rows are read bare (COPY of the columns
 * that deciding reads), and then a worker's own midnight job takes every account to the next day.
 * What that changed is written bare into the other: staged by COPY, one statement a table.
 */
export async function measureStorePass(
  { engine, accounts, turns }: StorePassOptions,
  say: (text: string) => void,
): Promise<StorePassFigures> {
  const server = await startBookServer(engine);
  try {
    await server.make((open) => makeCopiedBook(open, accounts, say));
    const all: Turn[] = [];
    // compiles and warms, which in a long pass is a small part
    const warmUps = accounts < SHORT ? 1 : 0;
    for (let turn = 1 - warmUps; turn <= turns; turn++) {
      const one = await takeTurn(server, accounts);
      say(
        `turn ${turn}: scan ${one.scan.ms}, pass ${one.pass.ms}, writes ${one.writes.ms} ms; processor ${one.scan.cpuMs}, ${one.pass.cpuMs}, ${one.writes.cpuMs} ms`,
      );
      if (turn > 0) all.push(one);
    }
    return figuresOf(engine, accounts, all);
  } finally {
    await server.stop();
  }
}

async function takeTurn(server: BookServer, accounts: number): Promise<Turn> {
  const changes = server.scratch();
  const { scan, pass } = await server.withCopy(async (open) => {
    const scanned = await server.timed(open, scanBare);
    const mark = await markOf(open);
    const passed = await server.timed(open, async (at) => {
      const decided = await passOf(at, NEXT_DAY);
      if (decided !== accounts) throw new Error(`the pass decided ${decided} of ${accounts}`);
      return { rows: decided, bytes: 0 };
    });
    await takeChanges(open, mark, changes);
    return { scan: scanned, pass: passed };
  });
  const writes = await server.withCopy((open) =>
    server.timed(open, (at) => writeBare(at, changes)),
  );
  return { scan, pass, writes };
}

/** The number of the transaction that comes next: rows with a higher one are changed rows. */
async function markOf(open: OpenDatabase): Promise<number> {
  const db = await openDatabase(open);
  try {
    const [found] = await db.q<{ mark: number }>("SELECT pg_current_xact_id()::text::int8 AS mark");
    return found?.mark ?? Number.NaN;
  } finally {
    await db.close();
  }
}

/** The midnight job as a worker does it, from opening the store on; answers how many it decided. */
export async function passOf(open: OpenDatabase, now: number): Promise<number> {
  const store = await openStore(open);
  const context: EngineContext = { store, clock: () => now, actor: null };
  try {
    const jobs = decidingJobs({ spreadMs: 1 }).filter(({ name }) => name === "midnight");
    return await new Worker({
      context,
      id: "bench",
      jobs,
      onError: (job, error) => {
        throw new Error(`the job ${job} failed`, { cause: error });
      },
    }).drain();
  } finally {
    await store.close();
  }
}

function figuresOf(
  engine: Store["kind"],
  accounts: number,
  turns: readonly Turn[],
): StorePassFigures {
  const of = (what: (turn: Turn) => number): Spread => spread(turns.map(what));
  const each = (what: "ms" | "cpuMs") => ({
    scan: of(({ scan }) => scan[what]),
    pass: of(({ pass }) => pass[what]),
    writes: of(({ writes }) => writes[what]),
  });
  const [first] = turns;
  if (!first) throw new Error("no turn was taken");
  return {
    engine,
    accounts,
    turns: turns.length,
    read: { rows: first.scan.rows, bytes: first.scan.bytes },
    written: { rows: first.writes.rows, bytes: first.writes.bytes },
    ms: each("ms"),
    cpuMs: each("cpuMs"),
    accountsPerSecond: of(({ pass }) => Math.round((accounts / pass.ms) * 1000)),
    ratio: of(({ scan, pass, writes }) => pass.ms / (scan.ms + writes.ms)),
    cpuRatio: of(({ scan, pass, writes }) => pass.cpuMs / (scan.cpuMs + writes.cpuMs)),
    peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
  };
}
