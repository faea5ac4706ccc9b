import fs from "node:fs";
import net from "node:net";
import { text } from "node:stream/consumers";
import { inject } from "vitest";
import type { Database } from "../db/database.ts";
import { openDatabase } from "../db/open-database.ts";
import { migrate } from "../migrate.ts";
import { CITUS_URL } from "./citus-cluster.ts";
import { createDatabase } from "./postgres-server.ts";
import type { Shared } from "./global-setup.ts";

/** Citus is Postgres, too, with its tables spread over servers. */
export type Engine = Database["kind"] | "citus";

/** Where a cluster is there for tests. */
export const CITUS: readonly Engine[] = CITUS_URL === undefined ? [] : ["citus"];

/** Every test of the store runs on each of these. */
export const ENGINES: readonly Engine[] = ["pglite", "postgres", ...CITUS];

/**
 * For tests of the engine, which knows no SQL: the store's and the server's own suites hold both
 * databases to the same answers. The soak runs these on both, too.
 */
export const ENGINES_OF_ENGINE: readonly Engine[] =
  process.env["TOUCHSTONE_RUNS"] === undefined ? ["postgres", ...CITUS] : ENGINES;

/** A new database: in memory, or one of its own on the run's Postgres server; without a schema. */
export async function openTestDatabase(engine: Engine): Promise<Database> {
  return engine === "pglite"
    ? openDatabase({ data: "memory://" })
    : openDatabase({ databaseUrl: await newServerDatabase(engine) });
}

/** The same with the store's schema. */
export async function openMigratedDatabase(engine: Engine): Promise<Database> {
  const db =
    engine === "pglite"
      ? await openDatabase({ data: "memory://", template: await storeTemplate() })
      : await openDatabase({ databaseUrl: await newServerStore(engine) });
  await migrate(db);
  return db;
}

/** The address of the run's Postgres server. */
export function postgresServer(): Promise<string> {
  return shared("postgres");
}

/** The address of a new empty database on the run's Postgres server. */
export async function newPostgresDatabase(): Promise<string> {
  return createDatabase(await postgresServer(), "template0");
}

/** The same with the store's schema: a copy of one that was migrated before. */
export async function newPostgresStore(): Promise<string> {
  return createDatabase(await postgresServer(), await shared("postgres-schema"));
}

/** The address of a new empty database, on the cluster where that is asked for. */
export async function newServerDatabase(engine: Engine): Promise<string> {
  return engine === "citus" ? shared("citus-database") : newPostgresDatabase();
}

/** The same with the store's schema. */
export function newServerStore(engine: Engine): Promise<string> {
  return engine === "citus" ? shared("citus-schema") : newPostgresStore();
}

/** An empty embedded database with the schema, to start new ones from. */
export async function storeTemplate(): Promise<Uint8Array> {
  return fs.readFileSync(await storeTemplateFile());
}

export function storeTemplateFile(): Promise<string> {
  return shared("template");
}

async function shared(wanted: Shared): Promise<string> {
  const socket = net.connect(inject("sharedForTests"), "127.0.0.1");
  socket.write(wanted);
  const answer = JSON.parse(await text(socket)) as { value?: string; problem?: string };
  if (answer.value === undefined) throw new Error(answer.problem);
  return answer.value;
}
