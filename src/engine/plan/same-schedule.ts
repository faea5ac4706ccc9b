import { contactExperiment } from "../../core/decide/index.ts";
import type { Model, ProgramDef, TouchpointDef } from "../../core/model/types.ts";

/**
 * What of two models scheduling takes alike. Whoever has nothing to do with a program that is
 * another one, and for whom all rules say the same, keeps all touches as they are.
 */
export interface SameSchedule {
  /** Days, calendar, owners and what holds for all programs: else everybody's touches may move. */
  readonly isSame: boolean;
  /** Whether the program at this place of the new model does the same in the live one. */
  readonly programs: readonly boolean[];
  /** Its place in the live model; -1: it is new. */
  readonly placeInLive: readonly number[];
  /** Programs that are gone. */
  readonly gone: ReadonlySet<string>;
}

/** @param copiedToo what touches only copy counts as well */
export function sameSchedule(live: Model, target: Model, copiedToo: boolean): SameSchedule {
  const textOf = (model: Model, program: ProgramDef): string =>
    programText(model, program, copiedToo);
  const names = target.programs.map(({ name }) => name);
  const placeInLive = names.map((name) => live.programs.findIndex((one) => one.name === name));
  return {
    isSame: commonText(live) === commonText(target),
    programs: target.programs.map((program, place) => {
      const other = live.programs[placeInLive[place] ?? -1];
      return other !== undefined && textOf(live, other) === textOf(target, program);
    }),
    placeInLive,
    gone: new Set(live.programs.map(({ name }) => name).filter((name) => !names.includes(name))),
  };
}

function commonText({ workspace, caps, levels, touch, contactTraits, experiments }: Model): string {
  const { timezone, holidays, workingDays, planAhead } = workspace;
  const handsOver = touch?.adjust.some(({ handOver }) => handOver) === true;
  return JSON.stringify([
    [timezone, holidays, workingDays, planAhead, caps.giveUpAfter],
    levels.map(({ name, by }) => [name, by]),
    // who an account is handed to depends on the adjustments themselves
    handsOver ? touch : null,
    contactTraits,
    experiments.filter(({ unit }) => unit === "contact"),
  ]);
}

function programText(model: Model, program: ProgramDef, copiedToo: boolean): string {
  const { name, forContact, again, finish, usesLevel, on, steps, when } = program;
  // an account's own `when` is compared by what it comes to; one about contacts by its text
  const asked = forContact && when && asks(model, when.names) ? when.text : null;
  return JSON.stringify([
    [name, forContact, again, finish, usesLevel, asked, on?.pattern ?? null, on?.where?.text],
    steps.map(({ touchpoint, ordinal, minutes, timing }) => [
      ordinal,
      copiedToo ? minutes : null,
      timing,
      touchpointText(
        model.touchpoints.find((one) => one.name === touchpoint),
        copiedToo,
      ),
    ]),
  ]);
}

function asks(model: Model, names: readonly string[]): boolean {
  return names.some(
    (name) => name.startsWith("contact.") || contactExperiment(model, name) !== undefined,
  );
}

function touchpointText(touchpoint: TouchpointDef | undefined, copiedToo: boolean): unknown {
  if (!touchpoint) return undefined;
  const text = { ...touchpoint, to: touchpoint.to?.text ?? null };
  return copiedToo
    ? text
    : { ...text, title: null, minutes: null, accountable: null, drives: null };
}
