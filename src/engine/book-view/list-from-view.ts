import type { AccountPageQuery, AccountPlace, Page } from "../account-page.ts";
import type { EngineContext } from "../context.ts";
import { compareValues } from "../list-accounts.ts";
import { momentOf } from "../live-model.ts";
import type { ListedAccount } from "../ports.ts";
import { ACCOUNT_ORDERS } from "../ports/reading.ts";
import type { BookFilter } from "./book-filter.ts";
import type { BookNow } from "./book-now.ts";
import { bookViewOf } from "./book-view-of.ts";

/** Who asks waits no longer for the book; the database answers then. */
const PATIENCE_MS = 300;

type Ordered = (a: AccountPlace, b: AccountPlace) => number;

/**
 * A page of accounts found in memory and read from the database: for rules and orders by facts,
 * for which the database would have to read every decision. The same accounts in the same order.
 * null: this is not one of those, or the book is not there yet.
 */
export async function listFromView(
  context: EngineContext,
  query: AccountPageQuery,
  after: AccountPlace | null,
  limit: number,
): Promise<Page<ListedAccount, AccountPlace> | null> {
  const { where, sort, state, id } = query;
  const column = sort?.replace(/^-/, "");
  const isByFact = column !== undefined && !ACCOUNT_ORDERS.some((one) => one === column);
  if (id !== undefined || query.ids || (state !== "open" && state !== "decided")) return null;
  if (!isByFact && (where === undefined || sort !== undefined)) return null;
  const book = await bookViewOf(context).nowWithin(PATIENCE_MS);
  if (!book || (isByFact && !book.has(column))) return null;
  const { today } = momentOf(context, book.model.workspace.timezone);
  const filter = filterOf(query, state);
  const wanted = isByFact
    ? byFact(book, filter, today, { column, descending: sort?.startsWith("-") === true })
    : asKept(book, filter, today);
  const from = after === null ? 0 : placeAfter(wanted, after);
  const rows = wanted.rows.slice(from, from + limit);
  const last = from + limit < wanted.rows.length ? rows.at(-1) : undefined;
  const next = last === undefined ? null : wanted.placeOf(last);
  return { items: await read(context, book, rows), next };
}

function filterOf(
  { where, text, level, stage, owner }: AccountPageQuery,
  state: "open" | "decided",
): BookFilter {
  return {
    state,
    ...(where === undefined ? {} : { where }),
    ...(text === undefined ? {} : { text }),
    ...(level === undefined ? {} : { levels: [level] }),
    ...(stage === undefined ? {} : { stages: [stage] }),
    ...(owner === undefined ? {} : { owners: [owner] }),
  };
}

interface Wanted {
  readonly rows: Int32Array;
  readonly order: Ordered;
  readonly placeOf: (row: number) => AccountPlace;
}

function byFact(
  book: BookNow,
  filter: BookFilter,
  today: number,
  { column, descending }: { readonly column: string; readonly descending: boolean },
): Wanted {
  const sign = descending ? -1 : 1;
  return {
    rows: book.find(filter, today, { column, descending, texts: "exact" }),
    order: (a, b) => compareValues(a.value, b.value, sign) || compareIds(a.id, b.id),
    placeOf: (row) => ({ id: book.idOf(row), value: book.value(column, row) }),
  };
}

/** By bucket, then id: the order that costs a database nothing. */
function asKept(book: BookNow, filter: BookFilter, today: number): Wanted {
  // they are by id already, and a stable sort by bucket keeps that
  const rows = book.find(filter, today).toSorted((a, b) => book.bucketOf(a) - book.bucketOf(b));
  return {
    rows,
    order: (a, b) => bucketOf(book, a.id) - bucketOf(book, b.id) || compareIds(a.id, b.id),
    placeOf: (row) => ({ id: book.idOf(row), value: book.idOf(row) }),
  };
}

function bucketOf(book: BookNow, id: string): number {
  const row = book.rowOf(id);
  // an account that is gone: what stood behind it cannot be told
  if (row === undefined) return -1;
  return book.bucketOf(row);
}

function compareIds(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Where it goes on: the first row behind the place. */
function placeAfter({ rows, order, placeOf }: Wanted, after: AccountPlace): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (order(placeOf(rows[middle] as number), after) > 0) high = middle;
    else low = middle + 1;
  }
  return low;
}

async function read(
  { store }: EngineContext,
  book: BookNow,
  rows: Int32Array,
): Promise<ListedAccount[]> {
  const ids = Array.from(rows, (row) => book.idOf(row));
  if (ids.length === 0) return [];
  const found = await store.reading.accounts({ state: "all", ids }, null, ids.length);
  const byId = new Map(found.map((one) => [one.id, one]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
