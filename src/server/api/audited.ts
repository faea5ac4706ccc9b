import type { Json } from "../../core/facts/types.ts";
import { workspaceMoment } from "../../engine/results/workspace-moment.ts";
import { type Caller, contextOf, type ServerDeps } from "../route.ts";

interface Entry {
  readonly account?: string | null;
  readonly reason?: string;
  readonly details?: Readonly<Record<string, Json>>;
}

/** For what is kept in many transactions, or only looked at: one entry that says who did it. */
export async function audited(
  deps: ServerDeps,
  caller: Caller | null,
  what: string,
  { account = null, reason = "", details = {} }: Entry = {},
): Promise<void> {
  const context = contextOf(deps, caller);
  const entry = { by: context.actor, what, account, reason, details };
  await deps.store.audit.add(entry, await workspaceMoment(context));
}
