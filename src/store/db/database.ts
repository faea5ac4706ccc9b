/**
 * The one door to SQL. Two adapters stand behind it: PGlite in a worker thread and any
 * Postgres 15+ server. Both take the same statements and give the same JavaScript values:
 * int8 a checked number, date, numeric and interval their text, timestamptz milliseconds
 * since 1970 (an Instant), json parsed, bytea a Uint8Array, arrays as arrays.
 */
export interface Database extends Session {
  readonly kind: "pglite" | "postgres";
  /**
   * Runs `fn` in one transaction: committed when it resolves, rolled back when it throws.
   * Inside, only the session given may be used: the database's own methods throw there,
   * since on one connection they would wait for ever for the transaction to end.
   */
  tx<T>(fn: (tx: Session) => Promise<T>, options?: TxOptions): Promise<T>;
  /** Calls `fn` with the payload of each NOTIFY; the answer stops it. */
  listen(channel: string, fn: (payload: string) => void): Promise<() => Promise<void>>;
  /** Vacuums and analyses what has changed enough (a server does so by itself). */
  maintain(): Promise<void>;
  close(): Promise<void>;
}

/** Where statements run: the database itself (each on its own) or a transaction. */
export interface Session {
  /**
   * Rows lie on several servers, by their bucket (Citus): only those of one bucket can be locked
   * by one statement. False on PGlite and on a Postgres server alone.
   */
  readonly isSpread: boolean;
  /** One statement with `$1…` parameters. */
  q<T = Row>(sql: string, params?: readonly Param[]): Promise<T[]>;
  /** One or more statements without parameters. */
  exec(sql: string): Promise<void>;
  /** Bulk load, all rows or none; answers how many. */
  copy(table: string, columns: readonly string[], rows: Rows): Promise<number>;
  /** Bulk load of CSV text whose every chunk ends where a row ends; all rows or none. */
  copyCsv(table: string, columns: readonly string[], chunks: CsvChunks): Promise<number>;
  /** The rows of a query as CSV text, in chunks. */
  copyOut(query: string): AsyncIterable<Uint8Array>;
}

export interface TxOptions {
  /** Every statement sees the database as it was at the first one. */
  readonly snapshot?: boolean;
}

export type Row = Record<string, unknown>;
export type Rows = Iterable<readonly Param[]> | AsyncIterable<readonly Param[]>;
export type CsvChunks = Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/**
 * What may be sent. An array is a Postgres array; a plain object is sent as JSON, and so is
 * whatever `json()` wraps (send JSON arrays that way).
 */
export type Param =
  | string
  | number
  | bigint
  | boolean
  | Date
  | Uint8Array
  | null
  | undefined
  | readonly Param[]
  | { readonly [key: string]: unknown };
