import type { Day } from "../core/time/day.ts";
import type { Decided } from "./decide-accounts.ts";

/** How an account's decision moved in a run. */
export interface Movement {
  readonly account: string;
  readonly name: string | null;
  readonly from: { readonly level: string | null; readonly stage: string | null };
  readonly to: { readonly level: string | null; readonly stage: string | null };
}

export interface DecisionRun {
  readonly today: Day;
  /** Accounts that had something to do. */
  readonly evaluated: number;
  readonly accounts: number;
  /** Of those decided before. */
  readonly moved: readonly Movement[];
  readonly first: number;
  readonly touches: number;
}

/** What a run has come to so far. */
export interface RunTally {
  readonly moved: Movement[];
  evaluated: number;
  first: number;
  touches: number;
}

export function newTally(): RunTally {
  return { moved: [], evaluated: 0, first: 0, touches: 0 };
}

export function addToTally(tally: RunTally, { account, result }: Decided): void {
  tally.evaluated += 1;
  tally.touches += result.touches.length;
  const before = account.stored.state?.decided;
  if (!before) {
    tally.first += 1;
    return;
  }
  const from = { level: before.level?.name ?? null, stage: before.stage?.name ?? null };
  const after = result.decision;
  const to = { level: after?.level?.name ?? null, stage: after?.stage?.name ?? null };
  if (from.level === to.level && from.stage === to.stage) return;
  tally.moved.push({ account: account.id, name: account.stored.name, from, to });
}
