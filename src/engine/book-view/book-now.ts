import type { ColumnSpec } from "../../core/book/book.ts";
import type { Model } from "../../core/model/index.ts";
import { nearest } from "../../core/rules/index.ts";
import type { ColumnData } from "../../core/rules/columns.ts";
import type { RuleHelpers } from "../../core/rules/runtime.ts";
import type { Value } from "../../core/rules/types.ts";
import type { Day } from "../../core/time/day.ts";
import { localDay } from "../../core/time/zone.ts";
import { AppError } from "../app-error.ts";
import type { BookRow } from "../ports.ts";
import { BookColumns, DECIDED, FREE } from "./book-columns.ts";
import type { BookFilter, BookOrder, BookShare } from "./book-filter.ts";
import { columnCalled, columnSpecs } from "./column-specs.ts";
import { RowFiller } from "./fill-row.ts";
import { findRows } from "./find-rows.ts";
import { RowSorter } from "./sort-rows.ts";

/** What was found is kept for whoever leafs on, this many results of one state of the book. */
const KEPT = 12;

/**
 * All accounts with what is known and decided of them, as columns: for lists, counts and sums
 * over a whole book in a few milliseconds. As it stands between two updates: whoever awaits
 * something asks again for the book before reading on.
 */
export class BookNow {
  readonly model: Model;
  readonly modelVersion: number;
  readonly #book: BookColumns;
  readonly #filler: RowFiller;
  readonly #sorter: RowSorter;
  readonly #helpers: RuleHelpers;
  readonly #found = new Map<string, Int32Array>();
  #change = 0;

  constructor(model: Model, modelVersion: number) {
    this.model = model;
    this.modelVersion = modelVersion;
    this.#book = new BookColumns(columnSpecs(model));
    this.#filler = new RowFiller(model, this.#book);
    this.#sorter = new RowSorter(this.#book);
    const zone = model.workspace.timezone;
    this.#helpers = { localDay: (at) => localDay(at, zone) };
  }

  /** Goes up whenever anything in it becomes another. */
  get change(): number {
    return this.#change;
  }

  /** Accounts, closed ones among them. */
  get accounts(): number {
    return this.#book.accounts;
  }

  get specs(): readonly ColumnSpec[] {
    return this.#book.layout.specs;
  }

  get bytes(): number {
    return this.#book.bytes;
  }

  /** Rows of a filter in an order (without one: by id), to be read by `value`, `idOf` or `column`. */
  find(filter: BookFilter, today: Day, order?: BookOrder): Int32Array {
    const key = JSON.stringify([filter, filter.renewalWithin === undefined ? 0 : today, order]);
    const known = this.#found.get(key);
    if (known) return known;
    const by = order && { ...order, column: this.#known(order.column) };
    const found = this.#sorter.sort(this.#matches(filter, today), by);
    this.#keep(key, found);
    return found;
  }

  /** Of rows, by each value of a column: how many, and what they are worth; the most first. */
  shares(rows: Int32Array, column: string): BookShare[] {
    const index = this.#book.index(this.#known(column));
    const data = this.#book.columns[index];
    const revenue = this.#revenue();
    const sums = new Map<number, { row: number; accounts: number; revenue: number }>();
    for (const row of rows) {
      const raw = data?.[row] ?? Number.NaN;
      const sum = sums.get(raw) ?? { row, accounts: 0, revenue: 0 };
      sum.accounts += 1;
      const worth = revenue?.[row] ?? Number.NaN;
      if (!Number.isNaN(worth)) sum.revenue += worth;
      sums.set(raw, sum);
    }
    return [...sums.values()]
      .map(({ row, ...sum }) => ({ value: this.#book.value(index, row), ...sum }))
      .toSorted((a, b) => b.accounts - a.accounts);
  }

  /** What rows are worth together; null: the model has no fact that says so. */
  revenueOf(rows: Int32Array): number | null {
    const revenue = this.#revenue();
    if (!revenue) return null;
    let sum = 0;
    for (const row of rows) {
      const worth = revenue[row] as number;
      if (!Number.isNaN(worth)) sum += worth;
    }
    return sum;
  }

  value(column: string, row: number): Value {
    return this.#book.value(this.#book.index(columnCalled(column)), row);
  }

  /** A column's raw numbers by row: NaN, -1 or 2 for unknown; `text` reads those of texts. */
  column(name: string): ColumnData {
    return this.#book.data(columnCalled(name));
  }

  has(name: string): boolean {
    return this.#book.layout.column(columnCalled(name)) !== undefined;
  }

  text(code: number): string | null {
    return this.#book.dict.text(code);
  }

  idOf(row: number): string {
    return this.#book.idOf(row);
  }

  rowOf(id: string): number | undefined {
    return this.#book.rowOf(id);
  }

  /** The day as of which its decision was made. */
  dayOf(row: number): Day {
    return this.#book.day[row] ?? 0;
  }

  isDecided(row: number): boolean {
    return this.#book.status[row] === DECIDED;
  }

  bucketOf(row: number): number {
    return this.#book.bucket[row] ?? 0;
  }

  /** How far an account has come; undefined: it is not here. */
  revOf(id: string): number | undefined {
    const row = this.#book.rowOf(id);
    return row === undefined ? undefined : this.#book.rev[row];
  }

  /** How far the accounts of each bucket have come, to be compared with what is stored. */
  marks(): Map<number, { accounts: number; revs: number }> {
    const { size, status, bucket, rev } = this.#book;
    const marks = new Map<number, { accounts: number; revs: number }>();
    for (let row = 0; row < size; row++) {
      if (status[row] === FREE) continue;
      const mark = marks.get(bucket[row] as number) ?? { accounts: 0, revs: 0 };
      mark.accounts += 1;
      mark.revs += rev[row] as number;
      marks.set(bucket[row] as number, mark);
    }
    return marks;
  }

  rowsIn(buckets: ReadonlySet<number>): number[] {
    const { size, status, bucket } = this.#book;
    const rows: number[] = [];
    for (let row = 0; row < size; row++) {
      if (status[row] !== FREE && buckets.has(bucket[row] as number)) rows.push(row);
    }
    return rows;
  }

  /** For whoever keeps it up to date. */
  put(accounts: readonly BookRow[], gone: readonly string[]): void {
    if (accounts.length === 0 && gone.length === 0) return;
    const before = this.#book.accounts;
    for (const id of gone) this.#book.remove(id);
    for (const account of accounts) this.#filler.fill(account);
    if (gone.length > 0 || this.#book.accounts !== before) this.#sorter.membersChanged();
    this.#found.clear();
    this.#change += 1;
  }

  #matches(filter: BookFilter, today: Day): Int32Array {
    const key = JSON.stringify([filter, filter.renewalWithin === undefined ? 0 : today, "rows"]);
    const known = this.#found.get(key);
    if (known) return known;
    const work = { model: this.model, book: this.#book, helpers: this.#helpers, today };
    const found = findRows(work, filter);
    this.#keep(key, found);
    return found;
  }

  #keep(key: string, rows: Int32Array): void {
    this.#found.set(key, rows);
    for (const oldest of this.#found.keys()) {
      if (this.#found.size <= KEPT) return;
      this.#found.delete(oldest);
    }
  }

  #revenue(): ColumnData | undefined {
    const { revenue } = this.model.workspace;
    return revenue === undefined ? undefined : this.#book.data(revenue);
  }

  #known(column: string): string {
    const name = columnCalled(column);
    if (this.#book.layout.column(name)) return name;
    const near = nearest(
      column,
      this.specs.map((spec) => spec.name),
    );
    throw new AppError(
      "bad-value",
      `There is nothing called \`${column}\`.`,
      near === undefined ? undefined : `Did you mean \`${near}\`?`,
    );
  }
}
