import { createHash } from "node:crypto";
import fs from "node:fs";
import { fileURLToPath } from "node:url";
import { describeFailure } from "./db/database-error.ts";
import type { Database, Session } from "./db/database.ts";
import { StoreError } from "./store-error.ts";

export interface Migration {
  readonly version: number;
  /** `0001_begin`. */
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

/** Two processes that start at once must not both migrate. Any number, the same for ever. */
export const MIGRATION_LOCK = 720_134_991;

/** Beside this file in the sources, and beside the bundle in dist/. */
const FOLDER = new URL("./migrations/", import.meta.url);

/** All migrations this program knows, in order. */
export function readMigrations(folder: URL = FOLDER): Migration[] {
  return fs
    .readdirSync(folder)
    .filter((file) => file.endsWith(".sql"))
    .toSorted()
    .map((file) => {
      const sql = fs.readFileSync(new URL(file, folder), "utf8");
      const checksum = createHash("sha256").update(sql).digest("hex");
      return { version: Number.parseInt(file, 10), name: file.slice(0, -4), sql, checksum };
    });
}

/** The schema as this program knows it: changes with every migration. */
export function schemaHash(migrations: readonly Migration[] = readMigrations()): string {
  const hash = createHash("sha256");
  for (const { name, checksum } of migrations) hash.update(`${name} ${checksum}\n`);
  return hash.digest("hex");
}

/**
 * Brings the schema up to date, all in one transaction: forward only, each migration once, in
 * order; answers which ran. Throws a StoreError when the database is newer than this program, when a migration
 * was changed after it had run, and when one fails.
 */
export async function migrate(
  db: Database,
  migrations: readonly Migration[] = readMigrations(),
): Promise<string[]> {
  return db.tx(async (tx) => {
    await tx.q("SELECT pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);
    await tx.exec(`CREATE TABLE IF NOT EXISTS schema_migration (
      version int4 PRIMARY KEY, name text NOT NULL, checksum text NOT NULL, applied_at timestamptz NOT NULL)`);
    const done = await tx.q<Omit<Migration, "sql">>(
      "SELECT version, name, checksum FROM schema_migration ORDER BY version",
    );
    checkDone(done, migrations);
    const last = done.at(-1)?.version ?? 0;
    const missing = migrations.filter(({ version }) => version > last);
    for (const migration of missing) await run(tx, migration);
    return missing.map(({ name }) => name);
  });
}

function checkDone(done: readonly Omit<Migration, "sql">[], known: readonly Migration[]): void {
  for (const { version, name, checksum } of done) {
    const mine = known.find((migration) => migration.version === version);
    if (!mine) {
      throw new StoreError(
        "database-newer",
        `the database was brought up to date by a newer touchstone (it has ${name}, this one ends at ${known.at(-1)?.name})`,
        "use that newer version; a database is never taken back",
      );
    }
    if (mine.checksum !== checksum) {
      throw new StoreError(
        "migration-changed",
        `the migration ${name} was changed after this database had run it`,
        `bring back ${fileURLToPath(new URL(`${mine.name}.sql`, FOLDER))} as it was, and put the change into a new migration`,
      );
    }
  }
}

/** Migrations hold no texts or bodies with semicolons in them; a test holds them to it. */
export function statementsOf(sql: string): string[] {
  return sql
    .replaceAll(/--.*$/gm, "")
    .split(";")
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "");
}

async function run(tx: Session, { version, name, sql, checksum }: Migration): Promise<void> {
  try {
    // a cluster passes changes of tables on to its servers one by one
    for (const statement of tx.isSpread ? statementsOf(sql) : [sql]) await tx.exec(statement);
  } catch (error) {
    throw new StoreError(
      "migration-failed",
      `the migration ${name} failed: ${describeFailure(error).message}; nothing was changed`,
      "give touchstone a database of its own (tables of others may have the same names), or report this",
      { cause: error },
    );
  }
  await tx.q(
    "INSERT INTO schema_migration (version, name, checksum, applied_at) VALUES ($1, $2, $3, $4)",
    [version, name, checksum, new Date()],
  );
}
