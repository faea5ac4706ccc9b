import type { Day } from "../../time/day.ts";
import type { Occurrence, SeriesMemory, StepMemory, Touch } from "../types.ts";
import type { StepKind, StepView } from "./step-kind.ts";

interface Timing {
  readonly period: number;
  readonly first: number;
}

/**
 * `every: 2w`: an endless series that counts from its unshifted days. One that starts soon
 * after the same touch succeeded waits a whole period from it.
 */
export function everyStep(timing: Timing): StepKind {
  const begin = (view: StepView, from: Day): StepMemory => ({
    from,
    series: {
      period: timing.period,
      first: timing.first,
      last: null,
      next: { occurrence: 1, day: firstFrom(view, firstDay(view, timing), from, timing.period) },
    },
  });
  return {
    begin,
    renew: (view, memory) => {
      const { series } = memory;
      if (!series) return begin(view, memory.from);
      const come = latestCome(view, series);
      if (come === null) {
        const isSame = series.period === timing.period && series.first === timing.first;
        return isSame ? memory : begin(view, Math.max(memory.from, view.today));
      }
      if (series.period === timing.period) return memory;
      const from = Math.max(memory.from, view.today);
      const day = firstFrom(view, come.day + timing.period, from, timing.period);
      const next = { occurrence: come.occurrence + 1, day };
      return { ...memory, series: { ...timing, last: come, next } };
    },
    place: (_view, memory, touch) => {
      const day = dayOf(memory.series, touch.occurrence);
      return { day: touch.status === "planned" && day !== null ? day : touch.unshifted };
    },
    wanted: (view, { series }) => {
      const wanted: Occurrence[] = [];
      if (!series || view.run.status === "finishing") return wanted;
      let { occurrence, day } = series.next;
      for (; day <= view.horizon; occurrence++, day += series.period) {
        wanted.push({ occurrence, day });
      }
      return wanted;
    },
    pass: (view, memory) => {
      if (!memory.series) return memory;
      let { last, next } = memory.series;
      const { period } = memory.series;
      while (next.day < view.today) {
        last = next;
        next = { occurrence: next.occurrence + 1, day: next.day + period };
      }
      return last === memory.series.last
        ? memory
        : { ...memory, series: { ...memory.series, last, next } };
    },
    turns: (view, { series }) => {
      if (!series) return [view.today + 1];
      const { next, period } = series;
      const sight = view.horizon - view.today;
      // the first of the series that is not in sight yet
      const ahead = Math.max(0, Math.floor((view.horizon - next.day) / period) + 1);
      return [next.day + 1, next.day + ahead * period - sight];
    },
    isMade: (view) => view.run.status === "finishing",
  };
}

function firstDay(view: StepView, { period, first }: Timing): Day {
  const success = view.lastSuccess();
  const isRecent = success !== null && 2 * (view.today - success) < period;
  return isRecent ? success + period : view.run.entered + first;
}

/** The first day of the series that falls on `from` or later. */
function firstFrom(view: StepView, start: Day, from: Day, period: number): Day {
  let day = start;
  while (view.due(day) < from) day += period;
  return day;
}

function dayOf(series: SeriesMemory | undefined, occurrence: number): Day | null {
  if (!series || occurrence < series.next.occurrence) return null;
  return series.next.day + (occurrence - series.next.occurrence) * series.period;
}

/** The last occurrence whose day has come or that happened before its day. */
function latestCome(view: StepView, series: SeriesMemory): Occurrence | null {
  return view.touches.reduce<Occurrence | null>((latest, touch) => {
    if (!hasCome(touch) || touch.occurrence <= (latest?.occurrence ?? 0)) return latest;
    return { occurrence: touch.occurrence, day: touch.unshifted };
  }, series.last);
}

function hasCome({ status }: Touch): boolean {
  return status !== "planned" && status !== "cancelled";
}
