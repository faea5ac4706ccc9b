import type { ColumnSpec } from "../../core/book/book.ts";
import { accountScope } from "../../core/explain/index.ts";
import type { Model } from "../../core/model/index.ts";
import type { RuleType } from "../../core/rules/types.ts";

const TEXT: RuleType = { kind: "string" };
const NUMBER: RuleType = { kind: "number" };
const DAY: RuleType = { kind: "date" };
const FLAG: RuleType = { kind: "boolean" };

/**
 * What lists show of an account beside what rules may name. The dot keeps them apart from facts.
 * All but the first five are unknown where nothing is decided.
 */
export const LISTED_COLUMNS: readonly ColumnSpec[] = [
  { name: "account.name", type: TEXT },
  { name: "account.owner", type: TEXT },
  { name: "account.created_at", type: DAY },
  /** Day and touchpoint of the first open touch that needs a person, and of the first of all. */
  { name: "touch.next", type: DAY },
  { name: "touch.next_title", type: TEXT },
  { name: "touch.next_any", type: DAY },
  { name: "account.decided_on", type: DAY },
  { name: "level.since", type: DAY },
  { name: "level.pinned", type: FLAG },
  { name: "level.pinned_until", type: DAY },
  { name: "stage.since", type: DAY },
  { name: "stage.status", type: { kind: "string", values: ["on_track", "overdue"] } },
  /** Exit criteria of its stage: how many there are, how many are met, and the open ones. */
  { name: "stage.exit_count", type: NUMBER },
  { name: "stage.exit_met", type: NUMBER },
  { name: "stage.exit_open", type: TEXT },
  { name: "health.coverage", type: NUMBER },
  { name: "programs", type: TEXT },
];

/** The columns of a book decided by this model: all that rules may name, then the above. */
export function columnSpecs(model: Model): readonly ColumnSpec[] {
  const scope = accountScope(model);
  const named = scope.names().flatMap((name): ColumnSpec[] => {
    const place = scope.lookup(name);
    return name !== "today" && place && "found" in place ? [{ name, type: place.found }] : [];
  });
  return [...named, ...LISTED_COLUMNS];
}

/** Names that lists have always had for some of the columns. */
const ALSO: ReadonlyMap<string, string> = new Map([
  ["id", "account_id"],
  ["name", "account.name"],
  ["owner", "account.owner"],
  ["created_at", "account.created_at"],
]);

export function columnCalled(name: string): string {
  return ALSO.get(name) ?? name;
}
