import { ownerKindOf } from "../core/allocate/owner-kind.ts";
import type { OwnerKind } from "../core/model/types.ts";
import type { EngineContext } from "./context.ts";
import { presentModel } from "./edit-account.ts";
import { findAccount } from "./find-account.ts";
import type { AccountTies } from "./ports.ts";

/** What an account belongs to, and why its owner is its owner. */
export interface TiesOfAccount extends AccountTies {
  readonly owner: string | null;
  /** What kind of owner its level asks for; null: it has no level. */
  readonly asksFor: OwnerKind | null;
  /** The level by which the owner goes: not always the one it has. */
  readonly ownerLevel: string | null;
  /** Names of people by their ids. */
  readonly names: ReadonlyMap<string, string>;
}

export async function accountTies(context: EngineContext, id: string): Promise<TiesOfAccount> {
  const account = await findAccount(context, id);
  const model = await presentModel(context);
  const level = account.state?.decided?.level ?? null;
  const team = await context.store.team.list();
  return {
    ...(await context.store.detail.ties(account.id)),
    owner: account.owner,
    asksFor: model ? (ownerKindOf(model, level) ?? null) : null,
    ownerLevel: level?.owns ?? level?.base ?? null,
    names: new Map(team.map((one) => [one.id, one.name ?? one.id])),
  };
}
