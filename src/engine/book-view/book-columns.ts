import type { ColumnSpec } from "../../core/book/book.ts";
import { BookLayout } from "../../core/book/book.ts";
import {
  type ColumnData,
  Dictionary,
  FALSE,
  newColumn,
  TRUE,
  UNKNOWN,
} from "../../core/rules/columns.ts";
import type { Value } from "../../core/rules/types.ts";

/** What a row is: `FREE` ones are waiting for the next account. */
export const FREE = 0;
export const DECIDED = 1;
export const UNDECIDED = 2;
export const CLOSED = 3;

const FIRST_CAPACITY = 256;

/** The book as columns that grow: like a `Book` of the core, whose rules run over these as well. */
export class BookColumns {
  readonly layout: BookLayout;
  readonly dict = new Dictionary();
  /** Rows in use, those free again among them. */
  size = 0;
  columns: ColumnData[];
  status = new Uint8Array(FIRST_CAPACITY);
  bucket = new Int16Array(FIRST_CAPACITY);
  rev = new Float64Array(FIRST_CAPACITY);
  /** The day as of which its decision was made: the `today` of rules asked of it. */
  day = new Int32Array(FIRST_CAPACITY);
  readonly #rows = new Map<string, number>();
  readonly #free: number[] = [];
  #idColumn: number;

  constructor(specs: readonly ColumnSpec[]) {
    this.layout = new BookLayout(specs);
    this.columns = specs.map(({ type }) => newColumn(type, FIRST_CAPACITY));
    this.#idColumn = this.index("account_id");
  }

  get accounts(): number {
    return this.#rows.size;
  }

  index(name: string): number {
    const place = this.layout.column(name);
    if (!place) throw new Error(`the book has no column ${name}`);
    return place.index;
  }

  rowOf(id: string): number | undefined {
    return this.#rows.get(id);
  }

  idOf(row: number): string {
    return this.dict.text(this.columns[this.#idColumn]?.[row] ?? -1) ?? "";
  }

  data(name: string): ColumnData {
    return this.columns[this.index(name)] as ColumnData;
  }

  value(column: number, row: number): Value {
    const raw = this.columns[column]?.[row];
    const kind = this.layout.specs[column]?.type.kind;
    if (raw === undefined) return null;
    if (kind === "string") return this.dict.text(raw);
    if (kind === "boolean") return raw === UNKNOWN ? null : raw === TRUE;
    return Number.isNaN(raw) ? null : raw;
  }

  set(column: number, row: number, value: Value): void {
    const data = this.columns[column];
    if (!data) return;
    if (value === null) data[row] = unknownIn(data);
    else if (typeof value === "string") data[row] = this.dict.code(value);
    else if (typeof value === "boolean") data[row] = value ? TRUE : FALSE;
    else data[row] = value;
  }

  /** The account's row; a new one where it has none. */
  take(id: string): number {
    const present = this.#rows.get(id);
    if (present !== undefined) return present;
    const row = this.#free.pop() ?? this.size++;
    if (row >= this.status.length) this.#grow();
    this.#rows.set(id, row);
    return row;
  }

  remove(id: string): void {
    const row = this.#rows.get(id);
    if (row === undefined) return;
    this.#rows.delete(id);
    this.status[row] = FREE;
    this.#free.push(row);
  }

  /** Ids and rows of all accounts there are. */
  entries(): IterableIterator<[string, number]> {
    return this.#rows.entries();
  }

  /** What it takes in memory, without the texts. */
  get bytes(): number {
    const own = [this.status, this.bucket, this.rev, this.day, ...this.columns];
    return own.reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  #grow(): void {
    const capacity = Math.ceil(this.status.length * 1.5);
    this.columns = this.columns.map((data, index) => {
      const spec = this.layout.specs[index];
      const grown = newColumn(spec?.type ?? { kind: "number" }, capacity);
      grown.set(data);
      return grown;
    });
    this.status = grownTo(this.status, new Uint8Array(capacity));
    this.bucket = grownTo(this.bucket, new Int16Array(capacity));
    this.rev = grownTo(this.rev, new Float64Array(capacity));
    this.day = grownTo(this.day, new Int32Array(capacity));
  }
}

function grownTo<A extends Uint8Array | Int16Array | Float64Array | Int32Array>(from: A, to: A): A {
  to.set(from);
  return to;
}

function unknownIn(data: ColumnData): number {
  if (data instanceof Float64Array) return Number.NaN;
  return data instanceof Int32Array ? -1 : UNKNOWN;
}
