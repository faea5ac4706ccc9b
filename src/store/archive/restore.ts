import { quoteName } from "../db/copy-sql.ts";
import { recordOlderVersions } from "../changes/live-changes.ts";
import type { Database, Session } from "../db/database.ts";
import { StoreError } from "../store-error.ts";
import { readPart } from "./backup.ts";
import { sha256 } from "./manifest.ts";
import type { Manifest } from "./manifest.ts";
import { checkBackup, readEntries } from "./open-backup.ts";
import type { CheckedBackup } from "./open-backup.ts";
import { describeTables, partsOf, usePlainFormats } from "./tables.ts";
import type { ArchiveTable } from "./tables.ts";

type BackedUp = Manifest["tables"][number];

/**
 * Loads a backup into an empty database: all of it in one transaction, read back and compared
 * before it counts. A restore that fails leaves nothing behind.
 */
export async function restore(db: Database, file: string): Promise<Record<string, number>> {
  const backup = await checkBackup(file);
  const rows = await db.tx(async (tx) => {
    await usePlainFormats(tx);
    const tables = await describeTables(tx);
    await checkSchema(tx, backup, tables, file);
    await checkEmpty(tx, tables);
    const backedUp = new Map(backup.manifest.tables.map((table) => [table.name, table]));
    for await (const { name, content } of readEntries(file)) {
      const table = backedUp.get(name.split("/")[0] ?? "");
      if (table) await tx.copyCsv(table.name, table.columns, [content]);
    }
    for (const table of tables) {
      const expected = backedUp.get(table.name);
      if (expected) await checkRestored(tx, table, expected);
      await continueNumbers(tx, table);
    }
    if (!backedUp.has("model_change")) await recordOlderVersions(tx);
    return Object.fromEntries(backup.manifest.tables.map((table) => [table.name, table.rows]));
  });
  await db.maintain();
  return rows;
}

async function checkSchema(
  tx: Session,
  { header, manifest }: CheckedBackup,
  tables: readonly ArchiveTable[],
  file: string,
): Promise<void> {
  const [own] = await tx.q<{ version: number }>(
    "SELECT max(version) AS version FROM schema_migration",
  );
  const columnsOf = new Map(tables.map(({ name, columns }) => [name, columns]));
  const isUnknown = manifest.tables.some(({ name, columns }) =>
    columns.some((column) => columnsOf.get(name)?.includes(column) !== true),
  );
  if (header.schema <= (own?.version ?? 0) && !isUnknown) return;
  throw new StoreError(
    "backup-newer",
    `${file} was written by a newer touchstone, with a schema (${header.schema}) this one does not have`,
    "restore it with that version",
  );
}

async function checkEmpty(tx: Session, tables: readonly ArchiveTable[]): Promise<void> {
  for (const { name } of tables) {
    const [found] = await tx.q(`SELECT 1 FROM ${quoteName(name)} LIMIT 1`);
    if (!found) continue;
    throw new StoreError(
      "database-not-empty",
      `the database is in use: ${name} has rows; a backup is restored into an empty one only`,
      "give a new folder with --data, or a new database with DATABASE_URL",
    );
  }
}

/** Reads back what was written: the same bytes, or it does not count. */
async function checkRestored(tx: Session, table: ArchiveTable, expected: BackedUp): Promise<void> {
  const rows = (await partsOf(tx, table)).reduce((sum, part) => sum + part.rows, 0);
  if (rows !== expected.rows) throw notSame(table.name, `${rows} rows instead of ${expected.rows}`);
  for (const part of expected.parts) {
    const found = sha256(await readPart(tx, table, expected.columns, part));
    if (found !== part.sha256) throw notSame(table.name, `${part.file} reads back differently`);
  }
}

function notSame(table: string, what: string): StoreError {
  return new StoreError(
    "backup-damaged",
    `${table} was not restored as it was: ${what}; nothing was changed`,
    "report this, with the versions of both databases",
  );
}

/** New rows get numbers after those restored. */
async function continueNumbers(tx: Session, { name, identities }: ArchiveTable): Promise<void> {
  for (const column of identities) {
    await tx.q(
      `SELECT setval(pg_get_serial_sequence($1, $2), greatest(1, (SELECT max(${quoteName(column)}) FROM ${quoteName(name)})))`,
      [name, column],
    );
  }
}
