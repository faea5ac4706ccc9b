import { ownerKindOf } from "../../core/allocate/owner-kind.ts";
import { AppError } from "../app-error.ts";
import type { EngineContext } from "../context.ts";
import type { LiveModel } from "../live-model.ts";
import { makeMoves } from "../owners/change-owner.ts";
import type { BulkAction, BulkFailure, BulkRun, StoredAccount } from "../ports.ts";
import { runDecisions } from "../run-decisions.ts";
import { untilStored } from "../until-stored.ts";
import { NOT_THEIRS } from "./bulk-refusals.ts";
import { stateAfter, type StateAction, tellAction } from "./state-change.ts";

export interface BatchDone {
  readonly changed: number;
  readonly failed: readonly BulkFailure[];
}

/**
 * Does a run's action to some of its accounts: each with an audit entry of its own, under the
 * run's reason. Done again after a crash it changes only what was not changed yet.
 */
export async function doBatch(
  context: EngineContext,
  live: LiveModel,
  run: Pick<BulkRun, "action" | "reason" | "onlyOwner">,
  ids: readonly string[],
): Promise<BatchDone> {
  const stored = new Map((await context.store.accounts.load(ids)).map((one) => [one.id, one]));
  const failed: BulkFailure[] = [];
  const wanted: StoredAccount[] = [];
  for (const id of ids) {
    const account = stored.get(id);
    if (!account) failed.push({ account: id, why: "There is no such account any more." });
    else if (run.onlyOwner !== null && account.owner !== run.onlyOwner)
      failed.push({ account: id, why: NOT_THEIRS });
    else wanted.push(account);
  }
  const { action } = run;
  const done =
    action.kind === "assign"
      ? await assign(context, live, wanted, action, run.reason)
      : await changeStates(context, live, wanted, action, run.reason);
  return { changed: done.changed, failed: [...failed, ...done.failed] };
}

async function assign(
  context: EngineContext,
  { model }: LiveModel,
  accounts: readonly StoredAccount[],
  { owner }: Extract<BulkAction, { readonly kind: "assign" }>,
  reason: string,
): Promise<BatchDone> {
  const moves = accounts
    .filter((account) => account.owner !== owner)
    .map(({ id, state }) => ({
      account: id,
      to: owner,
      kind: ownerKindOf(model, state?.decided?.level ?? null),
      reasons: [reason],
    }));
  if (moves.length === 0) return { changed: 0, failed: [] };
  const { changed } = await makeMoves(context, moves);
  return { changed: changed.filter(({ from, to }) => from !== to).length, failed: [] };
}

async function changeStates(
  context: EngineContext,
  live: LiveModel,
  accounts: readonly StoredAccount[],
  action: StateAction,
  reason: string,
): Promise<BatchDone> {
  const failed: BulkFailure[] = [];
  const changed: string[] = [];
  for (const account of accounts) {
    const became = await changeState(context, live, account, action, reason);
    if (became === "changed") changed.push(account.id);
    else if (became !== "unchanged") failed.push({ account: account.id, why: became.why });
  }
  if (changed.length > 0) await runDecisions(context, { ids: changed, cause: "person" });
  return { changed: changed.length, failed };
}

type Became = "changed" | "unchanged" | { readonly why: string };

async function changeState(
  context: EngineContext,
  live: LiveModel,
  loaded: StoredAccount,
  action: StateAction,
  reason: string,
): Promise<Became> {
  let account: StoredAccount | undefined = loaded;
  const attempt = async (): Promise<Became | undefined> => {
    account ??= (await context.store.accounts.load([loaded.id]))[0];
    if (!account) return { why: "There is no such account any more." };
    const after = stateAfter(context, live, account, action, reason);
    if (after === null) return "unchanged";
    if (typeof after === "string") return { why: after };
    const { stateRev } = account.loaded;
    const audit = {
      by: context.actor,
      what: tellAction(action),
      account: account.id,
      reason,
      details: { many: true },
    };
    const change = { state: after, stateRev, audit };
    const isStored = await context.store.accounts.putState(account.id, change, live.moment());
    // somebody else was faster: look again
    account = undefined;
    return isStored ? "changed" : undefined;
  };
  try {
    return await untilStored(loaded.id, attempt);
  } catch (error) {
    if (error instanceof AppError) return { why: error.message };
    throw error;
  }
}
