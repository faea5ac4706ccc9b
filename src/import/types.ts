import type { Day } from "../core/time/day.ts";
import type {
  AccountRow,
  ContactRow,
  EventRow,
  ImportOptions,
  ImportSource,
  StatementName,
  TeamRow,
} from "../engine/ports.ts";

/** What an import file (contracts.md §3) or a short form asks for, read and checked. */
export interface ImportDefinition {
  /** The import file (or the CSV file of a short form) as the person named it. */
  readonly file: string;
  /** Absolute folder that the files' paths start from. */
  readonly folder: string;
  readonly files: readonly FileTable[];
  /** SQL files run in order before the statements: views, tables, macros. Absolute paths. */
  readonly prepare: readonly string[];
  readonly shiftTo: ShiftTarget | undefined;
  /** Zone of dates and times that name none; undefined: the caller's. */
  readonly timezone: string | undefined;
  /** Columns of the accounts and events statements that never reach rules. */
  readonly outcome: readonly string[];
  readonly statements: readonly ImportStatement[];
}

export type ShiftTarget = "yesterday" | Day;

export interface ImportStatement {
  readonly name: StatementName;
  readonly sql: string;
  /** Line of the import file on which the SQL begins; undefined when no person wrote it. */
  readonly line: number | undefined;
}

/** One table made from one or more files of one shape. */
export interface FileTable {
  readonly table: string;
  /** As written: relative to the import file, globs allowed. */
  readonly paths: readonly string[];
  readonly format: FileFormat | undefined;
  readonly csv: CsvOptions;
  readonly line: number | undefined;
}

export type FileFormat = "csv" | "tsv" | "json" | "jsonl" | "parquet";

/** Names as in the import file; what is not given is found out from the file. */
export interface CsvOptions {
  readonly header?: boolean | undefined;
  readonly delim?: string | undefined;
  readonly quote?: string | undefined;
  readonly escape?: string | undefined;
  readonly skip?: number | undefined;
  readonly encoding?: "utf-8" | "utf-16" | "latin-1" | undefined;
  readonly dateformat?: string | undefined;
  readonly timestampformat?: string | undefined;
  readonly decimal_separator?: "." | "," | undefined;
  readonly nullstr?: string | readonly string[] | undefined;
  /** Column → DuckDB type, where the sniffed one is wrong. */
  readonly types?: Readonly<Record<string, string>> | undefined;
}

export type ImportScalar = string | number | boolean;

/** `row`: which row of the statement's result it is, from 1. */
export type Numbered<T> = T & { readonly row: number };

/** What the engine asks for, and how much of the machine may be used. */
export interface OpenOptions extends ImportOptions {
  /** Rows a batch; default 5,000. */
  readonly batchSize?: number | undefined;
  /** DuckDB's; default `1GB`. What does not fit goes to the temporary folder. */
  readonly memoryLimit?: string | undefined;
  /** For reading files; default 2. Statements run on one, so that their rows keep an order. */
  readonly threads?: number | undefined;
}

/** An opened import: its files are read and its statements have run. */
export interface OpenedImport extends ImportSource {
  readonly definition: ImportDefinition;
  preview(rows?: number): Promise<ImportPreview>;
  /** Rows of one account together, earliest `as_of` first, those without one last. */
  accounts(): AsyncIterable<readonly Numbered<AccountRow>[]>;
  contacts(): AsyncIterable<readonly Numbered<ContactRow>[]>;
  events(): AsyncIterable<readonly Numbered<EventRow>[]>;
  team(): AsyncIterable<readonly Numbered<TeamRow>[]>;
}

export interface ImportPreview {
  readonly files: readonly PreviewTable[];
  readonly statements: readonly PreviewTable[];
}

export interface PreviewTable {
  readonly name: string;
  readonly rows: number;
  readonly columns: readonly {
    readonly name: string;
    /** DuckDB's. */
    readonly type: string;
    /** What it becomes; only for statements. */
    readonly becomes?: "known" | "trait" | "property" | "outcome" | "ignored";
  }[];
  readonly first: readonly Readonly<Record<string, string | null>>[];
}
