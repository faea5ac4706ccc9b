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
 * How many of the touches due on these days (ascending) a cap lets through, when each is tried
 * every day from its own on and given up once it is more than `patience` days late.
 */
export function sentInTime(
  days: readonly number[],
  cap: { readonly count: number; readonly days: number },
  patience: number,
): number {
  const sent: number[] = [];
  for (const due of days) {
    // The touch `count` before this one has to have left the window.
    const before = sent.at(-cap.count);
    const free = before === undefined ? due : before + cap.days;
    const day = Math.max(due, sent.at(-1) ?? due, free);
    if (day <= due + patience) sent.push(day);
  }
  return sent.length;
}
