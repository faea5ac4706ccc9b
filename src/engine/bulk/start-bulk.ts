import { randomUUID } from "node:crypto";
import { AppError } from "../app-error.ts";
import type { BookFilter } from "../book-view/book-filter.ts";
import { bookViewOf } from "../book-view/book-view-of.ts";
import type { EngineContext } from "../context.ts";
import { liveModel } from "../live-model.ts";
import type { BulkAction, BulkRun } from "../ports.ts";
import { checkAction, verdictOn } from "./bulk-refusals.ts";

/** Has something done to all accounts of a filter that it would change; a worker takes it from here. */
export async function startBulk(
  context: EngineContext,
  filter: BookFilter,
  wanted: Pick<BulkRun, "action" | "reason" | "onlyOwner">,
): Promise<BulkRun> {
  const live = await liveModel(context);
  const { now, today } = live.moment();
  const action: BulkAction = wanted.action;
  await checkAction(context, live.model, action, today);
  const book = await bookViewOf(context).now();
  const rows = book
    .find(filter, today)
    .filter((row) => verdictOn(book, row, action, wanted.onlyOwner).kind === "changes");
  if (rows.length === 0)
    throw new AppError(
      "bad-value",
      "It would change none of these accounts.",
      "Look at the preview: it says why.",
    );
  const run: BulkRun = {
    id: randomUUID(),
    madeAt: now,
    by: context.actor,
    ...wanted,
    accounts: Array.from(rows, (row) => book.idOf(row)),
    done: 0,
    changed: 0,
    failed: [],
    finishedAt: null,
  };
  await context.store.bulk.add(run);
  return run;
}
