import {
  type EngineEvent,
  type OutcomeDetails,
  recordOutcome,
  type Touch,
  type TouchResult,
} from "../../core/schedule/index.ts";
import type { Instant } from "../../core/time/day.ts";
import type { EngineContext } from "../context.ts";
import { findTouch } from "../find-touch.ts";
import { momentOf } from "../live-model.ts";
import { touchNotice } from "../notices.ts";
import type { AuditEntry, Notice, Outgoing, OutgoingStatus } from "../ports.ts";
import { untilStored } from "../until-stored.ts";

/** What became of a touch, as somebody or something reports it. */
export interface Report {
  readonly result: TouchResult;
  readonly at: Instant;
  readonly details?: OutcomeDetails;
  /** null: nobody said it by hand. */
  readonly audit?: AuditEntry | null;
}

/** `unchanged`: it was known, or something that goes further was. */
export type Recorded = "recorded" | "unchanged";

/**
 * A report about an attempt that has gone out becomes its touch's result, with the event that
 * says so, in one transaction: the same report again changes nothing. Any report but a bounce
 * proves that the message arrived, and so settles an attempt of which nobody knew the end.
 */
export async function recordAttemptResult(
  context: EngineContext,
  key: { readonly account: string; readonly id: string },
  report: Report,
): Promise<Recorded> {
  const now = context.clock();
  return untilStored(key.account, async () => {
    const [found] = await context.store.outbox.attempts([key]);
    if (!found) return "unchanged";
    const { outgoing, touch, stateRev } = found;
    const change = touch ? changeOf(touch, report, stateRev) : null;
    const settled = withEvidence(outgoing, report.result, now);
    if (!change && settled === outgoing) return "unchanged";
    const raced = await context.store.outbox.settle(
      [
        {
          account: key.account,
          id: key.id,
          stateRev,
          from: outgoing.status,
          outgoing: settled,
          touch: change?.touch ?? null,
          events: change?.events ?? [],
          tryAt: null,
          releases: report.result === "bounced",
          suppression: null,
          notices: change?.notices ?? [],
          audit: report.audit ?? null,
        },
      ],
      now,
    );
    if (raced.length > 0) return undefined;
    return change ? "recorded" : "unchanged";
  });
}

/** The same for a touch that nothing of ours went out for: a call, a webinar, a visit. */
export async function recordTouchResult(
  context: EngineContext,
  id: string,
  report: Report,
): Promise<Recorded> {
  const moment = momentOf(context, "UTC");
  return untilStored(id, async () => {
    const { touch, stateRev } = await findTouch(context, id);
    const change = changeOf(touch, report, stateRev);
    if (!change) return "unchanged";
    const isStored = await context.store.touches.record(
      {
        touches: [change.touch],
        events: change.events,
        traits: {},
        audit: report.audit ?? null,
        basedOn: new Map([[touch.account, stateRev]]),
        notices: change.notices,
      },
      moment,
    );
    return isStored ? "recorded" : undefined;
  });
}

interface Change {
  readonly touch: Touch;
  readonly events: readonly (EngineEvent & { readonly id: string; readonly account: string })[];
  readonly notices: readonly Notice[];
}

/** null: it says nothing new. */
function changeOf(before: Touch, { result, at, details }: Report, stateRev: number): Change | null {
  const { touch, events } = recordOutcome(before, result, at, details);
  const isNoted =
    touch.minutesSpent !== before.minutesSpent ||
    touch.note !== before.note ||
    touch.actionItems !== before.actionItems;
  if (events.length === 0 && !isNoted) return null;
  const { account, id } = touch;
  // A human touch may be corrected, and back: each time is an event of its own.
  const stamp = touch.human ? `${at}:` : "";
  const isFurther = before.result !== touch.result;
  return {
    touch,
    events: events.map((event) => ({ ...event, account, id: `ts:${id}:${stamp}${event.name}` })),
    notices: touchNotice(isFurther ? undefined : before, touch, at, stateRev + 1),
  };
}

const OPEN_ENDS: ReadonlySet<OutgoingStatus> = new Set(["uncertain", "failed", "dead"]);

/** The attempt as the report proves it; the same one where it proves nothing new. */
function withEvidence(outgoing: Outgoing, result: TouchResult, now: Instant): Outgoing {
  if (result === "bounced") {
    if (outgoing.status !== "sent" && outgoing.status !== "uncertain") return outgoing;
    return { ...outgoing, status: "failed", error: "bounced", tryAt: null, settledAt: now };
  }
  if (!OPEN_ENDS.has(outgoing.status)) return outgoing;
  const sentAt = outgoing.sentAt ?? now;
  return { ...outgoing, status: "sent", error: null, tryAt: null, sentAt, settledAt: now };
}

/** Whether anything of it can have reached anybody. */
export function hasLeft({ status }: Outgoing): boolean {
  return status !== "dry_run" && status !== "queued";
}
