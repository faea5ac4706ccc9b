import fs from "node:fs";
import { copyInSql, copyOutSql } from "./copy-sql.ts";
import { openDataFolder } from "./data-folder.ts";
import type { CsvChunks, Database, Param, Row, Rows, Session } from "./database.ts";
import { csvChunks, encodeParam } from "./send-value.ts";
import { TransactionGuard } from "./transaction-guard.ts";
import { runTransaction } from "./transaction.ts";
import { vacuumWhatChanged } from "./vacuum.ts";
import { WorkerThread } from "./worker-thread.ts";

export interface PgliteOptions {
  /** The data folder; undefined: in memory, gone when closed. */
  readonly folder: string | undefined;
  /** A gzipped tar of a database to start a new one from. */
  readonly template?: Uint8Array | undefined;
  /** How often to look whether something wants vacuuming; default every minute. */
  readonly vacuumEveryMs?: number;
}

export interface EmbeddedDatabase extends Database {
  readonly kind: "pglite";
  /** A gzipped tar of the whole database, to start others from. */
  dump(): Promise<Uint8Array>;
  /** How many times a file has been forced to the disk so far. */
  fsyncs(): Promise<number>;
}

/** PGlite copies a whole blob at a time: enough for speed, little for memory. */
const COPY_BYTES = 8 << 20;

/** Opens the embedded database. Throws a StoreError when the folder cannot be used. */
export async function openPglite(options: PgliteOptions): Promise<EmbeddedDatabase> {
  const { template } = options;
  if (options.folder === undefined) {
    const thread = await WorkerThread.start({ folder: undefined, template });
    return embeddedDatabase(thread, options, () => undefined);
  }
  const folder = await openDataFolder(options.folder);
  try {
    const start = template ?? (folder.fresh ? shippedDatabase() : undefined);
    const thread = await WorkerThread.start({ folder: folder.database, template: start });
    if (folder.fresh) folder.made();
    return embeddedDatabase(thread, options, () => folder.release());
  } catch (error) {
    folder.release();
    throw error;
  }
}

/** An empty database with the schema, in the bundle; the sources come without, and make one from nothing. */
function shippedDatabase(): Uint8Array | undefined {
  const file = new URL("./empty-database.tar.gz", import.meta.url);
  return fs.existsSync(file) ? fs.readFileSync(file) : undefined;
}

function embeddedDatabase(
  thread: WorkerThread,
  options: PgliteOptions,
  release: () => void,
): EmbeddedDatabase {
  const guard = new TransactionGuard();
  const connection = threadSession(thread);
  const heard = new Map<string, Set<(payload: string) => void>>();
  thread.onNotified = (channel, payload) => {
    for (const fn of heard.get(channel) ?? []) fn(payload);
  };

  // There is one session, so whatever is asked waits for what was asked before.
  let last: Promise<unknown> = Promise.resolve();
  function inTurn<T>(method: string, work: () => Promise<T>): Promise<T> {
    guard.refuseInside(method);
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  }

  const maintain = (): Promise<void> => inTurn("maintain", () => vacuumWhatChanged(connection));
  const timer = setInterval(() => {
    // Housekeeping that fails is tried again; what is really wrong shows in the next statement.
    maintain().catch(() => undefined);
  }, options.vacuumEveryMs ?? 60_000);
  timer.unref();

  const tx: Database["tx"] = (fn, txOptions) =>
    inTurn("tx", () => guard.run(() => runTransaction(connection, fn, txOptions)));

  let closing: Promise<void> | undefined;
  async function close(): Promise<void> {
    clearInterval(timer);
    try {
      await inTurn("close", async () => {
        // Housekeeping that fails must not keep the database from being closed properly.
        if (options.folder !== undefined) {
          await vacuumWhatChanged(connection).catch(() => undefined);
        }
        await thread.call({ kind: "close" });
      });
    } finally {
      await thread.stop();
      release();
    }
  }

  return {
    kind: "pglite",
    isSpread: false,
    async q<T = Row>(sql: string, params?: readonly Param[]) {
      return inTurn("q", () => connection.q<T>(sql, params));
    },
    async exec(sql) {
      return inTurn("exec", () => connection.exec(sql));
    },
    copy: async (table, columns, rows) => tx((session) => session.copy(table, columns, rows)),
    copyCsv: async (table, columns, chunks) =>
      tx((session) => session.copyCsv(table, columns, chunks)),
    async *copyOut(query) {
      const bytes = await inTurn("copyOut", () => copyOut(thread, query));
      if (bytes.length > 0) yield bytes;
    },
    tx: async (fn, txOptions) => tx(fn, txOptions),
    async listen(channel, fn) {
      const fns = heard.get(channel) ?? new Set();
      fns.add(fn);
      heard.set(channel, fns);
      if (fns.size === 1) await inTurn("listen", () => thread.call({ kind: "listen", channel }));
      return async () => {
        fns.delete(fn);
        if (fns.size > 0) return;
        heard.delete(channel);
        await inTurn("listen", () => thread.call({ kind: "unlisten", channel }));
      };
    },
    maintain: async () => maintain(),
    dump: async () => inTurn("dump", () => thread.call<Uint8Array>({ kind: "dump" })),
    fsyncs: () => thread.call<number>({ kind: "fsyncs" }),
    close: () => (closing ??= close()),
  };
}

function copyOut(thread: WorkerThread, query: string): Promise<Uint8Array> {
  return thread.call({ kind: "copyOut", sql: copyOutSql(query, "'/dev/blob'") });
}

function threadSession(thread: WorkerThread): Session {
  async function copyCsv(
    table: string,
    columns: readonly string[],
    chunks: CsvChunks,
  ): Promise<number> {
    const sql = copyInSql(table, columns, "'/dev/blob'");
    let parts: Uint8Array[] = [];
    let bytes = 0;
    let rows = 0;
    async function send(): Promise<void> {
      if (bytes === 0) return;
      rows += await thread.call<number>({ kind: "copyIn", sql, csv: Buffer.concat(parts) });
      parts = [];
      bytes = 0;
    }
    for await (const chunk of chunks) {
      parts.push(chunk);
      bytes += chunk.length;
      if (bytes >= COPY_BYTES) await send();
    }
    await send();
    return rows;
  }

  return {
    isSpread: false,
    q<T = Row>(sql: string, params: readonly Param[] = []) {
      return thread.call<T[]>({ kind: "query", sql, params: params.map(encodeParam) });
    },
    async exec(sql) {
      await thread.call({ kind: "exec", sql });
    },
    copy: (table: string, columns: readonly string[], rows: Rows) =>
      copyCsv(table, columns, csvChunks(rows)),
    copyCsv,
    async *copyOut(query) {
      const bytes = await copyOut(thread, query);
      if (bytes.length > 0) yield bytes;
    },
  };
}
