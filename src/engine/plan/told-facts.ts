import { type ToldColumn } from "../../core/account/record.ts";
import { factCount } from "../../core/decide/index.ts";
import { type LiveAccount, liveAccount } from "../live-book.ts";
import type { LiveModel } from "../live-model.ts";
import type { StoredAccount } from "../ports.ts";
import { knownFacts } from "./known-facts.ts";

/** An account that was loaded without what its facts are worked out from. */
export type ToldAccount = StoredAccount & { readonly facts: NonNullable<StoredAccount["facts"]> };

/**
 * The facts that a new model's rules read, where the live model's decisions of the same day have
 * them all: accounts need not be read whole then. null: some are others, or read health's past.
 */
export function toldColumns(live: LiveModel, target: LiveModel): readonly ToldColumn[] | null {
  const isSameDay = live.model.workspace.timezone === target.model.workspace.timezone;
  const readsPast = [live, target].some(({ evaluator }) => evaluator.compiled.plan.late.length > 0);
  return isSameDay && !readsPast ? (knownFacts(target.model, live.model) ?? null) : null;
}

/** What closes an account, or a stage set by hand, is not among its facts. */
export function isTold(account: StoredAccount, live: LiveModel): account is ToldAccount {
  const { facts, state } = account;
  return (
    facts?.length === factCount(live.model) &&
    state !== null &&
    !state.closed &&
    state.stageSet === undefined
  );
}

export function toldAccount(
  target: LiveModel,
  account: ToldAccount,
  columns: readonly ToldColumn[],
): LiveAccount {
  const live = liveAccount(target, account);
  const told = { columns, facts: account.facts, isOutgrown: false };
  return { ...live, record: { ...live.record, told } };
}
