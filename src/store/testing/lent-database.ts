import type { Database, Session } from "../db/database.ts";
import { type Engine, openMigratedDatabase } from "./test-database.ts";

/**
 * Opening a database takes a second or more, emptying one some milliseconds: tests of one thread
 * hand theirs on. Threads share modules between files, so this lasts for the run.
 */
const idle: Record<Engine, Database[]> = { pglite: [], postgres: [], citus: [] };
const MOST_IDLE = 2;

/** A database, in memory or on the run's Postgres server, with the schema and nothing in it. */
export async function lendDatabase(engine: Engine): Promise<Database> {
  return lent(idle[engine].pop() ?? (await openMigratedDatabase(engine)), idle[engine]);
}

/** Whoever goes on with a database that was given back is told so: it may be another test's. */
function lent(db: Database, others: Database[]): Database {
  let isGiven = true;
  const atWork = new Set<Promise<unknown>>();
  const listening = new Set<() => Promise<void>>();
  const use = <T>(call: () => T): T => {
    if (!isGiven) throw new Error("the database is closed");
    return call();
  };
  /** What is under way when it is given back comes to its end first. */
  const wait = async <T>(call: () => Promise<T>): Promise<T> => {
    const work = use(call);
    atWork.add(work);
    try {
      return await work;
    } finally {
      atWork.delete(work);
    }
  };
  const session = (of: Session): Session => ({
    isSpread: of.isSpread,
    q: (sql, params) => use(() => of.q(sql, params)),
    exec: (sql) => use(() => of.exec(sql)),
    copy: (table, columns, rows) => use(() => of.copy(table, columns, rows)),
    copyCsv: (table, columns, chunks) => use(() => of.copyCsv(table, columns, chunks)),
    copyOut: (query) => use(() => of.copyOut(query)),
  });
  return {
    q: (sql, params) => wait(() => db.q(sql, params)),
    exec: (sql) => wait(() => db.exec(sql)),
    copy: (table, columns, rows) => wait(() => db.copy(table, columns, rows)),
    copyCsv: (table, columns, chunks) => wait(() => db.copyCsv(table, columns, chunks)),
    copyOut: (query) => use(() => db.copyOut(query)),
    kind: db.kind,
    isSpread: db.isSpread,
    tx: (fn, options) => wait(() => db.tx((tx) => fn(session(tx)), options)),
    async listen(channel, fn) {
      const stop = await wait(() => db.listen(channel, fn));
      listening.add(stop);
      return async () => {
        if (listening.delete(stop)) await stop();
      };
    },
    maintain: () => wait(() => db.maintain()),
    async close() {
      if (!isGiven) return;
      isGiven = false;
      await Promise.allSettled(atWork);
      for (const stop of listening) await stop();
      if (others.length < MOST_IDLE && (await isEmptied(db))) others.push(db);
      else await db.close();
    },
  };
}

/** False: it is not what it was, and no good for others. */
async function isEmptied(db: Database): Promise<boolean> {
  try {
    const [found] = await db.q<{ tables: string[] }>(
      `SELECT array_agg(c.relname) AS tables FROM pg_class c
       WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname <> 'schema_migration'`,
    );
    const tables = found?.tables ?? [];
    const filled = await db.q<{ name: string }>(
      tables
        .map((name) => `SELECT '${name}' AS name WHERE EXISTS (SELECT 1 FROM ${name})`)
        .join(" UNION ALL "),
    );
    if (filled.length > 0) {
      const names = filled.map(({ name }) => name).join(", ");
      await db.exec(`TRUNCATE ${names} RESTART IDENTITY CASCADE`);
    }
    return true;
  } catch {
    return false;
  }
}
