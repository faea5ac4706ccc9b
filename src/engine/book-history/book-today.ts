import { localDay } from "../../core/time/zone.ts";
import type { Day } from "../../core/time/day.ts";
import type { BookNow } from "../book-view/book-now.ts";
import { bookViewOf } from "../book-view/book-view-of.ts";
import type { EngineContext } from "../context.ts";

/** The book in memory and the workspace's day; AppError `no-model` where none is live. */
export async function todayOf(
  context: EngineContext,
): Promise<{ readonly book: BookNow; readonly today: Day }> {
  const book = await bookViewOf(context).now();
  return { book, today: localDay(context.clock(), book.model.workspace.timezone) };
}
