import type { Model, ProgramDef, StepDef, TouchpointDef } from "../model/types.ts";
import { isPerReceiver } from "./receivers.ts";
import type { StepKind } from "./steps/step-kind.ts";
import { stepKind, stepName } from "./steps/step-kinds.ts";

/** A step with all that planning asks of it again and again. */
export interface IndexedStep {
  readonly name: string;
  readonly step: StepDef;
  readonly touchpoint: TouchpointDef;
  readonly kind: StepKind;
  /** Made once for each contact that may have it, who may come and go. */
  readonly perReceiver: boolean;
}

export interface IndexedProgram {
  readonly program: ProgramDef;
  /** Its place in the model. */
  readonly index: number;
  readonly steps: readonly IndexedStep[];
}

/** A model's programs by name, made once per model. */
export type ModelIndex = ReadonlyMap<string, IndexedProgram>;

const indexes = new WeakMap<Model, ModelIndex>();

export function modelIndex(model: Model): ModelIndex {
  let found = indexes.get(model);
  if (!found) {
    found = makeIndex(model);
    indexes.set(model, found);
  }
  return found;
}

function makeIndex({ programs, touchpoints }: Model): ModelIndex {
  const byName = new Map(touchpoints.map((touchpoint) => [touchpoint.name, touchpoint]));
  const indexStep = (step: StepDef): IndexedStep => {
    const touchpoint = byName.get(step.touchpoint);
    if (!touchpoint) throw new Error(`the model has no touchpoint ${step.touchpoint}`);
    const perReceiver = isPerReceiver(touchpoint);
    return { name: stepName(step), step, touchpoint, kind: stepKind(step.timing), perReceiver };
  };
  return new Map(
    programs.map((program, index) => [
      program.name,
      { program, index, steps: program.steps.map(indexStep) },
    ]),
  );
}
