import type { AccountState } from "../../core/account/state.ts";
import type { Moment, StateChange } from "../../engine/ports.ts";
import { lockAccounts, mark } from "../account-keys.ts";
import { addAudit } from "../audit-store.ts";
import { bucketOf } from "../bucket.ts";
import type { Session } from "../db/database.ts";
import { json } from "../db/send-value.ts";

/** What a person changed: only of the very state it was worked out from. */
export async function putState(
  tx: Session,
  id: string,
  { state, stateRev, audit }: StateChange,
  moment: Moment,
): Promise<boolean> {
  const account = (await lockAccounts(tx, [id])).get(id);
  if (!account) throw new Error(`there is no account ${id}`);
  if (account.stateRev !== stateRev) return false;
  await writeState(tx, id, state);
  await addAudit(tx, audit, moment.now);
  await mark(tx, [id], { news: true, state: true, byHand: true });
  return true;
}

export async function writeState(tx: Session, id: string, state: AccountState): Promise<void> {
  await tx.q(
    `INSERT INTO account_state (bucket, account, state) VALUES ($1, $2, $3)
     ON CONFLICT (bucket, account) DO UPDATE SET state = excluded.state`,
    [bucketOf(id), id, json(state)],
  );
}
