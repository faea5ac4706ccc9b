import type { Value } from "../rules/types.ts";
import type { Day, Instant } from "../time/day.ts";

interface Step {
  readonly from: Day;
  readonly arrived: Instant;
  readonly value: Value;
}

const NONE: Step[] = [];

/** A trait's values in the order of the days they count from, late news in its place. */
export class TraitSeries {
  #steps: Step[] = NONE;

  add(step: Step): void {
    const steps = this.#steps;
    let index = steps.length;
    while (index > 0 && isBefore(step, steps[index - 1] as Step)) index -= 1;
    // most series have one step: an array made of it holds no room for others
    if (steps.length === 0) this.#steps = [step];
    else if (index === steps.length) steps.push(step);
    else steps.splice(index, 0, step);
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
