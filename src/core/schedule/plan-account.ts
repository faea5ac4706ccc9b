import type { Model } from "../model/types.ts";
import { Draft } from "./draft.ts";
import { closeAccount, leaveRuns, rearmPrograms } from "./leave-runs.ts";
import { startRuns } from "./start-runs.ts";
import type { PlanInput, PlanOutput, WorkCalendar } from "./types.ts";
import { keepUp } from "./upkeep.ts";
import { endRunWhenOver, workRun } from "./work-run.ts";

/**
 * What happens with an account next: which programs it is in, and which touches follow. Given
 * the same account on the same day again it changes nothing. Days are those of the workspace;
 * touches come back whole, and only where they are new or have changed.
 */
export function planAccount(model: Model, calendar: WorkCalendar, input: PlanInput): PlanOutput {
  const draft = new Draft(model, calendar, input);
  const { account } = input;
  if (account.closing) closeAccount(draft);
  else {
    if (!account.closed) rearmPrograms(draft);
    leaveRuns(draft);
  }
  for (const run of draft.runs.values()) workRun(draft, run, false);
  keepUp(draft);
  for (const run of draft.runs.values()) endRunWhenOver(draft, run);
  const started = startRuns(draft);
  for (const run of started) workRun(draft, run, true);
  if (started.length > 0) keepUp(draft);
  for (const run of started) endRunWhenOver(draft, run);
  return draft.output();
}
