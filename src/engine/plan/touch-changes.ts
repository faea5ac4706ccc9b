import { isAhead, type Touch } from "../../core/schedule/index.ts";
import type { TouchpointFields } from "../../core/schedule/touchpoint-fields.ts";
import type { EvaluatedChange } from "./evaluate-change.ts";
import type { TouchChange, TouchFate } from "./types.ts";

/** What a touch takes from its touchpoint, and from who owns the account. */
const FIELDS: readonly (keyof TouchpointFields)[] = [
  "touchpoint",
  "title",
  "channel",
  "by",
  "accountable",
  "human",
  "must",
  "owner",
  "minutes",
  "purpose",
  "drives",
  "priority",
];

/** What becomes of an account's touches that are ahead; those that stay as they are left out. */
export function touchChanges({ before, decided }: EvaluatedChange): TouchChange[] {
  const was = new Map((before?.touches ?? []).map((touch) => [touch.key, touch]));
  const changes: TouchChange[] = [];
  for (const after of decided.result.record.touches.values()) {
    const change = changeOf(was.get(after.key), after);
    if (change) changes.push(change);
  }
  return changes;
}

function changeOf(before: Touch | undefined, after: Touch): TouchChange | null {
  const wasAhead = before !== undefined && isAhead(before);
  const fate = fateOf(before, after);
  if (fate === null) return null;
  const { key, account, contact, touchpoint, program, human, channel } = after;
  return {
    fate,
    key,
    account,
    contact,
    touchpoint,
    program,
    human,
    channel,
    dueBefore: wasAhead ? before.due : null,
    due: fate === "cancelled" ? null : after.due,
    reason: after.reason,
  };
}

/** What becomes of it; null: it stays as it is, or is not ahead before or after. */
export function fateOf(before: Touch | undefined, after: Touch): TouchFate | null {
  if (!before || !isAhead(before)) return isAhead(after) ? "made" : null;
  if (!isAhead(after)) return "cancelled";
  if (before.due !== after.due) return "moved";
  return FIELDS.every((name) => before[name] === after[name]) ? null : "changed";
}
