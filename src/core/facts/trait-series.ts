import type { Value } from "../rules/types.ts";
import type { Day, Instant } from "../time/day.ts";

interface Step {
  readonly from: Day;
  readonly arrived: Instant;
  readonly value: Value;
}

/** A trait's values in the order of the days they count from, late news in its place. */
export class TraitSeries {
  readonly #steps: Step[] = [];

  add(step: Step): void {
    let index = this.#steps.length;
    while (index > 0 && isBefore(step, this.#steps[index - 1] as Step)) index -= 1;
    this.#steps.splice(index, 0, step);
  }

  /** The value as of the end of a day; undefined when none counted yet. */
  at(day: Day): Value | undefined {
    return this.stepAt(day)?.value;
  }

  /** The first later day on which another step begins to count; Infinity where none is known. */
  until(day: Day): Day {
    for (const { from } of this.#steps) if (from > day) return from;
    return Number.POSITIVE_INFINITY;
  }

  /** The step that counts at the end of a day: its value and since when. */
  stepAt(day: Day): Step | undefined {
    for (let index = this.#steps.length - 1; index >= 0; index--) {
      const step = this.#steps[index] as Step;
      if (step.from <= day) return step;
    }
    return undefined;
  }
}

function isBefore(a: Step, b: Step): boolean {
  return a.from < b.from || (a.from === b.from && a.arrived < b.arrived);
}
