import { basename } from "node:path";
import type { Reject } from "../engine/ports.ts";
import { detectEncoding } from "./detect-encoding.ts";
import type { Database } from "./open-database.ts";
import { identifier, list, literal } from "./sql-text.ts";
import { columnsOf } from "./table-columns.ts";
import type { CsvOptions, FileFormat, FileTable } from "./types.ts";

/** Numbers that are names: text in every file, so that the ids of two files meet. */
const NUMBERED_NAME =
  /(^|[\s_.-])(ids?|zip|postal code|zip code|phone|phone number)(\s*\([^)]*\))?$|[a-z]Ids?$/i;
const INTEGERS = new Set(["BIGINT", "HUGEINT", "INTEGER", "UBIGINT"]);

interface CsvLoad {
  readonly table: FileTable;
  readonly paths: readonly string[];
  readonly format: FileFormat;
  readonly database: Database;
  readonly onReject: (reject: Reject) => void;
  readonly onWarning: (warning: string) => void;
}

/** One table from one or more CSV files; columns of several files meet by their names. */
export async function loadCsv(load: CsvLoad): Promise<void> {
  const { table, paths, database } = load;
  const single = paths.length === 1;
  const parts = paths.map((_, i) => (single ? table.table : `${table.table} part ${i}`));
  for (const [i, path] of paths.entries()) await loadOne(load, path, parts[i] ?? table.table);
  if (single) return;
  const union = parts.map((part) => `from ${identifier(part)}`).join(" union all by name ");
  await database.connection.run(`create table ${identifier(table.table)} as ${union}`);
  for (const part of parts) await database.connection.run(`drop table ${identifier(part)}`);
}

async function loadOne(load: CsvLoad, path: string, name: string): Promise<void> {
  const { table, format, database } = load;
  const guessed = table.csv.encoding === undefined ? detectEncoding(path) : undefined;
  if (guessed !== undefined) {
    load.onWarning(
      `${basename(path)} is not UTF-8 and was read as ${guessed}; say \`encoding:\` if that is wrong`,
    );
  }
  await makeTable(name, readCsv(path, format, table.csv), load);
  const given = table.csv.types ?? {};
  const names = (await columnsOf(database, name)).filter(
    (column) =>
      INTEGERS.has(column.type) && NUMBERED_NAME.test(column.name) && !(column.name in given),
  );
  if (names.length > 0) {
    const types = {
      ...given,
      ...Object.fromEntries(names.map((column) => [column.name, "VARCHAR"])),
    };
    await makeTable(name, readCsv(path, format, { ...table.csv, types }), load);
  }
  await rejectLines(load, path);
}

async function makeTable(name: string, read: string, { database }: CsvLoad): Promise<void> {
  await database.connection.run(
    "drop table if exists faulty_lines; drop table if exists faulty_scans",
  );
  await database.connection.run(`create or replace table ${identifier(name)} as from ${read}`);
}

/** A SELECT's source that reads the file; what is wrong with its lines goes to `faulty_lines`. */
export function readCsv(path: string, format: FileFormat, options: CsvOptions): string {
  const texts = {
    delim: options.delim ?? (format === "tsv" ? "\t" : undefined),
    quote: options.quote,
    escape: options.escape,
    encoding: options.encoding ?? detectEncoding(path),
    dateformat: options.dateformat,
    timestampformat: options.timestampformat,
    decimal_separator: options.decimal_separator,
  };
  const given = Object.entries(texts).flatMap(([key, text]) =>
    text === undefined ? [] : [`${key} = ${literal(text)}`],
  );
  const types = Object.entries(options.types ?? {}).map(
    ([key, type]) => `${literal(key)}: ${literal(type)}`,
  );
  const nulls = options.nullstr;
  const parts = [
    literal(path),
    `header = ${options.header ?? true}`,
    // The whole file is looked at: a type that fails at row 30,000 would stop the import.
    "sample_size = -1",
    "store_rejects = true, rejects_table = 'faulty_lines', rejects_scan = 'faulty_scans'",
    ...given,
    ...(options.skip === undefined ? [] : [`skip = ${options.skip}`]),
    ...(nulls === undefined
      ? []
      : [`nullstr = ${typeof nulls === "string" ? literal(nulls) : list(nulls)}`]),
    ...(types.length === 0 ? [] : [`types = {${types.join(", ")}}`]),
  ];
  return `read_csv(${parts.join(", ")})`;
}

async function rejectLines(load: CsvLoad, path: string): Promise<void> {
  const rows = await load.database.rows(
    `select line::integer as line, any_value(csv_line) as text,
       lower(min(error_type)::varchar) || ': ' || min(error_message) as why
     from faulty_lines group by line order by line`,
  );
  for (const row of rows) {
    load.onReject({
      statement: `files.${load.table.table}`,
      row: Number(row["line"]),
      reason: explainFault(String(row["why"])),
      content: { file: basename(path), line: String(row["text"]) },
    });
  }
}

function explainFault(why: string): string {
  return why.startsWith("invalid encoding") ? `${why} Try encoding: latin-1.` : why;
}
