import type { Value } from "../../core/rules/types.ts";
import type { BookNow } from "../book-view/book-now.ts";
import type { BookFilter } from "../book-view/book-filter.ts";
import { bookViewOf } from "../book-view/book-view-of.ts";
import type { EngineContext } from "../context.ts";
import { liveModel } from "../live-model.ts";
import type { BulkAction } from "../ports.ts";
import { checkAction, verdictOn } from "./bulk-refusals.ts";
import { type BulkWork, workOf } from "./bulk-work.ts";

/** How many of one kind, with a few of them by name. */
export interface BulkGroup {
  readonly why: string;
  readonly accounts: number;
  readonly examples: readonly string[];
}
export interface BulkMove {
  readonly from: Value;
  readonly accounts: number;
  readonly revenue: number;
}

/** What doing something to many accounts would come to. */
export interface BulkPreview {
  readonly accounts: number;
  readonly changes: number;
  readonly revenue: number | null;
  readonly unchanged: readonly BulkGroup[];
  readonly refused: readonly BulkGroup[];
  /** Where those that change come from: levels, owners or stages. */
  readonly from: readonly BulkMove[];
  /** What it makes of people's work; null: nothing changes. */
  readonly work: BulkWork | null;
}

const EXAMPLES = 5;

/** Nothing is written. `onlyOwner`: who may change accounts of their own only. */
export async function previewBulk(
  context: EngineContext,
  filter: BookFilter,
  action: BulkAction,
  onlyOwner: string | null,
): Promise<BulkPreview> {
  const live = await liveModel(context);
  const { today } = live.moment();
  await checkAction(context, live.model, action, today);
  const book = await bookViewOf(context).now();
  const rows = book.find(filter, today);
  const unchanged = new Map<string, number[]>();
  const refused = new Map<string, number[]>();
  const changing: number[] = [];
  for (const row of rows) {
    const verdict = verdictOn(book, row, action, onlyOwner);
    if (verdict.kind === "changes") changing.push(row);
    else {
      const groups = verdict.kind === "refused" ? refused : unchanged;
      groups.set(verdict.why, [...(groups.get(verdict.why) ?? []), row]);
    }
  }
  const changes = Int32Array.from(changing);
  const from = action.kind === "assign" ? "account.owner" : "level";
  const told = {
    accounts: rows.length,
    changes: changes.length,
    revenue: book.revenueOf(changes),
    unchanged: groupsOf(book, unchanged),
    refused: groupsOf(book, refused),
    from: book.shares(changes, from).map(({ value, ...one }) => ({ from: value, ...one })),
  };
  const ids = changing.map((row) => book.idOf(row));
  return { ...told, work: await workOf(context, live, ids, action) };
}

function groupsOf(book: BookNow, groups: ReadonlyMap<string, readonly number[]>): BulkGroup[] {
  return [...groups].map(([why, rows]) => ({
    why,
    accounts: rows.length,
    examples: rows
      .slice(0, EXAMPLES)
      .map((row) => String(book.value("account.name", row) ?? book.idOf(row))),
  }));
}
