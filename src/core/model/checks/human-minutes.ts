import type { Model } from "../types.ts";
import { type CheckedModel, placeOf } from "./checked-model.ts";
import { canRunAt } from "./programs-by-level.ts";

/**
 * Minutes a week that people's regular touches take for one account of each level: the `every`
 * steps of all programs that ask for the level. Level → minutes, only levels with any.
 */
export function weeklyHumanMinutes(model: Model): ReadonlyMap<string, number> {
  const human = new Set(model.touchpoints.filter((each) => each.human).map(({ name }) => name));
  const byLevel = new Map<string, number>();
  for (const level of model.levels) {
    let minutes = 0;
    for (const program of model.programs) {
      if (!program.usesLevel || !canRunAt(program, level.name)) continue;
      for (const step of program.steps) {
        if (!human.has(step.touchpoint) || step.timing.kind !== "every") continue;
        minutes += (step.minutes * 7) / step.timing.period;
      }
    }
    if (minutes > 0) byLevel.set(level.name, minutes);
  }
  return byLevel;
}

/**
 * Warns when one person's book on a level takes more hours than a week has, and when one such
 * book on every level takes more than the whole team has.
 */
export function checkHumanMinutes(
  checked: CheckedModel,
  team: { readonly hoursPerWeek: number } | undefined,
): void {
  const { model, reading } = checked;
  const { workingHours, workingDays } = model.workspace;
  const week = ((workingHours.to - workingHours.from) / 60) * workingDays.length;
  const minutes = weeklyHumanMinutes(model);
  let all = 0;
  for (const level of model.levels) {
    const perAccount = minutes.get(level.name) ?? 0;
    const hours = (perAccount * (level.accountsPerOwner ?? 0)) / 60;
    all += hours;
    if (hours <= week) continue;
    const message =
      `One owner's ${level.accountsPerOwner ?? 0} accounts of the level ${level.name} need ` +
      `${round(hours)} hours a week, and a week has ${round(week)}.`;
    const hint = `Each takes ${round(perAccount)} minutes a week: fewer accounts, or fewer and shorter touches.`;
    reading.report("minutes-over-hours", placeOf(checked, "levels", level.name), message, hint);
  }
  if (!team || all <= team.hoursPerWeek) return;
  const at = checked.root.entries.find(({ key }) => key === "levels")?.keySpan ?? checked.root;
  const message =
    `One full book on each level needs ${round(all)} hours a week, and the team has ` +
    `${round(team.hoursPerWeek)}.`;
  reading.report("minutes-over-hours", at, message);
}

function round(amount: number): number {
  return Math.round(amount * 10) / 10;
}
