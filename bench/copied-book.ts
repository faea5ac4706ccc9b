import type { Database, Param, Session } from "../src/store/db/database.ts";
import { bucketOf } from "../src/store/bucket.ts";
import { type OpenDatabase, openDatabase } from "../src/store/db/open-database.ts";
import { openPlanBook } from "./plan-book.ts";

/** Accounts that the engine itself imports and decides; the others are their copies. */
const SEEDS = 2_000;
/** Copies made by one round of statements. */
const ROUND = 20_000;

interface Column {
  readonly table: string;
  readonly name: string;
  readonly type: string;
}

/**
 * A large book in minutes: some accounts are imported and decided by the engine, and the rest are
 * copied from them inside the database, under ids and buckets of their own. Whatever an account's
 * rows say of its id is said of the copy's.
 */
export async function makeCopiedBook(
  open: OpenDatabase,
  accounts: number,
  say: (text: string) => void,
  mostSeeds = SEEDS,
): Promise<void> {
  const seeds = Math.min(accounts, mostSeeds);
  const { store } = await openPlanBook(open, seeds, say);
  await store.close();
  const db = await openDatabase(open);
  try {
    const tables = await tablesOfAccounts(db);
    for (let from = seeds; from < accounts; from += ROUND) {
      const size = Math.min(ROUND, accounts - from);
      await db.tx((tx) => copyAccounts(tx, tables, copies(from, size, seeds)));
      say(`${from + size} accounts`);
    }
    await db.exec("VACUUM ANALYZE");
  } finally {
    await db.close();
  }
}

/** As bench/sample-account.ts numbers them: all of one length, so that none is part of another. */
function idOf(index: number): string {
  return `acc-${String(index + 1).padStart(7, "0")}`;
}

function copies(from: number, size: number, seeds: number): Param[][] {
  return Array.from({ length: size }, (_, n) => {
    const id = idOf(from + n);
    const original = idOf((from + n) % seeds);
    return [bucketOf(original), original, bucketOf(id), id];
  });
}

/** Columns that can be written of every table that has rows of accounts. */
async function tablesOfAccounts(db: Database): Promise<ReadonlyMap<string, readonly Column[]>> {
  const columns = await db.q<Column & Record<string, unknown>>(
    `SELECT c.table_name AS "table", c.column_name AS name, c.data_type AS type
     FROM information_schema.columns c
     WHERE c.table_schema = 'public' AND c.is_generated = 'NEVER' AND c.is_identity = 'NO'
       AND (c.table_name = 'account' OR EXISTS (SELECT 1 FROM information_schema.columns o
         WHERE o.table_schema = 'public' AND o.table_name = c.table_name AND o.column_name = 'account'))
     ORDER BY c.table_name, c.ordinal_position`,
  );
  const tables = new Map<string, Column[]>();
  for (const column of columns) {
    const own = tables.get(column.table);
    if (own) own.push(column);
    else tables.set(column.table, [column]);
  }
  for (const table of tables.keys()) {
    const [any] = await db.q(`SELECT 1 FROM ${table} LIMIT 1`);
    if (!any) tables.delete(table);
  }
  return tables;
}

async function copyAccounts(
  tx: Session,
  tables: ReadonlyMap<string, readonly Column[]>,
  rows: readonly Param[][],
): Promise<void> {
  // every row it refers to is copied with it
  await tx.exec(`SET LOCAL session_replication_role = replica;
    CREATE TEMP TABLE copy_of (from_bucket int2, from_id text COLLATE "C", bucket int2, id text COLLATE "C")
      ON COMMIT DROP`);
  await tx.copy("copy_of", ["from_bucket", "from_id", "bucket", "id"], rows);
  for (const [table, columns] of tables) {
    const key = table === "account" ? "id" : "account";
    await tx.exec(
      `INSERT INTO ${table} (${columns.map(({ name }) => name).join(", ")})
       SELECT ${columns.map((column) => copied(column, key)).join(", ")}
       FROM copy_of m JOIN ${table} o ON o.bucket = m.from_bucket AND o.${key} = m.from_id
       ORDER BY m.bucket, m.id`,
    );
  }
}

function copied({ table, name, type }: Column, key: string): string {
  if (name === "bucket" || name === key) return `m.${name === "bucket" ? "bucket" : "id"}`;
  if (table === "touch" && name === "id") return `left(md5(replace(o.key, m.from_id, m.id)), 16)`;
  if (type === "text") return `replace(o.${name}, m.from_id, m.id)`;
  if (type.startsWith("json")) return `replace(o.${name}::text, m.from_id, m.id)::${type}`;
  return `o.${name}`;
}
