import { nextWorkingDay } from "../time/work-calendar.ts";
import type { Day } from "../time/day.ts";
import type { Draft } from "./draft.ts";
import type { StepPlace } from "./step-place.ts";
import { touchId, touchKey } from "./touch-key.ts";
import { touchpointFields, UNTOUCHED } from "./touchpoint-fields.ts";
import type { Occurrence, Touch } from "./types.ts";

/** People work on working days; machines on every day. */
export function fallsOn(draft: Draft, human: boolean, day: Day): Day {
  return human ? nextWorkingDay(draft.calendar, day) : day;
}

/** The touch of an occurrence for a receiver, or for the account (`contact` null). */
export function makeTouch(
  draft: Draft,
  { run, name, step, touchpoint }: StepPlace,
  { occurrence, day }: Occurrence,
  contact: string | null,
  key: string,
): Touch {
  const { account, modelVersion, now } = draft.input;
  const due = fallsOn(draft, touchpoint.human, day);
  return {
    key,
    id: touchId(key),
    account: account.id,
    contact,
    program: run.program,
    run: run.run,
    step: name,
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
  { run, name }: StepPlace,
  occurrence: number,
  contact: string | null,
): string {
  const { program, run: number } = run;
  return touchKey({
    account: draft.input.account.id,
    program,
    run: number,
    step: name,
    occurrence,
    contact,
  });
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
