import { type EngineEvent, recordOutcome, type Touch } from "../../core/schedule/index.ts";
import { changed, type TouchChange } from "../../core/schedule/touch-change.ts";
import type { Day, Instant } from "../../core/time/day.ts";
import { touchNotice } from "../notices.ts";
import type {
  Attempt,
  AuditEntry,
  Outgoing,
  OutgoingStatus,
  SendResult,
  Settlement,
} from "../ports.ts";
import { addressHash } from "./address-hash.ts";
import { DRY_RUN } from "./delivery-options.ts";
import { isLastAttempt, MOST_ATTEMPTS, retryAt } from "./retry-later.ts";
import { touchEventId } from "./touch-event-id.ts";

/** How an attempt ended: as its channel said, or as it was settled later. */
export type End =
  | SendResult
  /** Nobody knows, and it counts as sent. */
  | { readonly kind: "assumed"; readonly why: string }
  /** Nobody knows, or it is dead, and it is made once more: from `due` on, where given. */
  | { readonly kind: "again"; readonly why: string; readonly due?: Day }
  /** It was never handed to its channel: it surely did not leave, and goes as soon as it can. */
  | { readonly kind: "not_handed"; readonly error: string }
  /** Nothing is to leave. */
  | { readonly kind: "dry_run" };

export interface Ending {
  readonly end: End;
  readonly now: Instant;
  /** Who settled it by hand. */
  readonly audit?: AuditEntry;
}

/** What an end makes of an attempt and its touch. */
interface Outcome {
  readonly status: OutgoingStatus;
  readonly error: string | null;
  readonly touch: TouchChange | null;
  readonly tryAt: Instant | null;
  readonly releases: boolean;
}

/** Attempts whose end can still be told. */
const OPEN: readonly OutgoingStatus[] = ["sending", "uncertain"];

/** null: its end is known already, and stays. */
export function settlementOf(attempt: Attempt, { end, now, audit }: Ending): Settlement | null {
  const { outgoing, stateRev, isHanded } = attempt;
  const isOpen = OPEN.includes(outgoing.status);
  if (!isOpen && !(end.kind === "again" && outgoing.status === "dead")) return null;
  if (end.kind === "uncertain" && outgoing.status === "uncertain") return null;
  // it was handed over after all, while somebody concluded that it never would be
  if (end.kind === "not_handed" && isHanded) return null;
  const touch = attempt.touch && canEnd(attempt.touch, outgoing) ? attempt.touch : null;
  const outcome = outcomeOf(outgoing, touch, end, now);
  const change = outcome.touch;
  const isSent = outcome.status === "sent";
  const isBounce = end.kind === "permanent" && end.bounced === true;
  return {
    account: outgoing.account,
    id: outgoing.id,
    stateRev,
    from: outgoing.status,
    isHanded,
    outgoing: {
      ...outgoing,
      status: outcome.status,
      error: outcome.error,
      attempt: outcome.status === "queued" ? outgoing.attempt + 1 : outgoing.attempt,
      tryAt: outcome.status === "queued" ? outcome.tryAt : null,
      sentAt: isSent ? now : outgoing.sentAt,
      settledAt: outcome.status === "queued" || outcome.status === "uncertain" ? null : now,
      worker: null,
      leaseUntil: null,
    },
    touch: change?.touch ?? null,
    events: change && touch ? ownEvents(touch, change.events) : [],
    tryAt: outcome.tryAt,
    releases: outcome.releases,
    suppression:
      isBounce && outgoing.receiver !== null && outgoing.channel !== "in_app"
        ? {
            address: addressHash(outgoing.receiver),
            channel: outgoing.channel,
            reason: `bounced: ${end.error}`,
          }
        : null,
    notices: change && touch ? touchNotice(touch, change.touch, now, stateRev + 1) : [],
    audit: audit ?? null,
  };
}

/** A touch of which a person has said meanwhile what became of it stays as they said. */
function canEnd(touch: Touch, { status }: Outgoing): boolean {
  if (status === "dead") return touch.status === "failed";
  return touch.status === "sending" || touch.status === "uncertain";
}

function ownEvents(touch: Touch, events: readonly EngineEvent[]): Settlement["events"] {
  return events.map((event) => ({
    ...event,
    account: touch.account,
    id: touchEventId(touch, event),
  }));
}

function outcomeOf(outgoing: Outgoing, touch: Touch | null, end: End, now: Instant): Outcome {
  const at = (change: Partial<Touch>): TouchChange | null =>
    touch && changed(touch, { ...touch, ...change }, now);
  const stays = { tryAt: null, releases: false } as const;
  switch (end.kind) {
    case "sent":
      return { status: "sent", error: null, touch: delivered(touch, now, null), ...stays };
    case "assumed":
      return {
        status: "sent",
        error: end.why,
        touch: delivered(touch, now, end.why, outgoing.madeAt),
        ...stays,
      };
    case "uncertain":
      return {
        status: "uncertain",
        error: end.error,
        touch: at({ status: "uncertain", reason: end.error }),
        ...stays,
      };
    case "permanent":
      return {
        status: "failed",
        error: end.error,
        touch:
          end.bounced === true
            ? bounced(touch, end.error, now)
            : at({ status: "failed", reason: end.error }),
        tryAt: null,
        releases: true,
      };
    case "not_handed":
      return {
        status: outgoing.kind === "touch" ? "failed" : "queued",
        error: end.error,
        touch: at({ status: "due", reason: null }),
        tryAt: now,
        releases: true,
      };
    case "dry_run":
      return { status: "dry_run", error: null, touch: delivered(touch, now, DRY_RUN), ...stays };
    case "temporary":
      return temporary(outgoing, end, at, now);
    case "again": {
      const isQueued = outgoing.kind !== "touch";
      return {
        status: isQueued ? "queued" : "failed",
        error: outgoing.error ?? end.why,
        touch: at({
          status: "due",
          reason: end.why,
          ...(end.due === undefined ? {} : { due: end.due }),
        }),
        tryAt: now,
        releases: false,
      };
    }
  }
}

function temporary(
  outgoing: Outgoing,
  end: Extract<End, { kind: "temporary" }>,
  at: (change: Partial<Touch>) => TouchChange | null,
  now: Instant,
): Outcome {
  const { id, kind, attempt } = outgoing;
  if (isLastAttempt(attempt)) {
    const reason = `given up after ${MOST_ATTEMPTS} attempts: ${end.error}`;
    const touch = at({ status: "failed", reason });
    return { status: "dead", error: end.error, touch, tryAt: null, releases: true };
  }
  return {
    status: kind === "touch" ? "failed" : "queued",
    error: end.error,
    touch: at({ status: "deferred", reason: end.error }),
    tryAt: retryAt(id, attempt, now, end.retryAfterMs),
    releases: true,
  };
}

/** @param doneAt when it counts as done, where that is not now */
function delivered(
  touch: Touch | null,
  now: Instant,
  reason: string | null,
  doneAt: Instant = now,
): TouchChange | null {
  if (!touch) return null;
  const done = recordOutcome(touch, "delivered", now);
  return { ...done, touch: { ...done.touch, reason, doneAt } };
}

function bounced(touch: Touch | null, reason: string, now: Instant): TouchChange | null {
  if (!touch) return null;
  const done = recordOutcome(touch, "bounced", now);
  return { ...done, touch: { ...done.touch, reason } };
}
