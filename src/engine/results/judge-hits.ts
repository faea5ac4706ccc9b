import type { Instant } from "../../core/time/day.ts";
import type { MessageHit } from "../ports.ts";

/** Whoever asks sooner after delivery has not read the mail. */
const TOO_SOON_MS = { click: 5000, open: 10_000 } as const;
/** Nobody follows two links in so short a time. */
const AT_ONCE_MS = 1000;
/** How long after a hit its neighbours are all there. */
export const SETTLED_AFTER_MS = 2000;

/**
 * Which hits of a message are a person's doing. One request shows little: what shows is that it
 * came within seconds of delivery, or that other links of the message were asked for in the same
 * second, as scanners do. `weak` says why one does not count.
 */
export function judgeHits(hits: readonly MessageHit[], sentAt: Instant | null): MessageHit[] {
  return hits.map((hit) => ({ ...hit, weak: hit.weak ?? whyWeak(hit, hits, sentAt) }));
}

function whyWeak(
  hit: MessageHit,
  all: readonly MessageHit[],
  sentAt: Instant | null,
): string | null {
  if (sentAt !== null && hit.at - sentAt < TOO_SOON_MS[hit.kind])
    return "within seconds of delivery";
  if (hit.kind === "open") return null;
  const isAmongMany = all.some(
    (other) =>
      other.kind === "click" &&
      other.link !== hit.link &&
      Math.abs(other.at - hit.at) <= AT_ONCE_MS,
  );
  return isAmongMany ? "several links within a second" : null;
}
