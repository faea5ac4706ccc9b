import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { DuckDBInstance } from "@duckdb/node-api";
import { PGlite } from "@electric-sql/pglite";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { startTestServer } from "../../src/store/testing/postgres-server.ts";
import type { RuleEngine } from "./engine.ts";
import { ANSWER_ALL, answersOf, COUNT_ALL, CREATE_TABLE, SUM_ALL } from "./sql-text.ts";

interface AnswerRow {
  readonly answers: string;
}

/** One thread, in memory; `sum(case …)` is the fastest of the forms that were tried. */
export async function duckDb(csv: string): Promise<RuleEngine> {
  const folder = mkdtempSync(path.join(tmpdir(), "touchstone-bench-"));
  const file = path.join(folder, "facts.csv");
  const instance = await DuckDBInstance.create(":memory:");
  const db = await instance.connect();
  try {
    writeFileSync(file, csv);
    await db.run("set threads=1");
    await db.run(CREATE_TABLE);
    await db.run(`copy facts from '${file.replaceAll("'", "''")}' (header false)`);
  } finally {
    rmSync(folder, { recursive: true });
  }
  return {
    name: "DuckDB, one thread",
    over: "book",
    run: async () => {
      await db.run(SUM_ALL);
    },
    answers: async () => {
      const [column = []] = (await db.runAndReadAll(ANSWER_ALL)).getColumnsJS();
      return answersOf(column as string[]);
    },
    close: () => {
      db.closeSync();
      instance.closeSync();
    },
  };
}

export async function pglite(csv: string): Promise<RuleEngine> {
  const db = await PGlite.create();
  await db.exec(CREATE_TABLE);
  await db.query("copy facts from '/dev/blob' csv", [], { blob: new Blob([csv]) });
  await db.exec("vacuum analyze facts");
  return {
    name: "PGlite",
    over: "book",
    run: async () => {
      await db.query(COUNT_ALL);
    },
    answers: async () => {
      const { rows } = await db.query<AnswerRow>(ANSWER_ALL);
      return answersOf(rows.map(({ answers }) => answers));
    },
    close: () => db.close(),
  };
}

/** One process of it: `max_parallel_workers_per_gather = 0`. */
export async function postgres(csv: string): Promise<RuleEngine> {
  const server = await startTestServer();
  const client = new pg.Client(server.url);
  await client.connect();
  await client.query(CREATE_TABLE);
  await pipeline(Readable.from([csv]), client.query(copyFrom("copy facts from stdin csv")));
  await client.query("vacuum analyze facts");
  await client.query("set max_parallel_workers_per_gather = 0");
  const { rows } = await client.query<{ pid: number }>("select pg_backend_pid() as pid");
  let before = processorMs(rows[0]?.pid ?? 0);
  return {
    name: "Postgres, one process",
    over: "book",
    run: async () => {
      await client.query(COUNT_ALL);
    },
    answers: async () => {
      const found = await client.query<AnswerRow>(ANSWER_ALL);
      return answersOf(found.rows.map(({ answers }) => answers));
    },
    elsewhere: () => {
      const now = processorMs(rows[0]?.pid ?? 0);
      const used = now - before;
      before = now;
      return Promise.resolve(used);
    },
    close: async () => {
      await client.end();
      await server.stop();
    },
  };
}

/** Linux counts the processor time of a process in hundredths of a second. */
const TICK_MS = 10;

/** User and system time of a process so far. Where there is no /proc, none: see docs/performance.md. */
function processorMs(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
  } catch {
    return Number.NaN;
  }
}
