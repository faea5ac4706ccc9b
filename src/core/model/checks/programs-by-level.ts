import type { LevelDef, ProgramDef, TouchpointDef } from "../types.ts";
import { type CheckedModel, placeOf, placeOfStep, valueIn } from "./checked-model.ts";
import { possible } from "./may-hold.ts";

/** Whether a program can run for accounts on a level, as far as its `when` tells. */
export function canRunAt(program: ProgramDef, level: string): boolean {
  return !program.when || possible(program.when.expr, "level", level).true;
}

/** Warns of levels on which nothing ever happens. */
export function checkLevelsHavePrograms(checked: CheckedModel): void {
  const { model, reading } = checked;
  // A program that is in error may be just the one.
  if (reading.hasErrors) return;
  for (const level of model.levels) {
    if (model.programs.some((program) => canRunAt(program, level.name))) continue;
    const message = `No program can run for accounts on the level ${level.name}.`;
    const hint = `Add a program \`when: level == "${level.name}"\`.`;
    reading.report("level-without-program", placeOf(checked, "levels", level.name), message, hint);
  }
}

/**
 * A level says through which channels and with which kinds of touch it is served. Programs that
 * ask for the level are held to it; those that go by stage or event may well go beyond it.
 */
export function checkTouchesFitLevels(checked: CheckedModel): void {
  const { model, reading } = checked;
  const touchpoints = new Map(model.touchpoints.map((each) => [each.name, each]));
  for (const program of model.programs.filter(({ usesLevel }) => usesLevel)) {
    const levels = model.levels.filter((level) => canRunAt(program, level.name));
    program.steps.forEach((step, i) => {
      const touchpoint = touchpoints.get(step.touchpoint);
      const reason = touchpoint?.human ? misfit(checked, levels, touchpoint) : undefined;
      if (touchpoint === undefined || reason === undefined) return;
      reading.report("outside-level", placeOfStep(checked, program.name, i), reason);
    });
  }
}

function misfit(
  checked: CheckedModel,
  levels: readonly LevelDef[],
  { name, channel }: TouchpointDef,
): string | undefined {
  const gives = (level: LevelDef, key: string): boolean =>
    valueIn(checked, "levels", level.name, key) !== undefined;
  const byKind = levels.filter((each) => givesKinds(checked, each) && !each.kinds.includes(name));
  if (byKind.length > 0) return `${name} is not among the kinds of ${listed(byKind)}.`;
  const byChannel = levels.filter(
    (each) => gives(each, "channels") && !each.channels.includes(channel),
  );
  if (byChannel.length === 0) return undefined;
  return `${name} goes through ${channel}, which is not among the channels of ${listed(byChannel)}.`;
}

/** Whether the level says its kinds, and all of them are known. */
function givesKinds(checked: CheckedModel, level: LevelDef): boolean {
  const node = valueIn(checked, "levels", level.name, "kinds");
  return node?.kind === "list" && node.items.length === level.kinds.length;
}

function listed(levels: readonly LevelDef[]): string {
  return levels.map(({ name }) => name).join(", ");
}
