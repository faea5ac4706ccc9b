import { accountHead } from "../account-csv.ts";
import type { EngineContext } from "../context.ts";
import { csvLine } from "../csv-line.ts";
import { momentOf } from "../live-model.ts";
import type { BookFilter, BookOrder } from "./book-filter.ts";
import { bookViewOf } from "./book-view-of.ts";
import { columnCalled } from "./column-specs.ts";
import { type Shown, shower } from "./portfolio-page.ts";

const LINES_AT_ONCE = 500;

/**
 * The accounts of a filter as CSV for a spreadsheet, some lines at a time: id and name with the
 * columns asked for, or all that is decided and known.
 */
export async function* portfolioCsvPages(
  context: EngineContext,
  query: {
    readonly filter: BookFilter;
    readonly order: BookOrder | undefined;
    readonly columns: readonly string[] | null;
  },
): AsyncGenerator<string> {
  const book = await bookViewOf(context).now();
  const { today } = momentOf(context, book.model.workspace.timezone);
  const rows = book.find(query.filter, today, query.order);
  const head = query.columns
    ? ["id", "name", ...query.columns.filter((one) => one === "segments" || book.has(one))]
    : accountHead(book.model);
  const show = shower(book, head.map(columnCalled));
  yield `${csvLine(head)}\r\n`;
  for (let start = 0; start < rows.length; start += LINES_AT_ONCE) {
    const some = rows.slice(start, start + LINES_AT_ONCE);
    const lines = Array.from(some, (row) => {
      const { values } = show(row);
      return `${csvLine(head.map((one) => asCell(values[columnCalled(one)])))}\r\n`;
    });
    yield lines.join("");
  }
}

function asCell(value: Shown | undefined): string | number | boolean | null {
  if (value === undefined) return null;
  return typeof value === "object" && value !== null ? value.join("; ") : value;
}
