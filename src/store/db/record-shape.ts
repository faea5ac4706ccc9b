import { formatDay } from "../../core/time/day.ts";
import type { Param, Session } from "./database.ts";
import { json } from "./send-value.ts";

/**
 * How the fields of a record are named and stored. Records go in as one JSON text that
 * Postgres spreads over columns, and come out as one JSON text of columns: on PGlite several
 * times as fast as rows, and no slower on a server.
 */
export class RecordShape<T extends object> {
  readonly #spec: Spec<T>;
  readonly #columns: readonly (readonly [field: keyof T & string, name: string, kind: Kind])[];
  // A copy of one that has all its fields is made at once; adding them one by one takes twice as long.
  readonly #blank: Partial<T>;
  readonly #blankRow: Readonly<Record<string, unknown>>;

  constructor(spec: Spec<T>) {
    const fields = Object.keys(spec) as (keyof T & string)[];
    this.#spec = spec;
    this.#columns = fields.map((field) => [field, ...spec[field]]);
    this.#blank = Object.fromEntries(fields.map((field) => [field, undefined])) as Partial<T>;
    this.#blankRow = Object.fromEntries(this.#columns.map(([, name]) => [name, null]));
  }

  /** The fields of both. */
  with<U extends object>(other: RecordShape<U>): RecordShape<T & U> {
    return new RecordShape<T & U>({ ...this.#spec, ...other.#spec });
  }

  /** Column names, comma separated, each behind the prefix. */
  names(prefix = ""): string {
    return this.#columns.map(([, name]) => prefix + name).join(", ");
  }

  /** `col = excluded.col, …` for all columns but those given. */
  updates(...keys: string[]): string {
    return this.#columns
      .filter(([, name]) => !keys.includes(name))
      .map(([, name]) => `${name} = excluded.${name}`)
      .join(", ");
  }

  /** The records of `encode` as a table: `json_to_recordset($1::json) AS n(…)`. */
  table(param: string, alias: string): string {
    const columns = this.#columns.map(([, name, kind]) => `${name} ${SQL_TYPES[kind]}`);
    return `json_to_recordset(${param}::json) AS ${alias}(${columns.join(", ")})`;
  }

  encode(records: readonly T[]): string {
    const columns = this.#columns;
    return json(
      records.map((record) => {
        const row: Record<string, unknown> = { ...this.#blankRow };
        for (const [field, name, kind] of columns) row[name] = encodeField(record[field], kind);
        return row;
      }),
    );
  }

  /**
   * A query whose one value holds all rows of `source` (`FROM … WHERE … ORDER BY …`, in which
   * `alias` is the table) as JSON columns, in their order: to be read by `decode`.
   */
  page(alias: string, source: string): string {
    const columns = this.#columns.map(
      ([field]) => `'${field}', coalesce(json_agg(s."${field}"), '[]')`,
    );
    return `SELECT json_build_object(${columns.join(", ")})::text AS page FROM (${this.#rows(alias, source)}) s`;
  }

  #rows(alias: string, source: string): string {
    const fields = this.#columns.map(
      ([field, name, kind]) => `${readExpression(`${alias}.${name}`, kind)} AS "${field}"`,
    );
    return `SELECT ${fields.join(", ")} ${source}`;
  }

  /**
   * Runs `page` and reads its answer. The servers of a cluster would each make a page of their own
   * rows, put together in no order: from there the rows come themselves.
   */
  async read(
    session: Session,
    alias: string,
    source: string,
    params?: readonly Param[],
  ): Promise<T[]> {
    return (await this.readAhead(session, alias, source, params))();
  }

  /** The same, taken apart only when it is asked for: for who reads pages before their turn. */
  async readAhead(
    session: Session,
    alias: string,
    source: string,
    params?: readonly Param[],
  ): Promise<() => T[]> {
    if (session.isSpread) {
      const rows = await session.q<T>(this.#rows(alias, source), params);
      return () => rows;
    }
    const [found] = await session.q<{ page: string }>(this.page(alias, source), params);
    return () => this.decode(found?.page ?? "{}");
  }

  decode(text: string): T[] {
    const columns = JSON.parse(text) as { [F in keyof T]?: T[F][] };
    const [first] = this.#columns;
    const size = first === undefined ? 0 : (columns[first[0]]?.length ?? 0);
    const records = Array.from({ length: size }, () => ({ ...this.#blank }));
    for (const [field] of this.#columns) {
      const column = columns[field];
      for (let row = 0; row < size; row++) (records[row] as Partial<T>)[field] = column?.[row];
    }
    return records as T[];
  }
}

type Spec<T> = { readonly [F in keyof T & string]: readonly [name: string, kind: Kind] };

/** What a field is in JavaScript: a Day and an Instant are numbers, `json` is any JSON value. */
type Kind =
  | "text"
  | "int2"
  | "int4"
  | "int8"
  | "number"
  | "bool"
  | "day"
  | "instant"
  | "json"
  | "jsonb"
  | "texts";

const SQL_TYPES: { readonly [K in Kind]: string } = {
  text: "text",
  int2: "int2",
  int4: "int4",
  int8: "int8",
  number: "float8",
  bool: "bool",
  day: "date",
  instant: "timestamptz",
  json: "json",
  jsonb: "jsonb",
  texts: "text[]",
};

function encodeField(value: unknown, kind: Kind): unknown {
  if (value === null || value === undefined) return null;
  if (kind === "day") return formatDay(value as number);
  if (kind === "instant") return new Date(value as number).toISOString();
  return value;
}

function readExpression(column: string, kind: Kind): string {
  if (kind === "day") return `(${column} - date '1970-01-01')`;
  if (kind === "instant") return `(extract(epoch FROM ${column}) * 1000)::int8`;
  return column;
}
