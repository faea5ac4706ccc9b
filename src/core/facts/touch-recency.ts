import type { Day } from "../time/day.ts";
import { DayBuckets } from "./day-buckets.ts";
import type { EventInput } from "./types.ts";

/**
 * When the account was last touched, by anybody and by a person. A touch counts on the day it
 * was first done: opening a mail a week later is no new touch.
 */
export class TouchRecency {
  readonly #seen = new Set<string>();
  readonly #all = new DayBuckets<true>();
  readonly #human = new DayBuckets<true>();

  add(event: EventInput, day: Day): void {
    const { status, touch, human, touchpoint, channel } = event.properties;
    if (!event.name.startsWith("touch:") || status !== "done" || typeof touch !== "string") return;
    // notes that one colleague leaves another reach no customer
    if (touchpoint === "hand_over" && channel === "task") return;
    if (this.#seen.has(touch)) return;
    this.#seen.add(touch);
    this.#all.at(day, () => true);
    if (human === true) this.#human.at(day, () => true);
  }

  /** Days since the last touch done by the end of `day`; NaN when there was none. */
  daysSince(day: Day, humanOnly: boolean): number {
    const buckets = humanOnly ? this.#human : this.#all;
    const last = buckets.days[buckets.upTo(day) - 1];
    return last === undefined ? Number.NaN : day - last;
  }
}
