import { basename, dirname } from "node:path";
import type { Reject } from "../engine/ports.ts";
import { formatOf } from "./find-files.ts";
import { ImportError } from "./import-error.ts";
import { loadFiles } from "./load-files.ts";
import { openDatabase } from "./open-database.ts";
import { identifier } from "./sql-text.ts";
import type { ColumnKind } from "./suggest-mapping.ts";
import { columnsOf } from "./table-columns.ts";
import type { CsvOptions, FileFormat, FileTable, ImportDefinition } from "./types.ts";

/** What is in a file, for somebody who is to say what it means. */
export interface SniffedFile {
  readonly format: FileFormat;
  readonly rows: number;
  readonly columns: readonly {
    readonly name: string;
    readonly kind: ColumnKind;
    /** DuckDB's. */
    readonly type: string;
    /** Rows that have a value. */
    readonly filled: number;
    /** Different values, nearly. */
    readonly distinct: number;
    /** A few of its values, as text. */
    readonly samples: readonly string[];
  }[];
  readonly first: readonly Readonly<Record<string, string | null>>[];
  /** Lines that are no rows of the table. */
  readonly badLines: number;
  readonly firstBadLines: readonly Reject[];
  readonly warnings: readonly string[];
}

const BAD_LINES_TOLD = 20;
const SAMPLES = 4;

/** Reads a whole file, so that types hold for all of it and not for its first rows. */
export async function sniffFile(
  path: string,
  options: { readonly csv: CsvOptions; readonly rows: number },
): Promise<SniffedFile> {
  const table: FileTable = {
    table: "rows",
    paths: [basename(path)],
    format: undefined,
    csv: options.csv,
    line: undefined,
  };
  const bad: Reject[] = [];
  let badLines = 0;
  const warnings: string[] = [];
  const database = await openDatabase({ today: 0 }, "UTC");
  try {
    await loadFiles(
      definitionOf(table, path),
      database,
      (reject) => {
        badLines += 1;
        if (bad.length < BAD_LINES_TOLD) bad.push(reject);
      },
      (warning) => warnings.push(warning),
    );
    const columns = await columnsOf(database, "rows");
    const counts = columns.flatMap(({ name }, i) => [
      `count(${identifier(name)})::double as f${i}`,
      `approx_count_distinct(${identifier(name)})::double as d${i}`,
      `list_slice(array_agg(distinct left(${identifier(name)}::varchar, 80)) filter (where ${identifier(name)} is not null and "row number" <= 2000), 1, ${SAMPLES}) as s${i}`,
    ]);
    const [counted] = await database.rows(
      `select count(*)::double as n, ${counts.join(", ")} from (select *, row_number() over () as "row number" from main.rows)`,
    );
    if (Number(counted?.["n"] ?? 0) === 0)
      throw new ImportError("import-data-unreadable", `${basename(path)} has no rows.`);
    const first = await database.rows(
      `select columns(*)::varchar from (from main.rows limit ${Math.trunc(options.rows)})`,
    );
    return {
      format: formatOf(table, path),
      rows: Number(counted?.["n"] ?? 0),
      columns: columns.map(({ name, type }, i) => ({
        name,
        type,
        kind: kindOf(type),
        filled: Number(counted?.[`f${i}`] ?? 0),
        distinct: Number(counted?.[`d${i}`] ?? 0),
        samples: texts(counted?.[`s${i}`]),
      })),
      first: first.map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([name, value]) => [name, value === null ? null : String(value)]),
        ),
      ),
      badLines,
      firstBadLines: bad,
      warnings,
    };
  } finally {
    await database.close();
  }
}

function definitionOf(table: FileTable, path: string): ImportDefinition {
  return {
    file: path,
    folder: dirname(path),
    files: [table],
    prepare: [],
    shiftTo: undefined,
    timezone: undefined,
    outcome: [],
    statements: [],
  };
}

function texts(list: unknown): string[] {
  const items = (list as { readonly items?: readonly unknown[] } | null)?.items ?? [];
  return items.map(String);
}

const NUMBER = /^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|UINTEGER|DOUBLE|FLOAT|DECIMAL.*|BIGNUM)$/;

function kindOf(type: string): ColumnKind {
  if (type.endsWith("]") || /^(STRUCT|MAP|UNION|VARIANT|JSON)/.test(type)) return "nested";
  if (type === "BOOLEAN") return "boolean";
  if (type === "DATE") return "date";
  if (type.startsWith("TIMESTAMP")) return "time";
  return NUMBER.test(type) ? "number" : "text";
}
