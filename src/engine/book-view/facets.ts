import { momentOf } from "../live-model.ts";
import type { EngineContext } from "../context.ts";
import type { BookFilter, BookShare } from "./book-filter.ts";
import type { BookNow } from "./book-now.ts";
import { bookViewOf } from "./book-view-of.ts";

export interface StageShare extends BookShare {
  readonly overdue: number;
}
export interface SegmentShare {
  readonly segment: string;
  /** Of one of several; null: it has none. */
  readonly entry: string | null;
  readonly accounts: number;
  readonly revenue: number;
}

/** How what matches is spread, for what people click to narrow it down, and for boards. */
export interface Facets {
  readonly total: number;
  readonly revenue: number | null;
  readonly levels: readonly BookShare[];
  readonly stages: readonly StageShare[];
  readonly bands: readonly BookShare[];
  readonly owners: readonly BookShare[];
  readonly segments: readonly SegmentShare[];
}

export async function facets(context: EngineContext, filter: BookFilter): Promise<Facets> {
  const book = await bookViewOf(context).now();
  const { today } = momentOf(context, book.model.workspace.timezone);
  const rows = book.find(filter, today);
  return {
    total: rows.length,
    revenue: book.revenueOf(rows),
    levels: book.shares(rows, "level"),
    stages: stageShares(book, rows),
    bands: book.shares(rows, "health_band"),
    owners: book.shares(rows, "account.owner"),
    segments: segmentShares(book, rows),
  };
}

function stageShares(book: BookNow, rows: Int32Array): StageShare[] {
  const late = rows.filter((row) => book.value("stage.status", row) === "overdue");
  const overdue = new Map(book.shares(late, "stage").map((one) => [one.value, one.accounts]));
  return book
    .shares(rows, "stage")
    .map((one) => ({ ...one, overdue: overdue.get(one.value) ?? 0 }));
}

function segmentShares(book: BookNow, rows: Int32Array): SegmentShare[] {
  return book.model.segments.flatMap(({ name }) =>
    book.shares(rows, `segments.${name}`).flatMap(({ value, accounts, revenue }) => {
      if (value === null || value === false) return [];
      const entry = typeof value === "string" ? value : null;
      return [{ segment: name, entry, accounts, revenue }];
    }),
  );
}
