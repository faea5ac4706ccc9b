import { AppError } from "./app-error.ts";
import type { EngineContext } from "./context.ts";
import type { ChangeToMake, Moment, StagedAccount } from "./ports.ts";

/** After so often nobody else stores decisions while the last few are looked at again. */
const ROUNDS_BEFORE_HOLD = 3;
const MOST_ROUNDS = 30;
/** Longer than any round, short enough should this process die in it. */
const HOLD_MS = 30_000;

export interface ChangeWork {
  /** Puts aside all accounts, or those named; says what is to be made of them. */
  prepare(
    ids: readonly string[] | null,
    stage: (batch: readonly StagedAccount[]) => Promise<void>,
  ): Promise<ChangeToMake>;
  moment(): Moment;
}

/**
 * Puts every account aside as it will be, then makes the change in one transaction. Accounts that
 * others change meanwhile, and only those, are prepared again. Killed at any moment it has changed
 * nothing, or all.
 */
export async function makeChange(context: EngineContext, work: ChangeWork): Promise<void> {
  const { changes } = context.store;
  const staging = await changes.begin(context.clock());
  try {
    await prepareUntilMade(context, work, staging);
  } catch (error) {
    // what else went wrong may be the store itself: the next change clears what is left
    if (error instanceof AppError) await changes.drop(staging);
    throw error;
  }
}

async function prepareUntilMade(
  { store: { changes }, clock }: EngineContext,
  work: ChangeWork,
  staging: number,
): Promise<void> {
  let ids: readonly string[] | null = null;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const change = await work.prepare(ids, (batch) => changes.stage(staging, batch));
    const made = await changes.make(staging, change, work.moment());
    if (made.kind === "made") return;
    if (made.kind === "overtaken") throw overtaken();
    ({ ids } = made);
    if (round >= ROUNDS_BEFORE_HOLD) await changes.hold(staging, clock() + HOLD_MS);
  }
  const [first = "", ...others] = ids ?? [];
  throw new AppError(
    "changed-meanwhile",
    `${others.length === 0 ? first : `${others.length + 1} accounts (${first} …)`} changed again each of ${MOST_ROUNDS} times before the change of the model could be made.`,
    "Nothing was changed. Try again; if it stays so, look at what keeps writing to them.",
  );
}

function overtaken(): AppError {
  return new AppError(
    "changed-by-other",
    "Somebody else changed the model, or began to, while this change was being prepared. Nothing of this one was stored.",
    "See what is live now with `touchstone plan MODEL`, then try again.",
  );
}
