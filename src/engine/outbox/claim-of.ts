import {
  isExempt,
  recordOutcome,
  sentRecord,
  type Touch,
  type TouchChange,
} from "../../core/schedule/index.ts";
import { changed } from "../../core/schedule/touch-change.ts";
import { touchNotice } from "../notices.ts";
import type { Claim, Lease, Moment, Outgoing, RenderedMessage } from "../ports.ts";
import { DRY_RUN } from "./delivery-options.ts";
import { EMPTY_MESSAGE } from "./empty-message.ts";
import { touchEventId } from "./touch-event-id.ts";
import type { WaitingTouch } from "./waiting-touch.ts";

export interface ClaimMaker {
  readonly moment: Moment;
  readonly lease: Lease;
  /** false: nothing is handed to a channel. */
  readonly sends: boolean;
  /** The part of Message-IDs behind the @. */
  readonly domain: string;
}

/** A touch that waits, passes or is given up. */
export function claimOf(
  maker: ClaimMaker,
  { account, touch, marks }: WaitingTouch,
  change: TouchChange,
  then: Partial<Pick<Claim, "tryAt" | "passedOn" | "attempts" | "outgoing" | "use">>,
): Claim {
  const { now } = maker.moment;
  const isSame = JSON.stringify(change.touch) === JSON.stringify(touch);
  return {
    account: account.id,
    key: touch.key,
    touch: isSame ? null : change.touch,
    events: change.events.map((event) => ({
      ...event,
      account: account.id,
      id: touchEventId(touch, event),
    })),
    outgoing: null,
    tryAt: null,
    passedOn: marks.passedOn,
    attempts: marks.attempts,
    use: null,
    notices: touchNotice(touch, change.touch, now, account.loaded.stateRev + 1),
    ...then,
  };
}

/** A touch that goes: handed to its channel once this is stored, or done by being stored. */
export function sendClaim(
  maker: ClaimMaker,
  waiting: WaitingTouch,
  message: RenderedMessage,
): Claim {
  const { touch, countedAs, channel } = waiting;
  const { now, today } = maker.moment;
  const status = statusOf(maker, channel?.way === "stored");
  const outgoing = attemptOf(maker, waiting, message, status);
  const counts = countedAs !== null && !isExempt(touch);
  return claimOf(maker, waiting, leaving(touch, status, now), {
    outgoing,
    attempts: outgoing.attempt,
    use: counts
      ? { ...sentRecord(touch, countedAs, today), receiver: countedAs, touch: touch.key }
      : null,
  });
}

function statusOf({ sends }: ClaimMaker, isStored: boolean): "dry_run" | "sent" | "sending" {
  if (!sends) return "dry_run";
  return isStored ? "sent" : "sending";
}

function leaving(touch: Touch, status: "dry_run" | "sent" | "sending", now: number): TouchChange {
  if (status === "sending")
    return changed(touch, { ...touch, status: "sending", reason: null }, now);
  const done = recordOutcome(touch, "delivered", now);
  return status === "sent" ? done : { ...done, touch: { ...done.touch, reason: DRY_RUN } };
}

/** A touch whose message cannot be made: shown among the dead, to be replayed once it is mended. */
export function spoiltClaim(maker: ClaimMaker, waiting: WaitingTouch, why: string): Claim {
  const { touch } = waiting;
  const outgoing = { ...attemptOf(maker, waiting, EMPTY_MESSAGE, "dead"), error: why };
  const after: Touch = { ...touch, status: "failed", reason: why };
  return claimOf(maker, waiting, changed(touch, after, maker.moment.now), {
    outgoing,
    attempts: outgoing.attempt,
  });
}

function attemptOf(
  { moment: { now }, lease, domain }: ClaimMaker,
  { account, touch, marks, person, receiver, countedAs }: WaitingTouch,
  message: RenderedMessage,
  status: Outgoing["status"],
): Outgoing {
  const attempt = marks.attempts + 1;
  const id = `${touch.id}.${attempt}`;
  const isSending = status === "sending";
  return {
    id,
    account: account.id,
    kind: "touch",
    touch: touch.key,
    touchId: touch.id,
    touchpoint: touch.touchpoint,
    program: touch.program,
    attempt,
    channel: touch.channel,
    contact: touch.contact,
    userId: person?.user ?? null,
    receiver,
    countedAs: isExempt(touch) ? null : countedAs,
    status,
    messageId: messageIdOf(id, domain),
    message,
    error: null,
    madeAt: now,
    tryAt: null,
    sentAt: status === "sent" ? now : null,
    settledAt: isSending ? null : now,
    worker: isSending ? lease.worker : null,
    leaseUntil: isSending ? lease.until : null,
  };
}

export function messageIdOf(id: string, domain: string): string {
  return `<${id}@${domain}>`;
}
