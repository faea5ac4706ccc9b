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

/** What one account adds to a run. */
export interface TallyEntry {
  readonly isFirst: boolean;
  readonly touches: number;
  /** null: it stays where it was. */
  readonly moved: Movement | null;
}

export function tallyEntry({ account, result }: Decided): TallyEntry {
  const before = account.stored.state?.decided;
  const touches = result.touches.length;
  if (!before) return { isFirst: true, touches, moved: null };
  const who = { id: account.id, name: account.stored.name };
  return { isFirst: false, touches, moved: movementOf(who, before, result.decision) };
}

interface Standing {
  readonly level: { readonly name: string } | null;
  readonly stage: { readonly name: string } | null;
}

/** From where to where an account went between two decisions; null: it stands where it stood. */
export function movementOf(
  { id, name }: { readonly id: string; readonly name: string | null },
  before: Standing | null,
  after: Standing | null,
): Movement | null {
  const from = placeOf(before);
  const to = placeOf(after);
  const isSame = from.level === to.level && from.stage === to.stage;
  return isSame ? null : { account: id, name, from, to };
}

function placeOf(one: Standing | null): Movement["from"] {
  return { level: one?.level?.name ?? null, stage: one?.stage?.name ?? null };
}

export function addToTally(tally: RunTally, { isFirst, touches, moved }: TallyEntry): void {
  tally.evaluated += 1;
  tally.touches += touches;
  if (isFirst) tally.first += 1;
  if (moved) tally.moved.push(moved);
}
