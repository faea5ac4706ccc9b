import type { AccountState } from "../core/account/state.ts";
import type { Day } from "../core/time/day.ts";
import { AppError } from "./app-error.ts";
import type { EngineContext } from "./context.ts";
import { nearestOrAll } from "./did-you-mean.ts";
import { findAccount } from "./find-account.ts";
import { type LiveModel, liveModel } from "./live-model.ts";
import type { StoredAccount } from "./ports.ts";
import { runDecisions } from "./run-decisions.ts";
import { movementOf, type Movement } from "./run-tally.ts";
import { untilStored } from "./until-stored.ts";

/** What people decide about an account by hand: always with a reason, always on record. */
export interface ByHand {
  readonly account: string;
  readonly moved: readonly Movement[];
}

/** Pins a level through the day `until` (null: until it is taken back). A person's last word. */
export async function pinLevel(
  context: EngineContext,
  id: string,
  pin: { readonly level: string; readonly until: Day | null; readonly reason: string },
): Promise<ByHand> {
  const live = await liveModel(context);
  known(
    "level",
    pin.level,
    live.model.levels.map(({ name }) => name),
  );
  if (pin.until !== null && pin.until < live.moment().today) {
    throw new AppError("bad-value", "The last day lies in the past.", "Give a day from today on.");
  }
  return change(context, live, id, pin.reason, `level pinned to ${pin.level}`, (state) => ({
    ...state,
    pin: { ...pin, by: context.actor },
  }));
}

/** Takes a pin back: the level goes at once to what is asked for. */
export async function unpinLevel(
  context: EngineContext,
  id: string,
  reason: string,
): Promise<ByHand> {
  const live = await liveModel(context);
  return change(context, live, id, reason, "pin taken back", (state) => ({ ...state, pin: null }));
}

/** Sets the lifecycle stage; evaluation goes on from there. */
export async function setStage(
  context: EngineContext,
  id: string,
  stage: string,
  reason: string,
): Promise<ByHand> {
  const live = await liveModel(context);
  known(
    "stage",
    stage,
    (live.model.lifecycle?.stages ?? []).map(({ name }) => name),
  );
  return change(context, live, id, reason, `stage set to ${stage}`, (state) => ({
    ...state,
    stageSet: stage,
  }));
}

function known(what: "level" | "stage", name: string, names: readonly string[]): void {
  if (names.includes(name)) return;
  throw new AppError(
    "unknown-level",
    `The model has no ${what} \`${name}\`.`,
    nearestOrAll(name, names),
  );
}

async function change(
  context: EngineContext,
  live: LiveModel,
  id: string,
  reason: string,
  what: string,
  apply: (state: AccountState) => AccountState,
): Promise<ByHand> {
  if (reason.trim() === "")
    throw new AppError("bad-value", "A change by hand needs a reason.", "Give a reason.");
  const account = await untilStored(id, async () => {
    const found = await decidedAccount(context, id);
    const isStored = await context.store.accounts.putState(
      found.id,
      {
        state: apply(found.state),
        stateRev: found.loaded.stateRev,
        audit: { by: context.actor, what, account: found.id, reason, details: {} },
      },
      live.moment(),
    );
    return isStored ? found : undefined;
  });
  return decideByHand(context, account);
}

/** Decides an account that was changed by hand, and tells how it moved from what it was before. */
export async function decideByHand(
  context: EngineContext,
  before: StoredAccount & { readonly state: AccountState },
): Promise<ByHand> {
  await runDecisions(context, { ids: [before.id], cause: "person" });
  // not what this run moved: a worker may have been the first to decide it
  const after = await findAccount(context, before.id);
  const moved = movementOf(before, before.state.decided, after.state?.decided ?? null);
  return { account: before.id, moved: moved ? [moved] : [] };
}

async function decidedAccount(
  context: EngineContext,
  id: string,
): Promise<StoredAccount & { readonly state: AccountState }> {
  const account = await findAccount(context, id);
  if (account.state?.decided) return { ...account, state: account.state };
  throw new AppError(
    "not-decided",
    `${account.id} has no decision to change${account.state?.closed ? ": it is closed" : ""}.`,
    "Run `touchstone decide` first.",
  );
}
