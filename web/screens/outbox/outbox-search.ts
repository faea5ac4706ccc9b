import { oneOf, type RawSearch } from "../../lib/search.ts";

export const OUTBOX_VIEWS = ["messages", "held", "pauses", "preview"] as const;
export type OutboxView = (typeof OUTBOX_VIEWS)[number];
export const STATUSES = [
  "queued",
  "sending",
  "sent",
  "dry_run",
  "uncertain",
  "failed",
  "dead",
] as const;
export const CHANNELS = [
  "email",
  "in_app",
  "slack",
  "webhook",
  "task",
  "call",
  "video",
  "in_person",
  "webinar",
] as const;

/** What the screen's address says after `?`: with it the same view opens again. */
export interface OutboxSearch {
  readonly view?: OutboxView | undefined;
  readonly status?: (typeof STATUSES)[number] | undefined;
  readonly channel?: (typeof CHANNELS)[number] | undefined;
  readonly account?: string | undefined;
  readonly contact?: string | undefined;
  readonly program?: string | undefined;
  readonly touch?: string | undefined;
  /** The message whose panel is open. */
  readonly message?: string | undefined;
  readonly touchpoint?: string | undefined;
}

export function readOutboxSearch(raw: RawSearch): OutboxSearch {
  const { account, contact, program, touch, message, touchpoint } = raw;
  return {
    view: oneOf(raw["view"], OUTBOX_VIEWS),
    status: oneOf(raw["status"], STATUSES),
    channel: oneOf(raw["channel"], CHANNELS),
    account,
    contact,
    program,
    touch,
    message,
    touchpoint,
  };
}
