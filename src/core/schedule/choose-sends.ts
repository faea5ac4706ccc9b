import type { CapsDef } from "../model/types.ts";
import type { Day, Instant } from "../time/day.ts";
import { CapWindows, isExempt, occurrenceOf, type SentRecord } from "./cap-windows.ts";
import { compareText } from "./persons.ts";
import { changed, type TouchChange } from "./touch-change.ts";
import type { Touch } from "./types.ts";

/** A touch whose day has come: automated ones not yet sent, human ones not yet let through. */
export interface SendCandidate {
  readonly touch: Touch;
  /** `receiverKey(…)` of whom it goes to; null for human touches and those to the account. */
  readonly receiver: string | null;
}

export interface SendInput {
  readonly caps: CapsDef;
  readonly today: Day;
  readonly candidates: readonly SendCandidate[];
  /**
   * What went out in the last `longestWindow(caps)` days, today included, without exempt
   * touches. Human touches count on the day they were done, those let through but open today.
   */
  readonly sent: readonly SentRecord[];
  /** By account: the day of the latest done human touch. */
  readonly lastHuman: ReadonlyMap<string, Day>;
}

export type SendChoice =
  | { readonly touch: Touch; readonly verdict: "send" }
  | { readonly touch: Touch; readonly verdict: "defer" | "drop"; readonly reason: string };

/**
 * Nobody is pestered: which touches may go today, by priority, then by day. Every one that
 * has to wait or is given up names the cap that caused it.
 */
export function chooseSends(input: SendInput): SendChoice[] {
  const windows = new CapWindows(input.caps, input.today, input.sent);
  const ranks = new Map(input.caps.priority.map((name, index) => [name, index]));
  const last = ranks.size;
  const rank = ({ priority, purpose }: Touch): number =>
    ranks.get(priority ?? (purpose === "transactional" ? purpose : "")) ?? last;
  return input.candidates
    .toSorted(
      ({ touch: a }, { touch: b }) =>
        rank(a) - rank(b) || a.due - b.due || compareText(a.key, b.key),
    )
    .map((candidate) => choose(input, windows, candidate));
}

function choose(input: SendInput, windows: CapWindows, candidate: SendCandidate): SendChoice {
  const { touch } = candidate;
  const days = input.caps.giveUpAfter;
  const isLate = input.today - touch.due > days && !touch.must;
  if (isLate && !touch.human) return { touch, verdict: "drop", reason: whyDropped(input, touch) };
  if (isExempt(touch)) return { touch, verdict: "send" };
  const record = sentRecord(touch, candidate.receiver, input.today);
  const reason = whyQuiet(input, touch) ?? windows.whyNot(record);
  if (reason === null) {
    windows.add(record);
    return { touch, verdict: "send" };
  }
  if (isLate) return { touch, verdict: "drop", reason: `${reason} for longer than ${days} days` };
  return { touch, verdict: "defer", reason };
}

function whyDropped({ caps, today }: SendInput, touch: Touch): string {
  if (touch.status === "deferred" && touch.reason !== null) {
    return `${touch.reason} for longer than ${caps.giveUpAfter} days`;
  }
  return `late: ${today - touch.due} days after its day`;
}

/** Somebody has just spoken with them: machines keep silent for a while. */
function whyQuiet({ caps, today, lastHuman }: SendInput, touch: Touch): string | null {
  const day = lastHuman.get(touch.account);
  if (touch.human || caps.quietAfterHuman === 0 || day === undefined) return null;
  return today <= day + caps.quietAfterHuman ? "quiet after human touch" : null;
}

/** How caps count a touch on the day it goes out or is done. */
export function sentRecord(touch: Touch, receiver: string | null, day: Day): SentRecord {
  const { account, channel, human } = touch;
  return { account, receiver, channel, human, occurrence: occurrenceOf(touch), day };
}

/** Puts a choice into effect: `send` lets a human touch through and leaves the sending of others. */
export function applyChoice(choice: SendChoice, at: Instant): TouchChange {
  const { touch } = choice;
  switch (choice.verdict) {
    case "send":
      if (!touch.human || touch.status !== "deferred") return { touch, events: [] };
      return changed(touch, { ...touch, status: "due", reason: null }, at);
    case "defer":
      return changed(touch, { ...touch, status: "deferred", reason: choice.reason }, at);
    case "drop":
      return changed(touch, { ...touch, status: "dropped", reason: choice.reason }, at);
  }
}
