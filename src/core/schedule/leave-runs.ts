import type { ProgramDef } from "../model/types.ts";
import type { Draft } from "./draft.ts";
import { programHolds } from "./holding.ts";
import { programOfKey, runKey } from "./touch-key.ts";
import type { Run } from "./types.ts";

/** Closing ends everything: nobody wants a check-in call after they have left. */
export function closeAccount(draft: Draft): void {
  for (const touch of draft.touches.all()) draft.touches.cancel(touch, "closed");
  for (const run of draft.runs.values()) draft.endRun(run);
  for (const [key, { last, began }] of draft.past)
    draft.past.set(key, { last, began, rearmed: true });
}

/**
 * Notes which programs may begin anew: those whose `when` is not true. A run stopped by hand
 * stays stopped until then as well.
 */
export function rearmPrograms(draft: Draft): void {
  for (const [key, past] of draft.past) {
    const name = programOfKey(key);
    const found = draft.index.get(name);
    if (!found || (past.rearmed && !past.stopped)) continue;
    const contact = key === name ? null : key.slice(name.length + 1);
    if (programHolds(draft, found.index, draft.personOf({ contact }))) continue;
    draft.past.set(key, { last: past.last, began: past.began, rearmed: true });
  }
}

/** Ends, or lets run out, the runs whose program no longer fits the account. */
export function leaveRuns(draft: Draft): void {
  for (const run of draft.runs.values()) {
    const found = draft.index.get(run.program);
    const reason = found
      ? whyGone(draft, run, found.program)
      : `the model no longer has ${run.program}`;
    if (reason !== null || !found) {
      draft.leaveRun(run, reason ?? "");
      continue;
    }
    // What a closing started goes on: the account is no longer decided.
    if (draft.input.account.closed) continue;
    const { program, index } = found;
    const holds = programHolds(draft, index, draft.personOf(run));
    if (holds && run.byHand) draft.runs.set(runKey(run), ordinary(run));
    if (holds || run.byHand || run.status === "finishing") continue;
    if (program.finish) draft.runs.set(runKey(run), { ...run, status: "finishing" });
    else draft.leaveRun(run, `left ${run.program}: ${whenText(program)} is no longer true`);
  }
}

function whyGone(draft: Draft, run: Run, program: ProgramDef): string | null {
  if (program.forContact !== (run.contact !== null)) {
    return `${run.program} is now for each ${program.forContact ? "contact" : "account"}`;
  }
  return run.contact === null ? null : draft.whyGone(run.contact);
}

function ordinary({ byHand: _byHand, ...run }: Run): Run {
  return run;
}

function whenText({ when }: ProgramDef): string {
  return when ? `\`${when.text}\`` : "it";
}
