import { WorkReader } from "../../core/allocate/planned-work.ts";
import type { Member, OwnedAccount } from "../../core/allocate/types.ts";
import type { WorkAccount } from "../../core/allocate/planned-work.ts";
import type { Model } from "../../core/model/index.ts";
import type { Day } from "../../core/time/day.ts";
import { Known } from "../book-history/known.ts";
import type { BookNow } from "../book-view/book-now.ts";
import type { EngineContext } from "../context.ts";
import { readWork, type StaffedBook } from "./read-book.ts";

/** What capacity asks of each account, from the book in memory. */
function standingsIn(book: BookNow, rows: Int32Array, model: Model) {
  const { revenue } = model.workspace;
  const owned: OwnedAccount[] = [];
  const known = new Map<string, WorkAccount>();
  const textOf = (column: string, row: number): string | null => {
    const value = book.value(column, row);
    return typeof value === "string" ? value : null;
  };
  for (const row of rows) {
    const worth = revenue === undefined ? null : book.value(revenue, row);
    const value = typeof worth === "number" ? worth : null;
    const id = book.idOf(row);
    owned.push({
      id,
      owner: textOf("owner", row),
      base: textOf("base_level", row),
      revenue: value,
    });
    known.set(id, { name: textOf("name", row), level: textOf("level", row), revenue: value });
  }
  return { owned, known };
}

const BOOKS = new Known<StaffedBook>();

/** Read once for each state that the book and the team are in: sliders ask again and again. */
export async function staffedBook(
  context: EngineContext,
  book: BookNow,
  team: readonly Member[],
  today: Day,
): Promise<StaffedBook> {
  const { model } = book;
  const key = `${book.modelVersion} ${today} ${JSON.stringify(team)}`;
  return BOOKS.get(context.store, key, book.change, async () => {
    const { owned, known } = standingsIn(book, book.find({ state: "decided" }, today), model);
    return {
      accounts: owned,
      work: await readWork(context, new WorkReader(model, team, today), known),
    };
  });
}
