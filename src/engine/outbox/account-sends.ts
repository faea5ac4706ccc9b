import { isExempt, type SentRecord, sentRecord, type Touch } from "../../core/schedule/index.ts";
import type { Day } from "../../core/time/day.ts";
import { localDay } from "../../core/time/zone.ts";
import type { LiveAccount } from "../live-book.ts";
import type { ReceiverUse } from "../ports.ts";

/**
 * What counts against caps: what accounts' own touches came to, those on their way or of unknown
 * end too; and what the receivers had from accounts that are not among these.
 *
 * @param passed keys of the human touches that are open and were let through today
 * @param candidates keys of those that are being chosen among: an earlier attempt of one that is
 *   made again is no other message
 */
export function sentRecords(
  accounts: readonly LiveAccount[],
  uses: readonly ReceiverUse[],
  passed: ReadonlySet<string>,
  candidates: ReadonlySet<string>,
  { today, zone }: { readonly today: Day; readonly zone: string },
): SentRecord[] {
  const useOf = new Map(uses.map((use) => [use.touch, use]));
  const own = new Set(accounts.map(({ id }) => id));
  const sent: SentRecord[] = uses.filter(({ account }) => !own.has(account));
  for (const { record } of accounts) {
    for (const touch of record.touches.values()) {
      if (isExempt(touch) || candidates.has(touch.key)) continue;
      const day = dayOf(touch, passed, today, zone);
      if (day === null) continue;
      const use = useOf.get(touch.key);
      sent.push(sentRecord(touch, use?.receiver ?? null, use?.day ?? day));
    }
  }
  return sent;
}

/** The day on which a touch counts; null: it does not. */
function dayOf(touch: Touch, passed: ReadonlySet<string>, today: Day, zone: string): Day | null {
  if (touch.doneAt !== null) return touch.status === "failed" ? null : localDay(touch.doneAt, zone);
  const isUnderWay = touch.status === "sending" || touch.status === "uncertain";
  return isUnderWay || passed.has(touch.key) ? today : null;
}

/** By account: the day of the latest done human touch. */
export function lastHumanDays(accounts: readonly LiveAccount[], zone: string): Map<string, Day> {
  const days = new Map<string, Day>();
  for (const { id, record } of accounts) {
    for (const { human, status, doneAt } of record.touches.values()) {
      if (!human || status !== "done" || doneAt === null) continue;
      const day = localDay(doneAt, zone);
      days.set(id, Math.max(days.get(id) ?? day, day));
    }
  }
  return days;
}
