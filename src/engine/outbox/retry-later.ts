import type { Instant } from "../../core/time/day.ts";
import { hashShare } from "./hash-share.ts";

/** Temporary failures in a row after which somebody has to look; replayed by hand it has as many again. */
export const MOST_ATTEMPTS = 10;

const FIRST_MS = 60_000;
const LONGEST_MS = 12 * 3_600_000;

export function isLastAttempt(attempt: number): boolean {
  return attempt % MOST_ATTEMPTS === 0;
}

/**
 * When to try again after the attempt: 1, 3, 9, 27 minutes and so on up to 12 hours, each a
 * little earlier or later, so that what failed together does not come back together. Never
 * before the other side asked for.
 */
export function retryAt(
  id: string,
  attempt: number,
  now: Instant,
  retryAfterMs: number | undefined,
): Instant {
  const nth = (attempt - 1) % MOST_ATTEMPTS;
  const wait = Math.min(FIRST_MS * 3 ** nth, LONGEST_MS);
  const jittered = wait * (0.8 + 0.4 * hashShare(`retry ${id} ${attempt}`));
  return now + Math.round(Math.max(jittered, retryAfterMs ?? 0));
}
