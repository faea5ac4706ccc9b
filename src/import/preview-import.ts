import type { StatementName } from "../engine/ports.ts";
import type { Column } from "./columns.ts";
import { columnsOf } from "./table-columns.ts";
import type { Database } from "./open-database.ts";
import { identifier } from "./sql-text.ts";
import type { ImportDefinition, ImportPreview, PreviewTable } from "./types.ts";

/** What was found in the files and what became of it: for people who write the mapping. */
export async function previewImport(
  definition: ImportDefinition,
  statements: ReadonlyMap<StatementName, readonly Column[]>,
  database: Database,
  rows: number,
): Promise<ImportPreview> {
  const files: PreviewTable[] = [];
  for (const { table } of definition.files) {
    const columns = await columnsOf(database, table);
    files.push({
      name: table,
      columns,
      ...(await look(`main.${identifier(table)}`, database, rows)),
    });
  }
  const made: PreviewTable[] = [];
  for (const [name, planned] of statements) {
    const columns = planned.map((column) => ({
      name: column.name,
      type: column.type,
      becomes: column.becomes,
    }));
    made.push({ name, columns, ...(await look(`imported.${identifier(name)}`, database, rows)) });
  }
  return { files, statements: made };
}

async function look(
  table: string,
  database: Database,
  rows: number,
): Promise<Pick<PreviewTable, "rows" | "first">> {
  const [count] = await database.rows(`select count(*)::double as n from ${table}`);
  const first = await database.rows(
    `select columns(*)::varchar from (from ${table} limit ${Math.max(0, Math.floor(rows))})`,
  );
  const texts = first.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, value === null ? null : String(value)]),
    ),
  );
  return { rows: Number(count?.["n"]), first: texts };
}
