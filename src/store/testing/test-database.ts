import crypto from "node:crypto";
import net from "node:net";
import { text } from "node:stream/consumers";
import pg from "pg";
import { inject } from "vitest";
import type { Database } from "../db/database.ts";
import { openDatabase } from "../db/open-database.ts";

export type Engine = Database["kind"];

/** Every test of the store runs on each of these. */
export const ENGINES: readonly Engine[] = ["pglite", "postgres"];

/** A new, empty database: in memory, or one of its own on the run's Postgres server. */
export async function openTestDatabase(engine: Engine): Promise<Database> {
  return engine === "pglite"
    ? openDatabase({ data: "memory://" })
    : openDatabase({ databaseUrl: await newPostgresDatabase() });
}

/** The address of a new empty database on the run's Postgres server. */
export async function newPostgresDatabase(): Promise<string> {
  const server = await serverUrl();
  const name = `test_${crypto.randomBytes(6).toString("hex")}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
  await client.end();
  return server.replace(/\/postgres$/, `/${name}`);
}

async function serverUrl(): Promise<string> {
  const socket = net.connect(inject("postgresOnDemand"), "127.0.0.1");
  const answer = JSON.parse(await text(socket)) as { url?: string; problem?: string };
  if (answer.url === undefined) throw new Error(answer.problem);
  return answer.url;
}
