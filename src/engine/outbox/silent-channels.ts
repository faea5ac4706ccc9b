import type { Channel } from "../../core/model/index.ts";
import type { Instant } from "../../core/time/day.ts";

/** A batch that meets one waits for its time-out: no more often than this. */
const LEFT_ALONE_MS = 60_000;

/** Channels that did not answer, left alone for a while so that the others are not kept waiting. */
export class SilentChannels {
  readonly #until = new Map<Channel, Instant>();

  add(name: Channel, now: Instant): void {
    this.#until.set(name, now + LEFT_ALONE_MS);
  }

  has(name: Channel, now: Instant): boolean {
    return now < (this.#until.get(name) ?? now);
  }
}
