/** Where a touch can stand (contracts.md §5). */
export const TOUCH_STATUSES = [
  "planned",
  "due",
  "deferred",
  "sending",
  "uncertain",
  "done",
  "missed",
  "skipped",
  "cancelled",
  "dropped",
  "failed",
] as const;

export type TouchStatus = (typeof TOUCH_STATUSES)[number];

/** What can become of a touch (contracts.md §5). */
export const TOUCH_RESULTS = [
  "held",
  "no_show",
  "attended",
  "registered",
  "seen",
  "delivered",
  "opened",
  "clicked",
  "replied",
  "converted",
  "completed",
  "bounced",
  "complained",
  "dismissed",
  "unsubscribed",
] as const;

export type TouchResult = (typeof TOUCH_RESULTS)[number];
