import type { OutcomeDetails, TouchResult } from "../../core/schedule/index.ts";
import { DAY_MS, type Instant } from "../../core/time/day.ts";
import { AppError } from "../app-error.ts";
import type { EngineContext } from "../context.ts";
import { findTouch } from "../find-touch.ts";
import type { Outgoing, PersonKey } from "../ports.ts";
import { attemptOfMessageId, latestAttempt } from "./find-attempt.ts";
import { changePersons, personsOf, suppressionsOf, type WhySuppressed } from "./person.ts";
import {
  hasLeft,
  recordAttemptResult,
  recordTouchResult,
  type Recorded,
  type Report,
} from "./record-result.ts";

/** What others report of something that went out, or took place. */
export interface PostedReport {
  /** The touch's id, … */
  readonly touch?: string | undefined;
  /** … or the Message-ID of the mail, … */
  readonly messageId?: string | undefined;
  /** … or, for bounces, complaints and unsubscribing, only the address. */
  readonly email?: string | undefined;
  readonly result: TouchResult;
  /** A soft bounce (mailbox full, greylisted too long) does not suppress the address. */
  readonly bounce?: "hard" | "soft" | undefined;
  readonly at?: Instant | undefined;
  readonly details?: OutcomeDetails;
}

export interface ReportResult {
  /** `unchanged`: it was known, or something that goes further was. */
  readonly status: Recorded | "refused";
  readonly touch?: string;
  readonly account?: string;
  /** The address is not written to any more. */
  readonly suppressed?: boolean;
  readonly reason?: string;
}

/** Takes reports one by one: one that is wrong does not stop the others. */
export async function takeReports(
  context: EngineContext,
  reports: readonly PostedReport[],
): Promise<ReportResult[]> {
  const results: ReportResult[] = [];
  for (const report of reports) {
    try {
      results.push(await takeReport(context, report));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      results.push({ status: "refused", reason: error.message });
    }
  }
  return results;
}

async function takeReport(context: EngineContext, report: PostedReport): Promise<ReportResult> {
  const now = context.clock();
  const at = report.at ?? now;
  if (at > now + DAY_MS) throw new AppError("bad-value", "It lies in the future.");
  const attempt = await attemptOf(context, report);
  const reason = suppressing(report);
  if (attempt === null && report.touch === undefined && (report.email === undefined || !reason)) {
    throw new AppError("unknown-touch", "No message or touch of ours is named by it.");
  }
  // first of all nothing more goes out; what is recorded below may be told again
  if (reason) await suppress(context, attempt, report, reason);
  const suppressed = reason === null ? {} : { suppressed: true };
  const said: Report = {
    result: report.result,
    at: Math.min(at, now),
    ...(report.details ? { details: report.details } : {}),
  };
  if (attempt) {
    const status = await recordAttemptResult(context, attempt, said);
    const { account, touchId } = attempt;
    return { status, account, ...(touchId === null ? {} : { touch: touchId }), ...suppressed };
  }
  if (report.touch === undefined) return { status: "recorded", ...suppressed };
  const { touch } = await findTouch(context, report.touch);
  refuseUnsent(touch.human, touch.result !== null, report.result);
  const status = await recordTouchResult(context, touch.id, said);
  return { status, touch: touch.id, account: touch.account, ...suppressed };
}

/** The message that a report is about; null: it names none. */
async function attemptOf(
  context: EngineContext,
  { touch, messageId }: PostedReport,
): Promise<Outgoing | null> {
  const attempt =
    messageId === undefined
      ? touch === undefined
        ? null
        : await latestAttempt(context, (await findTouch(context, touch)).touch.id)
      : await attemptOfMessageId(context, messageId);
  if (attempt && !hasLeft(attempt)) {
    throw new AppError("wrong-status", "The message has not gone out, so nothing came of it.");
  }
  return attempt;
}

/** What only a message that went out can come to. */
const OF_MESSAGES: ReadonlySet<TouchResult> = new Set([
  "delivered",
  "seen",
  "opened",
  "clicked",
  "replied",
  "bounced",
  "complained",
  "dismissed",
  "unsubscribed",
]);

function refuseUnsent(isHuman: boolean, hasResult: boolean, result: TouchResult): void {
  if (isHuman || hasResult || !OF_MESSAGES.has(result)) return;
  throw new AppError("wrong-status", `The touch has not gone out, so it cannot be ${result}.`);
}

function suppressing({ result, bounce }: PostedReport): WhySuppressed | null {
  if (result === "bounced") return bounce === "soft" ? null : "bounced";
  return result === "complained" || result === "unsubscribed" ? result : null;
}

async function suppress(
  context: EngineContext,
  attempt: Outgoing | null,
  { email }: PostedReport,
  reason: WhySuppressed,
): Promise<void> {
  const folded = email?.trim().toLowerCase();
  const named: PersonKey[] = folded === undefined ? [] : [{ email: folded }];
  const keys = attempt ? [...named, ...(await keysOf(context, attempt, reason))] : named;
  const channel = reason === "unsubscribed" ? (attempt?.channel ?? "email") : "email";
  await changePersons(context, keys, {
    // who bounced has not opted out: mail goes out again once the address is another
    optOut: reason === "bounced" ? [] : [channel],
    suppress: suppressionsOf(keys, [channel], reason),
  });
}

/** A bounce is about the address that was written to, whatever the contact's address is by now. */
async function keysOf(
  context: EngineContext,
  attempt: Outgoing,
  reason: WhySuppressed,
): Promise<readonly PersonKey[]> {
  if (reason !== "bounced") return (await personsOf(context, attempt)).keys;
  const { channel, receiver } = attempt;
  return channel === "email" && receiver !== null ? [{ email: receiver.trim().toLowerCase() }] : [];
}
