import type { Database, Session } from "../db/database.ts";
import { openDatabase } from "../db/open-database.ts";
import { migrate } from "../migrate.ts";
import { storeTemplate } from "./test-database.ts";

/**
 * Opening an embedded database takes a second or more, emptying one some milliseconds: tests of
 * one thread hand theirs on. Threads share modules between files, so this lasts for the run.
 */
const idle: Database[] = [];
const MOST_IDLE = 2;

/** An embedded database in memory, with the schema and nothing in it. */
export async function lendDatabase(): Promise<Database> {
  return lent(idle.pop() ?? (await openFresh()));
}

async function openFresh(): Promise<Database> {
  const db = await openDatabase({ data: "memory://", template: await storeTemplate() });
  await migrate(db);
  return db;
}

/** Whoever goes on with a database that was given back is told so: it may be another test's. */
function lent(db: Database): Database {
  let isGiven = true;
  const use = <T>(call: () => T): T => {
    if (!isGiven) throw new Error("the database is closed");
    return call();
  };
  const session = (of: Session): Session => ({
    q: (sql, params) => use(() => of.q(sql, params)),
    exec: (sql) => use(() => of.exec(sql)),
    copy: (table, columns, rows) => use(() => of.copy(table, columns, rows)),
    copyCsv: (table, columns, chunks) => use(() => of.copyCsv(table, columns, chunks)),
    copyOut: (query) => use(() => of.copyOut(query)),
  });
  return {
    ...session(db),
    kind: db.kind,
    tx: (fn, options) => use(() => db.tx((tx) => fn(session(tx)), options)),
    listen: (channel, fn) => use(() => db.listen(channel, fn)),
    maintain: () => use(() => db.maintain()),
    async close() {
      if (!isGiven) return;
      isGiven = false;
      if (idle.length < MOST_IDLE && (await isEmptied(db))) idle.push(db);
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
