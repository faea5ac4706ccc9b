import type { StepDef } from "../types.ts";

/**
 * The days on which steps fall due in the first `horizon` days of a run, counted from its entry
 * (or, for those before a date, from that date), ascending. `horizon` bounds a series.
 */
export function dueDays(steps: readonly StepDef[], horizon: number): readonly number[] {
  const days = steps.flatMap(({ timing }) => {
    switch (timing.kind) {
      case "after":
        return [timing.days];
      case "before":
        return timing.days.map((before) => -before);
      case "every": {
        const count = Math.max(0, Math.ceil((horizon - timing.first) / timing.period));
        return Array.from({ length: count }, (_, i) => timing.first + i * timing.period);
      }
    }
  });
  return days.sort((a, b) => a - b);
}

/**
 * Whether some of the touches due on these days have to be dropped under a cap, however they are
 * put off: `count` in any `window` days, each at most `patience` days late.
 */
export function overflows(
  days: readonly number[],
  cap: { readonly count: number; readonly days: number },
  patience: number,
): { readonly touches: number; readonly days: number; readonly room: number } | undefined {
  const limited = days.slice(0, MAX_COUNTED);
  for (let first = 0; first < limited.length; first += 1) {
    for (let last = first + cap.count; last < limited.length; last += 1) {
      const span = (limited[last] ?? 0) - (limited[first] ?? 0) + 1;
      const room = cap.count * Math.ceil((span + patience) / cap.days);
      const touches = last - first + 1;
      if (touches > room) return { touches, days: span, room };
    }
  }
  return undefined;
}

/** Pairs of days are compared, and a program that is too much shows it early. */
const MAX_COUNTED = 400;
