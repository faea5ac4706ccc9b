import type { AccountState } from "../../core/account/state.ts";
import type { PastRuns, Touch } from "../../core/schedule/index.ts";
import { runKey } from "../../core/schedule/touch-key.ts";

/**
 * What was remembered before, with what a person has pinned since. Runs whose touches stay keep
 * their numbers, so that no key is ever made twice.
 */
export function restoreState(
  before: AccountState,
  present: AccountState,
  staying: readonly Touch[],
): AccountState {
  const past = new Map(Object.entries(before.schedule.past));
  for (const { program, run, contact } of staying) {
    if (program === null || run === null) continue;
    const ofContact = runKey({ program, contact });
    const key = present.schedule.past[ofContact] ? ofContact : program;
    const known = past.get(key);
    if (known && known.last >= run) continue;
    past.set(key, { ...(known ?? begun(present, key)), last: run });
  }
  const isSame = past.size === Object.keys(before.schedule.past).length && staying.length === 0;
  return {
    ...before,
    pin: present.pin,
    schedule: isSame ? before.schedule : { ...before.schedule, past: Object.fromEntries(past) },
  };
}

/** A run that the version began, and that is over with it. */
function begun({ schedule }: AccountState, key: string): Omit<PastRuns, "last"> {
  return { began: schedule.past[key]?.began ?? 0, rearmed: true };
}
