import type { Database } from "./open-database.ts";
import { identifier } from "./sql-text.ts";

export interface ColumnType {
  readonly name: string;
  readonly type: string;
}

/** A table's columns in order, with DuckDB's types; `schema` is `main` for files. */
export async function columnsOf(
  database: Database,
  table: string,
  schema: "main" | "imported" = "main",
): Promise<readonly ColumnType[]> {
  const rows = await database.rows(`describe ${schema}.${identifier(table)}`);
  return rows.map((row) => ({
    name: String(row["column_name"]),
    type: String(row["column_type"]),
  }));
}
