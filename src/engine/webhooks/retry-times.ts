const MINUTE_MS = 60_000;

/** Waits between the tries of a message, in minutes: ten tries over about 26 hours. */
const WAITS = [0.25, 1, 5, 15, 60, 120, 300, 480, 600];

/** Spread by up to a tenth, so that what failed together does not come back together. */
const SPREAD = 0.1;

/**
 * How long to wait after the nth try failed, in ms; null: it was the last. `share` (0 to 1) is
 * the message's own, so that the same message always waits as long.
 */
export function waitAfter(attempt: number, share: number, askedMs: number | null): number | null {
  const minutes = WAITS[attempt - 1];
  if (minutes === undefined) return null;
  const wait = minutes * MINUTE_MS * (1 + SPREAD * share);
  // who asks for more time gets it, up to a day
  return Math.round(Math.max(wait, Math.min(askedMs ?? 0, 1440 * MINUTE_MS)));
}

export const MOST_TRIES = WAITS.length + 1;
