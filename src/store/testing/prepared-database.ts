import pg from "pg";
import { createDatabase } from "./postgres-server.ts";
import { newPostgresStore, postgresServer } from "./test-database.ts";

/** Only one test at a time makes a database for the others of its run. */
const LOCK = 20_261;

/**
 * A database of one's own on the run's Postgres server, the copy of one with the schema that
 * `fill` has filled: once a run, by whoever is the first to ask for that name.
 */
export async function copyOfPrepared(
  name: string,
  fill: (databaseUrl: string) => Promise<void>,
): Promise<string> {
  const server = await postgresServer();
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [LOCK]);
    const made = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name]);
    if (made.rowCount === 0) {
      const url = await newPostgresStore();
      await fill(url);
      await client.query(`ALTER DATABASE ${new URL(url).pathname.slice(1)} RENAME TO ${name}`);
    }
  } finally {
    // which gives the lock back
    await client.end();
  }
  return createDatabase(server, name);
}
