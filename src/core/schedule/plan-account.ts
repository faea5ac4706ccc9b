import type { Model } from "../model/types.ts";
import { Draft } from "./draft.ts";
import { closeAccount, leaveRuns, rearmPrograms } from "./leave-runs.ts";
import { restAfter, stillRests } from "./resting.ts";
import { startRuns } from "./start-runs.ts";
import type { PlanInput, PlanOutput, Run, WorkCalendar } from "./types.ts";
import { keepUp } from "./upkeep.ts";
import { settleRun, workRun } from "./work-run.ts";

/**
 * What happens with an account next: which programs it is in, and which touches follow. Given
 * the same account on the same day again it changes nothing. Days are those of the workspace;
 * touches come back whole, and only where they are new or have changed.
 */
export function planAccount(model: Model, calendar: WorkCalendar, input: PlanInput): PlanOutput {
  if (input.rest && stillRests(model, input.rest, input)) return input.rest.output;
  const draft = new Draft(model, calendar, input);
  const { account } = input;
  if (account.closing) closeAccount(draft);
  else {
    if (!account.closed) rearmPrograms(draft);
    leaveRuns(draft);
  }
  workRuns(draft, [...draft.runs.values()], false);
  workRuns(draft, startRuns(draft), true);
  const output = draft.output();
  const rest = input.mayRest ? restAfter(draft, output) : undefined;
  return rest ? { ...output, rest } : output;
}

function workRuns(draft: Draft, runs: readonly Run[], areNew: boolean): void {
  const worked = runs.map((run) => workRun(draft, run, areNew));
  // Touches that nobody planned fall due and are missed as well.
  if (runs.length > 0 || !areNew) keepUp(draft);
  for (const run of worked) settleRun(draft, run);
}
