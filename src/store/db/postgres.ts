import pg from "pg";
import { from as copyFrom, to as copyTo } from "pg-copy-streams";
import { pipeline } from "node:stream/promises";
import { Readable } from "node:stream";
import { StoreError } from "../store-error.ts";
import { DatabaseError, describeFailure } from "./database-error.ts";
import type { CsvChunks, Database, Param, Row, Rows, Session } from "./database.ts";
import { copyInSql, copyOutSql } from "./copy-sql.ts";
import { parserOf } from "./parse-value.ts";
import { PostgresListener } from "./postgres-listener.ts";
import { csvChunks, encodeParam } from "./send-value.ts";
import { serverPlace } from "./server-place.ts";
import { runTransaction } from "./transaction.ts";
import { TransactionGuard } from "./transaction-guard.ts";

const OLDEST_SERVER = 15;

export interface PostgresOptions {
  readonly url: string;
  /** Most connections at a time; default 10. */
  readonly max?: number;
}

/** Connects to a server and checks that it can be used. Throws a StoreError when not. */
export async function openPostgres(options: PostgresOptions): Promise<Database> {
  const where = serverPlace(options.url);
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.max ?? 10,
    connectionTimeoutMillis: 15_000,
    keepAlive: true,
    application_name: "touchstone",
    types: { getTypeParser: parserOf as typeof pg.types.getTypeParser },
  });
  // A connection that breaks while idle leaves the pool by itself; whoever needs the server
  // next gets the error. Without a listener it would end the process.
  pool.on("error", () => undefined);
  try {
    await checkServer(pool, where);
    return postgresDatabase(pool, where, await isSpread(pool, where));
  } catch (error) {
    await pool.end();
    throw error;
  }
}

async function checkServer(pool: pg.Pool, where: string): Promise<void> {
  const result = await pool
    .query<{ version: string; encoding: string }>(
      "SELECT current_setting('server_version_num') AS version, current_setting('server_encoding') AS encoding",
    )
    .catch((error: unknown) => {
      throw unreachable(where, error);
    });
  const found = result.rows[0];
  const major = Math.floor(Number(found?.version) / 10_000);
  if (major < OLDEST_SERVER) {
    throw new StoreError(
      "database-too-old",
      `the Postgres server at ${where} is version ${major}; ${OLDEST_SERVER} or newer is needed`,
      "use a newer server, or leave DATABASE_URL out to use the embedded database",
    );
  }
  if (found?.encoding !== "UTF8") {
    throw new StoreError(
      "database-not-utf8",
      `the database at ${where} has the encoding ${found?.encoding}; UTF8 is needed`,
      "create the database with: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0",
    );
  }
}

/** Whether the accounts lie on the servers of a Citus cluster. Nothing changes that while the program runs. */
async function isSpread(pool: pg.Pool, where: string): Promise<boolean> {
  const known = await pool.query(
    "SELECT 1 WHERE to_regclass('pg_catalog.pg_dist_partition') IS NOT NULL",
  );
  if (known.rowCount === 0) return false;
  const own = await pool.query<{ groupid: number }>(
    "SELECT groupid FROM pg_catalog.pg_dist_local_group",
  );
  if ((own.rows[0]?.groupid ?? 0) !== 0) throw notTheCoordinator(where);
  const found = await pool.query(
    "SELECT 1 FROM pg_catalog.pg_dist_partition WHERE logicalrelid = to_regclass('account')",
  );
  return found.rowCount === 1;
}

function notTheCoordinator(where: string): StoreError {
  return new StoreError(
    "not-the-coordinator",
    `the Postgres server at ${where} is a worker of a Citus cluster`,
    "give the address of the cluster's coordinator: it knows where rows are, and gives them the numbers that order them",
  );
}

interface Connection {
  readonly client: pg.PoolClient;
  failed(error: unknown): void;
  giveBack(): void;
}

/** A connection of the pool; one that broke, or that nobody knows the state of, is not used again. */
async function takeConnection(pool: pg.Pool, where: string): Promise<Connection> {
  const client = await pool.connect().catch((error: unknown) => {
    throw unreachable(where, error);
  });
  let isBroken = false;
  // What breaks between two statements shows in the next; unheard it would end the process.
  const onError = (): void => void (isBroken = true);
  client.on("error", onError);
  return {
    client,
    failed(error) {
      isBroken ||= !(error instanceof DatabaseError);
    },
    giveBack() {
      client.off("error", onError);
      client.release(isBroken);
    },
  };
}

function unreachable(where: string, cause: unknown): StoreError {
  return new StoreError(
    "database-unreachable",
    `the Postgres server at ${where} cannot be used: ${describeFailure(cause).message || "no answer"}`,
    "check DATABASE_URL, that the server runs, and that the user may connect to this database",
    { cause },
  );
}

function postgresDatabase(pool: pg.Pool, where: string, spread: boolean): Database {
  const guard = new TransactionGuard();
  const listener = new PostgresListener(pool);

  async function onConnection<T>(use: (session: Session) => Promise<T>): Promise<T> {
    const connection = await takeConnection(pool, where);
    try {
      return await use(clientSession(connection.client, where, spread));
    } catch (error) {
      connection.failed(error);
      throw error;
    } finally {
      connection.giveBack();
    }
  }

  const tx: Database["tx"] = async (fn, options) => {
    guard.refuseInside("tx");
    return onConnection((connection) => guard.run(() => runTransaction(connection, fn, options)));
  };

  return {
    kind: "postgres",
    isSpread: spread,
    async q<T = Row>(sql: string, params?: readonly Param[]) {
      guard.refuseInside("q");
      return onConnection((session) => session.q<T>(sql, params));
    },
    async exec(sql) {
      guard.refuseInside("exec");
      return onConnection((session) => session.exec(sql));
    },
    copy: (table, columns, rows) => tx((session) => session.copy(table, columns, rows)),
    copyCsv: (table, columns, chunks) => tx((session) => session.copyCsv(table, columns, chunks)),
    async *copyOut(query) {
      guard.refuseInside("copyOut");
      const connection = await takeConnection(pool, where);
      try {
        yield* clientSession(connection.client, where, spread).copyOut(query);
      } finally {
        // Whoever stopped reading leaves it in the middle of an answer.
        connection.failed(undefined);
        connection.giveBack();
      }
    },
    tx,
    async listen(channel, fn) {
      guard.refuseInside("listen");
      return listener.listen(channel, fn);
    },
    async maintain() {
      // The server's autovacuum does it.
    },
    async close() {
      await listener.close();
      await pool.end();
    },
  };
}

function clientSession(client: pg.PoolClient, where: string, spread: boolean): Session {
  async function run<T>(sql: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw explain(error, sql, where);
    }
  }

  async function copyCsv(
    table: string,
    columns: readonly string[],
    chunks: CsvChunks,
  ): Promise<number> {
    const sql = copyInSql(table, columns, "STDIN");
    const stream = client.query(copyFrom(sql));
    await run(sql, () => pipeline(Readable.from(chunks), stream));
    return stream.rowCount ?? 0;
  }

  return {
    isSpread: spread,
    async q<T = Row>(sql: string, params: readonly Param[] = []) {
      const result = await run(sql, () => client.query(sql, params.map(encodeParam)));
      return result.rows as T[];
    },
    async exec(sql) {
      await run(sql, () => client.query(sql));
    },
    copy: (table: string, columns: readonly string[], rows: Rows) =>
      copyCsv(table, columns, csvChunks(rows)),
    copyCsv,
    async *copyOut(query) {
      const sql = copyOutSql(query, "STDOUT");
      try {
        yield* client.query(copyTo(sql)) as AsyncIterable<Uint8Array>;
      } catch (error) {
        throw explain(error, sql, where);
      }
    },
  };
}

/** Class 57P: the server ended the connection. */
const ENDED = /^57P/;
/** What pg says without a code of a connection that broke during a statement, or just before it. */
const GONE = /connection terminated|not queryable/i;
const LOST = new Set(["ECONNRESET", "ECONNREFUSED", "EPIPE", "ETIMEDOUT", "ENOTFOUND"]);

/** Postgres's own word about a statement, a lost server, or whatever else it was (a row's source). */
function explain(error: unknown, sql: string, where: string): unknown {
  const failure = describeFailure(error);
  const code = failure.code ?? "";
  const isLost = ENDED.test(code) || LOST.has(code) || GONE.test(failure.message);
  if (isLost) return unreachable(where, error);
  return error instanceof pg.DatabaseError
    ? new DatabaseError(failure, sql, { cause: error })
    : error;
}
