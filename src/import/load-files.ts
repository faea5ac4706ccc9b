import type { Reject } from "../engine/ports.ts";
import { findFiles, formatOf } from "./find-files.ts";
import { ImportError } from "./import-error.ts";
import { loadCsv, readCsv } from "./load-csv.ts";
import type { Database } from "./open-database.ts";
import { identifier, list, literal } from "./sql-text.ts";
import { columnsOf } from "./table-columns.ts";
import type { FileFormat, FileTable, ImportDefinition } from "./types.ts";

/** How much of DuckDB's message about a file is told. */
const MESSAGE_LINES = 4;
const MESSAGE_WIDTH = 200;

/**
 * Every file of the definition becomes a table, whole, so that the statements can run with
 * all doors shut. Lines that are no rows of their table are rejected, the rest goes in.
 */
export async function loadFiles(
  definition: ImportDefinition,
  database: Database,
  onReject: (reject: Reject) => void,
  onWarning: (warning: string) => void,
): Promise<void> {
  for (const table of definition.files) {
    const paths = await findFiles(table, definition.folder, database);
    const format = formatOf(table, paths[0] ?? "");
    try {
      if (format === "json" || format === "jsonl") await loadJson(table, paths, format, database);
      else if (format === "parquet") await makeTable(table, readParquet(paths), database);
      else await loadCsv({ table, paths, format, database, onReject, onWarning });
    } catch (cause) {
      throw unreadable(table, cause);
    }
  }
}

/** The headers of a file, without reading it into a table. */
export async function columnNames(
  table: FileTable,
  paths: readonly string[],
  database: Database,
): Promise<readonly string[]> {
  const format = formatOf(table, paths[0] ?? "");
  try {
    const rows = await database.rows(`describe from ${reading(table, paths, format)}`);
    return rows.map((row) => String(row["column_name"]));
  } catch (cause) {
    throw unreadable(table, cause);
  }
}

function reading(table: FileTable, paths: readonly string[], format: FileFormat): string {
  if (format === "parquet") return readParquet(paths);
  if (format === "json" || format === "jsonl") return readJson(paths, format);
  return readCsv(paths[0] ?? "", format, table.csv);
}

function unreadable(table: FileTable, cause: unknown): unknown {
  if (cause instanceof ImportError || !(cause instanceof Error)) return cause;
  // DuckDB lists the settings it tried; the first lines say what is wrong.
  const first = cause.message.split("\n\n")[0] ?? cause.message;
  // It quotes the line it stumbled over, whole: a cell of megabytes would flood the terminal.
  const lines = first.split("\n", MESSAGE_LINES).map((line) => shortened(line));
  const why = lines.join("\n");
  const message = `files.${table.table} (${table.paths.join(", ")}) cannot be read: ${why}`;
  return new ImportError("import-data-unreadable", message, { cause });
}

function shortened(line: string): string {
  return line.length <= MESSAGE_WIDTH ? line : `${line.slice(0, MESSAGE_WIDTH)} ...`;
}

async function makeTable(table: FileTable, read: string, database: Database): Promise<void> {
  await database.connection.run(`create table ${identifier(table.table)} as from ${read}`);
}

function readParquet(paths: readonly string[]): string {
  return `read_parquet(${list(paths)}, union_by_name = true)`;
}

function readJson(paths: readonly string[], format: FileFormat, more = ""): string {
  const how = format === "jsonl" ? "newline_delimited" : "auto";
  return `read_json(${list(paths)}, format = '${how}', sample_size = -1, union_by_name = true${more})`;
}

/**
 * DuckDB reads `…T10:00:00Z` in JSON as a time without a zone, which would then be taken for
 * the workspace's. So what it finds to be times is read as text and told apart here.
 */
async function loadJson(
  table: FileTable,
  paths: readonly string[],
  format: "json" | "jsonl",
  database: Database,
): Promise<void> {
  const name = identifier(table.table);
  await database.connection.run(`create table ${name} as from ${readJson(paths, format)}`);
  const columns = await columnsOf(database, table.table);
  const times = columns.filter((column) => column.type === "TIMESTAMP");
  if (times.length === 0) return;
  const types = columns.map(
    ({ name: column, type }) =>
      `${literal(column)}: ${literal(type === "TIMESTAMP" ? "VARCHAR" : type)}`,
  );
  await database.connection.run(
    `create or replace table ${name} as from ${readJson(paths, format, `, columns = {${types.join(", ")}}`)}`,
  );
  for (const { name: column } of times) {
    const place = identifier(column);
    const [zoned] = await database.rows(
      `select bool_or(regexp_matches(${place}, '(Z|[+-]\\d\\d(:?\\d\\d)?)$', 'i')) as zoned from ${name}`,
    );
    const type = zoned?.["zoned"] === true ? "TIMESTAMPTZ" : "TIMESTAMP";
    await database.connection.run(`alter table ${name} alter ${place} type ${type}`);
  }
}
