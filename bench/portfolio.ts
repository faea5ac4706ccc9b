import { mkdtempSync, rmSync } from "node:fs";
import os, { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { bookViewOf } from "../src/engine/book-view/book-view-of.ts";
import { portfolioPage, type PortfolioQuery } from "../src/engine/book-view/portfolio-page.ts";
import type { EngineContext } from "../src/engine/context.ts";
import type { Database } from "../src/store/db/database.ts";
import { openDatabase, type OpenDatabase } from "../src/store/db/open-database.ts";
import type { Store } from "../src/engine/ports.ts";
import { storeOver } from "../src/store/index.ts";
import { openPlanBook } from "./plan-book.ts";
import { copyAccounts } from "./portfolio-book.ts";
import { spread, type Spread } from "./timing.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const DECIDED = 2_000;
const TURNS = 5;
const COLUMNS = ["level", "stage", "health", "health_band", "arr", "account.owner", "segments"];

export interface PortfolioFigures {
  readonly engine: Store["kind"];
  readonly accounts: number;
  readonly load: string;
  /** Reading the whole book into memory, once: by the clock, and of this process's processor time. */
  readonly loadMs: number;
  readonly loadCpuMs: number;
  /** Of columns, then with texts and maps, an account. */
  readonly columnBytes: number;
  readonly heapBytes: number;
  /** Asking the database what has moved. */
  readonly lookMs: number;
  readonly parts: readonly {
    readonly what: string;
    readonly api: Spread;
    readonly sql: Spread;
    readonly ratio: Spread;
  }[];
}

interface Part {
  readonly what: string;
  readonly query: (turn: number) => PortfolioQuery;
  readonly where: (turn: number) => string;
  readonly order: string;
}

const ARR = "(s.decision #>> '{facts,arr}')::float8";
const HEALTH = "(s.decision #>> '{health,score}')::float8";
const LEVEL = "s.decision #>> '{level,name}'";
const base = { offset: 0, limit: 100, columns: COLUMNS, order: undefined };

/** Each turn asks something else, so that nothing that was found before is of use. */
const PARTS: readonly Part[] = [
  {
    what: "sort by ARR",
    query: (turn) => ({
      ...base,
      filter: { where: `arr > ${-turn - 1}` },
      order: { column: "arr", descending: true },
    }),
    where: (turn) => `${ARR} > ${-turn - 1}`,
    order: `${ARR} DESC NULLS LAST, a.id`,
  },
  {
    what: "sort by name",
    query: (turn) => ({
      ...base,
      filter: { where: `arr > ${-turn - 20}` },
      order: { column: "account.name", descending: false },
    }),
    where: (turn) => `${ARR} > ${-turn - 20}`,
    order: "lower(a.name) NULLS LAST, a.id",
  },
  {
    what: "filter by a rule",
    query: (turn) => ({ ...base, filter: { where: `health < 70 && arr >= ${turn * 10}` } }),
    where: (turn) => `${HEALTH} < 70 AND ${ARR} >= ${turn * 10}`,
    order: "a.id",
  },
  {
    what: "filter by level, sort by health",
    query: (turn) => ({
      ...base,
      filter: { levels: ["high"], where: `health >= ${turn}` },
      order: { column: "health", descending: false },
    }),
    where: (turn) => `${LEVEL} = 'high' AND ${HEALTH} >= ${turn}`,
    order: `${HEALTH} NULLS LAST, a.id`,
  },
];

/** Sort and filter of a large book, against the database's own query for the same, in turns. */
export async function measurePortfolio(
  accounts: number,
  kept: OpenDatabase | undefined,
  say: (text: string) => void,
): Promise<PortfolioFigures> {
  if (kept) return measureKept(kept, say);
  const data = mkdtempSync(join(tmpdir(), "portfolio-bench-"));
  try {
    const made = await openPlanBook({ data }, Math.min(DECIDED, accounts), say);
    await made.store.close();
    const db = await openDatabase({ data });
    try {
      await copyAccounts(db, Math.max(1, Math.round(accounts / DECIDED)), say);
      await db.q("ANALYZE");
      const store = storeOver(db, data);
      return await measure({ store, clock: made.clock, actor: null }, db);
    } finally {
      await db.close();
    }
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

/** A book that was made before; nothing in it is changed but its schema and statistics. */
async function measureKept(
  kept: OpenDatabase,
  say: (text: string) => void,
): Promise<PortfolioFigures> {
  // which migrates it
  const context = await openPlanBook(kept, 0, say);
  await context.store.close();
  const db = await openDatabase(kept);
  try {
    await db.q("ANALYZE");
    const store = storeOver(db, "data" in kept ? (kept.data ?? "") : "");
    return await measure({ store, clock: context.clock, actor: null }, db);
  } finally {
    await db.close();
  }
}

async function measure(context: EngineContext, db: Database): Promise<PortfolioFigures> {
  const before = await memory();
  const began = performance.now();
  const cpu = process.cpuUsage();
  const book = await bookViewOf(context).now();
  const loadMs = Math.round(performance.now() - began);
  const { user, system } = process.cpuUsage(cpu);
  const after = await memory();
  const look = await timed(() => context.store.reading.bookMarks());
  const parts = [];
  for (const part of PARTS) parts.push(await measurePart(context, db, part));
  return {
    engine: db.kind,
    accounts: book.accounts,
    load: os.loadavg()[0]?.toFixed(1) ?? "",
    loadMs,
    loadCpuMs: Math.round((user + system) / 1_000),
    columnBytes: Math.round(book.bytes / book.accounts),
    heapBytes: Math.round((after - before) / book.accounts),
    lookMs: Math.round(look),
    parts,
  };
}

async function measurePart(
  context: EngineContext,
  db: Database,
  { what, query, where, order }: Part,
): Promise<PortfolioFigures["parts"][number]> {
  const api: number[] = [];
  const sql: number[] = [];
  for (let turn = 0; turn <= TURNS; turn++) {
    const page = await timedWith(() => portfolioPage(context, query(turn)));
    const bare = await timedWith(() => bareQuery(db, where(turn), order));
    if (page.value.total !== bare.value.total)
      throw new Error(`${what}: ${page.value.total} against ${bare.value.total}`);
    // the first turn compiles
    if (turn === 0) continue;
    api.push(page.ms);
    sql.push(bare.ms);
  }
  const ratios = api.map((ms, turn) => ms / (sql[turn] ?? Number.NaN));
  return { what, api: spread(api), sql: spread(sql), ratio: spread(ratios) };
}

/** A hundred rows, and how many there are and what they are worth: in one statement. */
async function bareQuery(db: Database, where: string, order: string): Promise<{ total: number }> {
  const rows = await db.q<{ total: number }>(
    `SELECT a.id, a.name, a.owner, ${LEVEL} AS level, s.decision #>> '{stage,name}' AS stage,
       ${HEALTH} AS health, ${ARR} AS arr, (count(*) OVER ())::int4 AS total, sum(${ARR}) OVER () AS revenue
     FROM account a JOIN account_state s ON s.bucket = a.bucket AND s.account = a.id
     WHERE s.decision IS NOT NULL AND ${where} ORDER BY ${order} LIMIT 100`,
  );
  return { total: rows[0]?.total ?? 0 };
}

/** In use once what is no longer needed is gone: V8 is told to look. */
async function memory(): Promise<number> {
  for (let turn = 0; turn < 3; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    collect();
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  return (await timedWith(run)).ms;
}

async function timedWith<T>(run: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const start = performance.now();
  const value = await run();
  return { ms: performance.now() - start, value };
}
