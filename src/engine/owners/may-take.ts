import { roleOf } from "../../core/allocate/roles.ts";
import type { TeamRow } from "../ports.ts";

/** Whether a member may take what so far nobody in particular does. */
export type MayTake = (doer: string) => boolean;

/**
 * What is for their pod or their role is theirs to take, and what is for the pool where they are
 * of it; without a pool in the team, the CSMs are one. `null`: nobody, who takes nothing.
 */
export function mayTakeOf(member: TeamRow | null, team: readonly TeamRow[]): MayTake {
  if (member === null) return () => false;
  const role = roleOf(member);
  const hasPool = team.some((one) => roleOf(one) === "pool");
  const isOfPool = role === "pool" || (role === "csm" && !hasPool);
  const doers = new Set([role, ...(member.pod === null ? [] : [`pod:${member.pod}`])]);
  if (isOfPool) doers.add("pool");
  doers.delete("csm");
  return (doer) => doers.has(doer) && !team.some(({ id }) => id === doer);
}

/** Whether a doer is a person's id and no pod, pool or role. */
export function isPerson(doer: string, team: readonly TeamRow[]): boolean {
  return team.some(({ id }) => id === doer);
}
