import { formatDay } from "../../core/time/day.ts";
import type { Param, Session } from "./database.ts";
import { type MakeRecord, recordMaker } from "./record-maker.ts";
import { json } from "./send-value.ts";

/**
 * How the fields of a record are named and stored. Records go in as one JSON text that
 * Postgres spreads over columns, and come out as one JSON text of columns: on PGlite several
 * times as fast as rows, and no slower on a server.
 */
export class RecordShape<T extends object> {
  readonly #spec: Spec<T>;
  readonly #columns: readonly (readonly [field: keyof T & string, name: string, kind: Kind])[];
  readonly #make: MakeRecord<T>;
  // A copy of one that has all its fields is made at once; adding them one by one takes twice as long.
  readonly #blankRow: Readonly<Record<string, unknown>>;

  constructor(spec: Spec<T>) {
    const fields = Object.keys(spec) as (keyof T & string)[];
    this.#spec = spec;
    this.#columns = fields.map((field) => [field, ...spec[field]]);
    this.#make = recordMaker(fields);
    this.#blankRow = Object.fromEntries(this.#columns.map(([, name]) => [name, null]));
  }

  /** The fields of both. */
  with<U extends object>(other: RecordShape<U>): RecordShape<T & U> {
    return new RecordShape<T & U>({ ...this.#spec, ...other.#spec });
  }

  /** All fields but those. */
  without<F extends keyof T & string>(...fields: readonly F[]): RecordShape<Omit<T, F>> {
    const left: readonly string[] = fields;
    const spec = Object.entries(this.#spec).filter(([field]) => !left.includes(field));
    return new RecordShape<Omit<T, F>>(Object.fromEntries(spec) as Spec<Omit<T, F>>);
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
    return this.#page(alias, source, []);
  }

  /** The same of rows that belong to groups, which `alias.place` numbers from 0 on: for `decodeGroups`. */
  groupedPage(alias: string, source: string): string {
    return this.#page(alias, source, [GROUP]);
  }

  #page(alias: string, source: string, more: readonly string[]): string {
    const columns = [...this.#columns.map(([field]) => field), ...more].map(
      (field) => `'${field}', coalesce(json_agg(s."${field}"), '[]')`,
    );
    return `SELECT json_build_object(${columns.join(", ")})::text AS page FROM (${this.#rows(alias, source, more)}) s`;
  }

  #rows(alias: string, source: string, more: readonly string[] = []): string {
    const fields = [
      ...this.#columns.map(
        ([field, name, kind]) => `${readExpression(`${alias}.${name}`, kind)} AS "${field}"`,
      ),
      ...more.map((name) => `${alias}.${name}`),
    ];
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

  /** Runs `groupedPage` and reads its answer; from a cluster the rows come themselves. */
  async readGroups(
    session: Session,
    alias: string,
    source: string,
    params: readonly Param[],
    groups: number,
  ): Promise<T[][]> {
    if (!session.isSpread) {
      const sql = this.groupedPage(alias, source);
      const [found] = await session.q<{ page: string }>(sql, params);
      return this.decodeGroups(found?.page ?? "{}", groups);
    }
    const found = emptyGroups<T>(groups);
    const rows = await session.q<Record<string, unknown>>(
      this.#rows(alias, source, [GROUP]),
      params,
    );
    for (const { [GROUP]: group, ...record } of rows) found[group as number]?.push(record as T);
    return found;
  }

  decode(text: string): T[] {
    const columns = this.#columnsOf(JSON.parse(text) as Page);
    const records: T[] = [];
    const size = columns[0]?.length ?? 0;
    for (let row = 0; row < size; row++) records.push(this.#make(columns, row));
    return records;
  }

  /** The answer of `groupedPage`: one list a group, in the order of rows. */
  decodeGroups(text: string, groups: number): T[][] {
    const page = JSON.parse(text) as Page;
    const columns = this.#columnsOf(page);
    const found = emptyGroups<T>(groups);
    page[GROUP]?.forEach((group, row) => {
      found[group as number]?.push(this.#make(columns, row));
    });
    return found;
  }

  #columnsOf(page: Page): (readonly unknown[])[] {
    return this.#columns.map(([field]) => page[field] ?? []);
  }
}

/** A page as it comes: columns by name. */
type Page = { readonly [field: string]: readonly unknown[] | undefined };

const GROUP = "place";

function emptyGroups<T>(size: number): T[][] {
  return Array.from({ length: size }, () => []);
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
