import fs from "node:fs";
import path from "node:path";
import type { Json } from "../../core/facts/types.ts";
import { quoteName } from "../db/copy-sql.ts";
import type { Database, Session } from "../db/database.ts";
import { StoreError } from "../store-error.ts";
import { csvRow } from "./csv-row.ts";
import { describeTables, partSource, partsOf, usePlainFormats } from "./tables.ts";
import type { ArchiveTable } from "./tables.ts";
import { writeWhole } from "./write-whole.ts";

const MARK = "export.json";

/** Every table as `TABLE.csv` and `TABLE.jsonl`, all as of one instant, for other programs. */
export async function exportTo(db: Database, folder: string): Promise<Record<string, number>> {
  prepare(folder);
  const rows = await db.tx(
    async (tx) => {
      await usePlainFormats(tx);
      const counts: Record<string, number> = {};
      for (const table of await describeTables(tx))
        counts[table.name] = await exportTable(tx, table, folder);
      return counts;
    },
    { snapshot: true },
  );
  const mark = JSON.stringify({ madeAt: new Date().toISOString(), rows }, null, 2);
  fs.writeFileSync(path.join(folder, MARK), `${mark}\n`, { mode: 0o600 });
  return rows;
}

/** An earlier export is replaced; anything else in the folder is not ours to write over. */
function prepare(folder: string): void {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  const found = fs.readdirSync(folder);
  if (found.length === 0 || found.includes(MARK)) return;
  throw new StoreError(
    "folder-not-empty",
    `the folder ${folder} has other files in it`,
    "give a new folder, or one of an earlier export",
  );
}

async function exportTable(tx: Session, table: ArchiveTable, folder: string): Promise<number> {
  // The bucket is how we spread rows, not something about a customer.
  const columns = table.columns.filter((column) => column !== "bucket");
  const file = (ending: string): string => path.join(folder, `${table.name}.${ending}`);
  let rows = 0;
  async function* csv(): AsyncGenerator<string> {
    yield csvRow(columns);
    for await (const row of rowsOf(tx, table)) {
      rows++;
      yield csvRow(columns.map((column) => row[column] ?? null));
    }
  }
  async function* jsonLines(): AsyncGenerator<string> {
    for await (const row of rowsOf(tx, table)) yield `${JSON.stringify(row)}\n`;
  }
  await writeWhole(file("csv"), csv());
  await writeWhole(file("jsonl"), jsonLines());
  return rows;
}

async function* rowsOf(tx: Session, table: ArchiveTable): AsyncGenerator<Record<string, Json>> {
  for (const part of await partsOf(tx, table)) {
    // without OFFSET the servers of a cluster would each put their own rows together, in no common order
    const [page] = await tx.q<{ rows: Record<string, Json>[] }>(
      `SELECT coalesce(json_agg(row_to_json(s)), '[]') AS rows
       FROM (SELECT ${table.columns.map(quoteName).join(", ")} ${partSource(table, part)} OFFSET 0) s`,
    );
    for (const { bucket: _, ...row } of page?.rows ?? []) yield row;
  }
}
