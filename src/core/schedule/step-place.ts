import type { ProgramDef, StepDef, TouchpointDef } from "../model/types.ts";
import type { StepView } from "./steps/step-kind.ts";
import type { Run } from "./types.ts";

/** A step of a run being worked on. */
export interface StepPlace {
  readonly run: Run;
  readonly program: ProgramDef;
  readonly step: StepDef;
  readonly touchpoint: TouchpointDef;
  readonly view: StepView;
}
