import type { Instant } from "../time/day.ts";
import { changed, type TouchChange } from "./touch-change.ts";
import type { ActionItem, Touch, TouchResult } from "./types.ts";

export interface OutcomeDetails {
  /** Minutes that it took. */
  readonly minutes?: number;
  readonly note?: string;
  readonly actionItems?: readonly ActionItem[];
}

/** How far a message came: reports arrive in any order, and the furthest one counts. */
const FURTHER: readonly TouchResult[] = [
  "delivered",
  "seen",
  "opened",
  "registered",
  "no_show",
  "clicked",
  "replied",
  "attended",
  "held",
  "completed",
  "converted",
  "dismissed",
  "unsubscribed",
  "complained",
  "bounced",
];

/**
 * What became of a touch. A bounce makes it failed, everything else done. What people say of
 * their own touches replaces what was said before; of an automated one only what goes further.
 */
export function recordOutcome(
  touch: Touch,
  result: TouchResult,
  at: Instant,
  details: OutcomeDetails = {},
): TouchChange {
  const noted: Touch = {
    ...touch,
    minutesSpent: details.minutes ?? touch.minutesSpent,
    note: details.note ?? touch.note,
    actionItems: details.actionItems ?? touch.actionItems,
  };
  if (!touch.human && isNoFurther(touch, result)) return changed(touch, noted, at);
  const isCorrection = touch.human && touch.result !== result;
  const after: Touch = {
    ...noted,
    status: result === "bounced" ? "failed" : "done",
    result,
    reason: null,
    doneAt: touch.doneAt === null || isCorrection ? at : touch.doneAt,
  };
  return changed(touch, after, at);
}

function isNoFurther(touch: Touch, result: TouchResult): boolean {
  return touch.result !== null && FURTHER.indexOf(result) <= FURTHER.indexOf(touch.result);
}
