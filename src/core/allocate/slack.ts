import type { Model, ProgramDef, StepDef } from "../model/types.ts";

/**
 * How many days a step's touch may be done earlier or later with the program still meaning the
 * same: half a period of a series; else half the way to the nearest day that the program counts
 * from or to (its entry, the date it runs up to, another of its touches).
 */
export function slackOf(program: ProgramDef, step: StepDef): number {
  switch (step.timing.kind) {
    case "every":
      return half(Math.min(step.timing.period, step.timing.first || step.timing.period));
    case "after":
      return half(nearest(step.timing.days, [0, ...daysAfter(program)]));
    case "before":
      return half(Math.min(...step.timing.days.map((days) => nearest(days, beforeDays(step)))));
  }
}

function daysAfter({ steps }: ProgramDef): number[] {
  return steps.flatMap(({ timing }) => (timing.kind === "after" ? [timing.days] : []));
}

function beforeDays({ timing }: StepDef): number[] {
  return timing.kind === "before" ? [0, ...timing.days] : [];
}

/** How far the nearest other day is; 0 where there is none. */
function nearest(day: number, days: readonly number[]): number {
  const away = days.filter((other) => other !== day).map((other) => Math.abs(other - day));
  return away.length === 0 ? 0 : Math.min(...away);
}

/** An open touch is missed after 30 days: nothing waits longer than half of that. */
const MOST = 15;

function half(days: number): number {
  return Math.min(MOST, Math.floor(days / 2));
}

/** By `program` and `step` as touches name them (`check_in#1`). */
export function slackByStep(model: Model): ReadonlyMap<string, number> {
  return new Map(
    model.programs.flatMap((program) =>
      program.steps.map((step): [string, number] => [
        stepKey(program.name, `${step.touchpoint}#${step.ordinal}`),
        slackOf(program, step),
      ]),
    ),
  );
}

export function stepKey(program: string | null, step: string | null): string {
  return `${program ?? ""}\n${step ?? ""}`;
}
