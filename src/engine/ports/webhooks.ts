import type { Json } from "../../core/facts/types.ts";
import type { Instant } from "../../core/time/day.ts";
import type { AuditEntry, Moment } from "./store.ts";

export const NOTICE_TYPES = [
  "decision.changed",
  "touch.planned",
  "touch.due",
  "touch.done",
  "survey.answered",
] as const;
export type NoticeType = (typeof NOTICE_TYPES)[number];

/**
 * Something others may want to be told, written in the very transaction that made it so: one
 * message per webhook that asks for its type.
 */
export interface Notice {
  /** The same whenever the same thing is told again. */
  readonly id: string;
  readonly account: string;
  readonly type: NoticeType;
  readonly at: Instant;
  readonly data: Json;
}

/** Who wants to be told, of what, and where. */
export interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly types: readonly NoticeType[];
  readonly active: boolean;
  /** Why it was switched off, where its receiver wanted it so. */
  readonly stopped: string | null;
  readonly note: string | null;
  readonly createdAt: Instant;
  readonly createdBy: string | null;
}

export const WEBHOOK_MESSAGE_STATUSES = ["queued", "sending", "sent", "dead"] as const;
export type WebhookMessageStatus = (typeof WEBHOOK_MESSAGE_STATUSES)[number];

/** One message for one webhook. */
export interface WebhookMessage {
  readonly account: string;
  /** `webhook-id`: the receiver tells by it what it has had already. */
  readonly id: string;
  readonly webhook: string;
  readonly type: NoticeType;
  /** `{type, timestamp, data}` */
  readonly payload: Json;
  readonly status: WebhookMessageStatus;
  readonly attempts: number;
  /** When it is tried next. */
  readonly tryAt: Instant;
  /** What went wrong the last time. */
  readonly error: string | null;
  readonly madeAt: Instant;
  readonly sentAt: Instant | null;
}

export interface WebhookMessageKey {
  readonly account: string;
  readonly id: string;
  readonly webhook: string;
}

export interface WebhookMessageFilter {
  readonly webhook?: string;
  readonly account?: string;
  readonly status?: WebhookMessageStatus;
}

/** Where a page of messages ended: the next one begins with what was made before it. */
export interface WebhookMessagePlace {
  readonly madeAt: Instant;
  readonly id: string;
  readonly webhook: string;
}

/** What became of a try. */
export interface WebhookOutcome extends WebhookMessageKey {
  readonly status: Exclude<WebhookMessageStatus, "sending">;
  readonly tryAt: Instant;
  readonly error: string | null;
  readonly sentAt: Instant | null;
}

export interface WebhookStore {
  list(): Promise<Webhook[]>;
  /** A new one, or the present one changed, with its audit entry. */
  put(webhook: Webhook, audit: AuditEntry, moment: Moment): Promise<void>;
  /** With its messages. False: there is none. */
  remove(id: string, audit: AuditEntry, moment: Moment): Promise<boolean>;
  /** Switches it off for a reason of its receiver's. */
  stop(id: string, reason: string): Promise<void>;
  /**
   * Messages whose time has come, oldest first, for nobody else until the lease ends; those that
   * a dead worker left are among them. Those of webhooks that are switched off wait.
   */
  take(
    buckets: readonly number[] | null,
    lease: { readonly worker: string; readonly until: Instant },
    now: Instant,
    limit: number,
  ): Promise<WebhookMessage[]>;
  settle(outcomes: readonly WebhookOutcome[], worker: string): Promise<void>;
  /** All of these buckets that waits for a webhook waits at least until then. */
  hold(buckets: readonly number[] | null, id: string, until: Instant): Promise<void>;
  /** Newest first. */
  messages(
    filter: WebhookMessageFilter,
    limit: number,
    after?: WebhookMessagePlace,
  ): Promise<WebhookMessage[]>;
  /** Sends again, from now on, those that are dead or were sent; answers how many. */
  replay(
    which: { readonly webhook: string; readonly id?: string; readonly since?: Instant },
    now: Instant,
  ): Promise<number>;
}
