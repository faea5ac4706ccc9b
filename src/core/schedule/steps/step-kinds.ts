import type { StepDef } from "../../model/types.ts";
import { assertNever } from "../../text/assert-never.ts";
import { afterStep } from "./after-step.ts";
import { beforeStep } from "./before-step.ts";
import { everyStep } from "./every-step.ts";
import type { StepKind } from "./step-kind.ts";

/** A step's identity among its program's steps, across model versions: `check_in#1`. */
export function stepName(step: Pick<StepDef, "touchpoint" | "ordinal">): string {
  return `${step.touchpoint}#${step.ordinal}`;
}

/** The kind of a step, for its timing. */
export function stepKind(timing: StepDef["timing"]): StepKind {
  switch (timing.kind) {
    case "after":
      return afterStep(timing);
    case "every":
      return everyStep(timing);
    case "before":
      return beforeStep(timing);
    default:
      return assertNever(timing);
  }
}
