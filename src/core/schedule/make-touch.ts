import type { StepDef, TouchpointDef } from "../model/types.ts";
import { nextWorkingDay } from "../time/work-calendar.ts";
import type { Day } from "../time/day.ts";
import type { Draft } from "./draft.ts";
import { stepName } from "./steps/step-kinds.ts";
import { touchId, touchKey } from "./touch-key.ts";
import { touchpointFields, UNTOUCHED } from "./touchpoint-fields.ts";
import type { Occurrence, Run, Touch } from "./types.ts";

/** People work on working days; machines on every day. */
export function fallsOn(draft: Draft, human: boolean, day: Day): Day {
  return human ? nextWorkingDay(draft.calendar, day) : day;
}

/** The touch of an occurrence for a receiver, or for the account (`contact` null). */
export function makeTouch(
  draft: Draft,
  place: { readonly run: Run; readonly step: StepDef; readonly touchpoint: TouchpointDef },
  { occurrence, day }: Occurrence,
  contact: string | null,
): Touch {
  const { run, step, touchpoint } = place;
  const { account, modelVersion, now } = draft.input;
  const key = keyOf(draft, run, step, occurrence, contact);
  const due = fallsOn(draft, touchpoint.human, day);
  return {
    key,
    id: touchId(key),
    account: account.id,
    contact,
    program: run.program,
    run: run.run,
    step: stepName(step),
    occurrence,
    due,
    unshifted: day,
    ...touchpointFields(touchpoint, step.minutes, account.owner),
    ...UNTOUCHED,
    ...statusOn(draft, touchpoint.human, due),
    plannedAt: now,
    modelVersion,
  };
}

export function keyOf(
  draft: Draft,
  run: Run,
  step: StepDef,
  occurrence: number,
  contact: string | null,
): string {
  const { program, run: number } = run;
  const account = draft.input.account.id;
  return touchKey({ account, program, run: number, step: stepName(step), occurrence, contact });
}

/**
 * What a touch made now is. When days are caught up its own may be past already: nobody can
 * hold it then, and a message goes out late only while it is worth it.
 */
function statusOn(draft: Draft, human: boolean, due: Day): Pick<Touch, "status" | "reason"> {
  const late = draft.present - due;
  if (late > 0 && human) return { status: "missed", reason: "its day was past when it was made" };
  if (late > draft.model.caps.giveUpAfter) {
    return { status: "dropped", reason: `late: ${late} days after its day` };
  }
  return { status: due > draft.input.today ? "planned" : "due", reason: null };
}
