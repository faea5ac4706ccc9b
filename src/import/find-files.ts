import { readdir, stat } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import { nearest } from "../core/text/nearest.ts";
import { ImportError } from "./import-error.ts";
import type { Database } from "./open-database.ts";
import { literal } from "./sql-text.ts";
import type { FileFormat, FileTable } from "./types.ts";

const FORMATS: Readonly<Record<string, FileFormat>> = {
  csv: "csv",
  txt: "csv",
  tsv: "tsv",
  tab: "tsv",
  json: "json",
  jsonl: "jsonl",
  ndjson: "jsonl",
  parquet: "parquet",
};

/** The absolute paths of a table's files, globs opened, in a stable order. */
export async function findFiles(
  table: FileTable,
  folder: string,
  database: Database,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const written of table.paths) {
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(written)) {
      throw missing(table, `${written} is an address; only files on this machine are read`);
    }
    const path = resolve(folder, written);
    if (await isFile(path, table, written)) found.push(path);
    else if (/[*?[]/.test(written)) found.push(...(await openGlob(path, table, written, database)));
    else throw missing(table, await describeMissing(path, written));
  }
  return found;
}

/** By the name's ending, `.gz` and `.zst` aside. */
export function formatOf(table: FileTable, path: string): FileFormat {
  if (table.format) return table.format;
  const ending = /\.([a-z0-9]+)(?:\.(?:gz|zst))?$/i.exec(basename(path))?.[1]?.toLowerCase();
  const format = ending === undefined ? undefined : FORMATS[ending];
  if (format) return format;
  const known = "csv, tsv, json, jsonl, parquet";
  throw missing(table, `${basename(path)}: unknown kind of file; say format: one of ${known}`);
}

async function isFile(path: string, table: FileTable, written: string): Promise<boolean> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw missing(table, `${written} is a folder; say ${written}/*.csv`);
    return true;
  } catch (error) {
    if (error instanceof ImportError) throw error;
    return false;
  }
}

async function openGlob(
  path: string,
  table: FileTable,
  written: string,
  database: Database,
): Promise<readonly string[]> {
  const rows = await database.rows(`select file from glob(${literal(path)}) order by file`);
  if (rows.length === 0) throw missing(table, `no file is called ${written}`);
  return rows.map((row) => String(row["file"]));
}

/** What a person needs to hear of a file that is not there. */
export async function describeMissing(path: string, written: string): Promise<string> {
  const folder = dirname(path);
  let names: readonly string[];
  try {
    names = await readdir(folder);
  } catch {
    return `there is no folder ${folder} (for ${written})`;
  }
  const meant =
    nearest(basename(path), names) ?? names.find((name) => name.startsWith(basename(path)));
  return `there is no file ${written} in ${folder}${meant ? `; did you mean ${meant}?` : ""}`;
}

function missing(table: FileTable, message: string): ImportError {
  const place = table.line === undefined ? "" : `line ${table.line}, `;
  return new ImportError("import-data-missing", `${place}files.${table.table}: ${message}`);
}
