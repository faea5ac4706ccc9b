import crypto from "node:crypto";
import fs from "node:fs";
import net from "node:net";
import { text } from "node:stream/consumers";
import pg from "pg";
import { inject } from "vitest";
import type { Database } from "../db/database.ts";
import { openDatabase } from "../db/open-database.ts";
import { migrate } from "../migrate.ts";
import type { Shared } from "./global-setup.ts";

export type Engine = Database["kind"];

/** Every test of the store runs on each of these. */
export const ENGINES: readonly Engine[] = ["pglite", "postgres"];

/** A new database: in memory, or one of its own on the run's Postgres server; without a schema. */
export async function openTestDatabase(engine: Engine): Promise<Database> {
  return engine === "pglite"
    ? openDatabase({ data: "memory://" })
    : openDatabase({ databaseUrl: await newPostgresDatabase() });
}

/** The same with the store's schema. */
export async function openMigratedDatabase(engine: Engine): Promise<Database> {
  const db =
    engine === "pglite"
      ? await openDatabase({ data: "memory://", template: await storeTemplate() })
      : await openTestDatabase(engine);
  await migrate(db);
  return db;
}

/** The address of a new empty database on the run's Postgres server. */
export async function newPostgresDatabase(): Promise<string> {
  const server = await shared("postgres");
  const name = `test_${crypto.randomBytes(6).toString("hex")}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
  await client.end();
  return server.replace(/\/postgres$/, `/${name}`);
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
