import type { StepKind, StepView } from "./step-kind.ts";

/** `after: 3d`: once, so many days after the run's entry day (0d: that day). */
export function afterStep(timing: { readonly days: number }): StepKind {
  const dayOf = (view: StepView) => view.run.entered + timing.days;
  return {
    begin: (_view, from) => ({ from }),
    renew: (_view, memory) => memory,
    place: (view, _memory, touch) => {
      if (touch.status !== "planned" || touch.unshifted === dayOf(view)) {
        return { day: touch.unshifted };
      }
      // Another model made it earlier: what is past by now falls on today.
      return { day: Math.max(dayOf(view), view.today) };
    },
    wanted: (view, memory) => {
      const day = dayOf(view);
      const due = view.due(day);
      if (day > view.horizon || due < memory.from) return [];
      // Nobody could receive it on its day: whoever can a little later still does.
      const isWaiting = !memory.made && view.today - due <= view.giveUpAfter;
      return due >= view.today || isWaiting ? [{ occurrence: 1, day }] : [];
    },
    pass: (view, memory) =>
      memory.made || view.touches.length === 0 ? memory : { ...memory, made: true },
    turns: (view) => {
      const day = dayOf(view);
      const due = view.due(day);
      const inSight = day - (view.horizon - view.today);
      return [inSight, due, due + 1, due + view.giveUpAfter + 1];
    },
    isMade: (view, memory) => {
      const due = view.due(dayOf(view));
      if (due < memory.from) return due <= view.today;
      if (!view.perReceiver) return memory.made === true;
      if (!memory.made) return view.today - due > view.giveUpAfter;
      return due <= view.today || view.touches.some(({ status }) => status !== "cancelled");
    },
  };
}
