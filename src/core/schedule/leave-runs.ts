import type { ProgramDef } from "../model/types.ts";
import type { Draft } from "./draft.ts";
import { programHolds } from "./holding.ts";
import { programOfKey, runKey } from "./touch-key.ts";
import type { Run } from "./types.ts";

/** Closing ends everything: nobody wants a check-in call after they have left. */
export function closeAccount(draft: Draft): void {
  for (const touch of draft.touches) draft.cancel(touch, "closed");
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
    const index = draft.model.programs.findIndex((program) => program.name === name);
    if (index < 0 || (past.rearmed && !past.stopped)) continue;
    const contact = key === name ? null : key.slice(name.length + 1);
    const person = contact === null ? null : (draft.person(contact) ?? null);
    if (programHolds(draft, index, person)) continue;
    draft.past.set(key, { last: past.last, began: past.began, rearmed: true });
  }
}

/** Ends, or lets run out, the runs whose program no longer fits the account. */
export function leaveRuns(draft: Draft): void {
  for (const run of draft.runs.values()) {
    const index = draft.model.programs.findIndex(({ name }) => name === run.program);
    const program = draft.model.programs[index];
    const reason = whyGone(draft, run, program);
    if (reason !== null || !program) {
      draft.leaveRun(run, reason ?? `${run.program} is gone`);
      continue;
    }
    const person = run.contact === null ? null : (draft.person(run.contact) ?? null);
    const holds = programHolds(draft, index, person);
    if (holds && run.byHand) draft.runs.set(runKey(run), ordinary(run));
    if (holds || run.byHand || run.status === "finishing") continue;
    if (program.finish) draft.runs.set(runKey(run), { ...run, status: "finishing" });
    else draft.leaveRun(run, `left ${run.program}: ${whenText(program)} is no longer true`);
  }
}

function whyGone(draft: Draft, run: Run, program: ProgramDef | undefined): string | null {
  if (!program) return `the model no longer has ${run.program}`;
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
