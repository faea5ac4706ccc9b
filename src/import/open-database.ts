import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance, type DuckDBValue } from "@duckdb/node-api";
import { formatDay } from "../core/time/day.ts";
import { literal } from "./sql-text.ts";
import type { OpenOptions } from "./types.ts";

/** A DuckDB of one import: in memory up to its limit, beyond it in a temporary folder. */
export interface Database {
  readonly instance: DuckDBInstance;
  readonly connection: DuckDBConnection;
  rows(sql: string): Promise<Record<string, DuckDBValue>[]>;
  /** From here on no file, no network and no setting can be reached by any SQL. */
  lock(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Extensions are never fetched or loaded from disk: an import file is SQL that somebody wrote,
 * and reading the files it names is all it may do with the machine.
 */
export async function openDatabase(options: OpenOptions, zone: string): Promise<Database> {
  const scratch = await mkdtemp(join(tmpdir(), "touchstone-import-"));
  const instance = await DuckDBInstance.create(":memory:", {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    allow_community_extensions: "false",
    memory_limit: options.memoryLimit ?? "1GB",
    threads: String(options.threads ?? 2),
    temp_directory: scratch,
  });
  const connection = await instance.connect();
  // Casts between days and instants in the import's own SQL go by the same zone as ours.
  await connection.run(`set TimeZone = ${literal(zone)}`);
  await connection.run(`set variable today = date ${literal(formatDay(options.today))}`);
  await connection.run("create schema imported");
  return {
    instance,
    connection,
    rows: async (sql) => (await connection.runAndReadAll(sql)).getRowObjects(),
    lock: async () => {
      // With several threads a join's rows come in another order each time: row numbers of
      // rejects, and which of two equal rows is the last, would not be the same twice.
      await connection.run("set threads = 1");
      await connection.run("set enable_external_access = false");
      await connection.run("set lock_configuration = true");
    },
    close: async () => {
      connection.closeSync();
      instance.closeSync();
      await rm(scratch, { recursive: true, force: true });
    },
  };
}
