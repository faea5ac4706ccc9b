import type { Model } from "../../core/model/index.ts";
import { nextSendTime, sendWindow, type Touch } from "../../core/schedule/index.ts";
import type { Day, Instant } from "../../core/time/day.ts";
import { localDay } from "../../core/time/zone.ts";
import type { TouchToSend } from "../ports.ts";
import { hashShare } from "./hash-share.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Less late than this it just goes: there was no pause and no outage to speak of. */
const LATE_MS = HOUR_MS;
/** One that was spread once is not spread again before it is this late: else it might never go. */
const LATE_AGAIN_MS = 36 * HOUR_MS;
const SHORTEST_MS = 30 * MINUTE_MS;

/**
 * When a touch that nobody sent in time goes, so that nothing bursts after a pause or an outage:
 * spread over twice the time it is late, within what is left of the receiver's window (of the
 * next one when that is hardly anything). null: it is not late.
 */
export function spreadLate(
  model: Pick<Model, "caps">,
  zone: string,
  touch: Touch,
  { tryAt, passedOn }: Pick<TouchToSend, "tryAt" | "passedOn">,
  now: Instant,
): Instant | null {
  const turn = tryAt ?? Math.max(sendWindow(model, zone, touch.due).from, touch.plannedAt);
  const late = now - turn;
  if (late < (passedOn === null ? LATE_MS : LATE_AGAIN_MS)) return null;
  const window = windowLeft(model, zone, touch.due, now);
  const span = Math.min(window.to - window.from, Math.max(2 * late, SHORTEST_MS));
  return window.from + Math.floor(span * hashShare(`spread ${touch.key}`));
}

function windowLeft(
  model: Pick<Model, "caps">,
  zone: string,
  due: Day,
  now: Instant,
): { readonly from: Instant; readonly to: Instant } {
  const from = nextSendTime(model, zone, due, now);
  const { to } = sendWindow(model, zone, localDay(from, zone));
  return to - from >= SHORTEST_MS
    ? { from, to }
    : sendWindow(model, zone, localDay(from, zone) + 1);
}
