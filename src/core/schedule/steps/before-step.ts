import { isOpen } from "../touch-status.ts";
import type { BeforeMemory } from "../types.ts";
import type { StepKind, StepView } from "./step-kind.ts";

interface Timing {
  readonly date: string;
  readonly days: readonly number[];
}

const NONE: BeforeMemory = { numbered: [], passed: [] };

/**
 * `before: renewal_date, days: [60d, 30d]`: on those days before a date. When the date moves,
 * what has not happened moves along; unshifted days decide what is past, and today is not.
 */
export function beforeStep(timing: Timing): StepKind {
  const remembered = (view: StepView, before: BeforeMemory, days: number): boolean =>
    before.numbered.includes(days) && hasHappened(view, before.numbered.indexOf(days) + 1);
  return {
    begin: (_view, from) => ({ from, before: NONE }),
    renew: (view, memory) => {
      const before = memory.before ?? NONE;
      const date = view.dateOf(timing.date);
      if (date === null) return memory;
      const earliest = Math.max(view.today, memory.from);
      const fresh = timing.days.filter(
        (days) =>
          !before.numbered.includes(days) && date - days >= earliest && date - days <= view.horizon,
      );
      if (fresh.length === 0) return memory;
      return { ...memory, before: { ...before, numbered: [...before.numbered, ...fresh] } };
    },
    place: (view, memory, touch) => {
      const days = memory.before?.numbered[touch.occurrence - 1];
      if (days === undefined || !timing.days.includes(days)) {
        return { cancel: "the program no longer has this day" };
      }
      const date = view.dateOf(timing.date);
      if (date === null) return { cancel: `${timing.date} is unknown` };
      const day = date - days;
      if (day === touch.unshifted || day >= view.today) return { day };
      return { cancel: `${timing.date} moved: ${days}d before it is past` };
    },
    wanted: (view, { before = NONE, from }) => {
      const date = view.dateOf(timing.date);
      if (date === null) return [];
      return before.numbered
        .map((days, index) => ({ days, occurrence: index + 1, day: date - days }))
        .filter(
          ({ days, day }) =>
            timing.days.includes(days) &&
            !before.passed.includes(days) &&
            day >= Math.max(view.today, from) &&
            day <= view.horizon,
        );
    },
    pass: (view, memory) => {
      const before = memory.before ?? NONE;
      const date = view.dateOf(timing.date);
      const over = before.numbered.filter(
        (days) =>
          !before.passed.includes(days) &&
          (remembered(view, before, days) || (date !== null && date - days < view.today)),
      );
      if (over.length === 0) return memory;
      return { ...memory, before: { ...before, passed: [...before.passed, ...over] } };
    },
    turns: (view) => {
      const date = view.dateOf(timing.date);
      if (date === null) return [];
      const sight = view.horizon - view.today;
      return timing.days.flatMap((days) => [date - days - sight, date - days, date - days + 1]);
    },
    isMade: (view, { before = NONE }) => {
      const date = view.dateOf(timing.date);
      const isOver = (days: number): boolean =>
        before.passed.includes(days) || (date !== null && date - days < view.today);
      const hasTouches = (days: number): boolean =>
        view.touches.some(({ occurrence }) => before.numbered[occurrence - 1] === days);
      return (
        before.numbered.length > 0 && timing.days.every((days) => isOver(days) || hasTouches(days))
      );
    },
  };
}

/** All its touches are closed: were the date to move, none would be made again. */
function hasHappened(view: StepView, occurrence: number): boolean {
  const touches = view.touches.filter((touch) => touch.occurrence === occurrence);
  return touches.length > 0 && !touches.some(isOpen);
}
