import { showTyped } from "../../core/facts/index.ts";
import { pageFromDatabase } from "../account-page.ts";
import type { EngineContext } from "../context.ts";
import { momentOf } from "../live-model.ts";
import { ACCOUNT_ORDERS } from "../ports/reading.ts";
import type { BookFilter, BookOrder } from "./book-filter.ts";
import type { BookNow } from "./book-now.ts";
import type { Loading } from "./book-view.ts";
import { bookViewOf } from "./book-view-of.ts";
import { columnCalled } from "./column-specs.ts";

export interface PortfolioQuery {
  readonly filter: BookFilter;
  readonly order: BookOrder | undefined;
  readonly offset: number;
  readonly limit: number;
  readonly columns: readonly string[];
}

export type Shown = string | number | boolean | null | readonly string[];

export interface PortfolioRow {
  readonly id: string;
  readonly name: string | null;
  readonly values: { readonly [column: string]: Shown };
}

export interface PortfolioPage {
  /** null: not counted yet, the book is being loaded. */
  readonly total: number | null;
  readonly revenue: number | null;
  readonly loading: Loading | null;
  readonly rows: readonly PortfolioRow[];
}

/** Who asks for a first page waits for so long; then the database answers what it can. */
const PATIENCE_MS = 400;

/** A window of the accounts that match, with the columns asked for, and what they add up to. */
export async function portfolioPage(
  context: EngineContext,
  query: PortfolioQuery,
): Promise<PortfolioPage> {
  const view = bookViewOf(context);
  const book = (await view.nowWithin(PATIENCE_MS)) ?? (await firstRows(context, query));
  return "rows" in book ? book : windowOf(context, book, query);
}

function windowOf(context: EngineContext, book: BookNow, query: PortfolioQuery): PortfolioPage {
  const { today } = momentOf(context, book.model.workspace.timezone);
  const found = book.find(query.filter, today, query.order);
  const rows = found.slice(query.offset, query.offset + query.limit);
  const show = shower(book, query.columns);
  return {
    total: found.length,
    revenue: book.revenueOf(found),
    loading: null,
    rows: Array.from(rows, show),
  };
}

/** While the book is being loaded: what the database finds by itself. Anything else waits. */
async function firstRows(
  context: EngineContext,
  { filter, order, offset, limit, columns }: PortfolioQuery,
): Promise<PortfolioPage | BookNow> {
  const view = bookViewOf(context);
  const { text, state, levels, stages, owners, ...others } = filter;
  const sort = ACCOUNT_ORDERS.find((one) => order && columnCalled(one) === order.column);
  const isSimple =
    offset === 0 &&
    Object.keys(others).length === 0 &&
    [levels, stages, owners].every((list) => (list?.length ?? 1) === 1) &&
    (order === undefined || sort !== undefined);
  if (!isSimple) return view.now();
  const page = await pageFromDatabase(
    context,
    {
      state: state ?? "open",
      ...(text === undefined ? {} : { text }),
      ...(levels?.[0] === undefined ? {} : { level: levels[0] }),
      ...(stages?.[0] === undefined ? {} : { stage: stages[0] }),
      ...(owners?.[0] === undefined ? {} : { owner: owners[0] }),
      ...(sort ? { sort: order?.descending ? `-${sort}` : sort } : { sort: "id" }),
    },
    null,
    limit,
  );
  const found = await context.store.reading.bookRows(page.items.map(({ id }) => id));
  const { loading } = view;
  if (!loading) return view.now();
  const few = await view.bookOf(found);
  const show = shower(few, columns);
  const rows = page.items.flatMap(({ id }) => {
    const row = few.rowOf(id);
    return row === undefined ? [] : [show(row)];
  });
  return { total: null, revenue: null, loading, rows };
}

/** Reads rows as people see them: days as days, and `segments` as all that the account is in. */
export function shower(book: BookNow, columns: readonly string[]): (row: number) => PortfolioRow {
  const readers = columns.flatMap((name): [string, (row: number) => Shown][] => {
    if (name === "segments") return [[name, segmentsIn(book)]];
    const spec = book.specs.find((one) => one.name === columnCalled(name));
    return spec ? [[name, (row) => showTyped(spec.type, book.value(spec.name, row))]] : [];
  });
  return (row) => {
    const name = book.value("account.name", row);
    return {
      id: book.idOf(row),
      name: typeof name === "string" ? name : null,
      values: Object.fromEntries(readers.map(([column, read]) => [column, read(row)])),
    };
  };
}

/** `losing_interest`, and `value:small` for one of several. */
function segmentsIn(book: BookNow): (row: number) => readonly string[] {
  const names = book.model.segments.map(({ name }) => [name, `segments.${name}`] as const);
  return (row) =>
    names.flatMap(([name, column]) => {
      const value = book.value(column, row);
      if (value === true) return [name];
      return typeof value === "string" ? [`${name}:${value}`] : [];
    });
}
