import type { Session } from "./db/database.ts";
import { bucketOf } from "./bucket.ts";
import { ACCOUNT } from "./shapes.ts";
import type { AccountRecord } from "./shapes.ts";

/** Accounts as two arrays, for `JOIN unnest($1::int2[], $2::text[]) AS k (bucket, id)`. */
export function accountKeys(ids: Iterable<string>): readonly [number[], string[]] {
  const list = [...ids];
  return [list.map(bucketOf), list];
}

/**
 * The accounts there are of those named, locked until the transaction ends: always in the same
 * order, so that two writers never wait for each other.
 */
export async function lockAccounts(
  tx: Session,
  ids: Iterable<string>,
): Promise<Map<string, AccountRecord>> {
  const found = await ACCOUNT.read(
    tx,
    "a",
    `FROM account a JOIN unnest($1::int2[], $2::text[]) AS k (bucket, id) ON a.bucket = k.bucket AND a.id = k.id
     ORDER BY a.bucket, a.id FOR UPDATE OF a`,
    accountKeys(new Set(ids)),
  );
  return new Map(found.map((account) => [account.id, account]));
}

/** Says that state, decision or touches of accounts are others now: what was evaluated before is stale. */
export async function markChanged(tx: Session, ids: Iterable<string>): Promise<void> {
  await tx.q(
    `UPDATE account a SET state_rev = a.state_rev + 1 FROM unnest($1::int2[], $2::text[]) AS k (bucket, id)
     WHERE a.bucket = k.bucket AND a.id = k.id`,
    accountKeys(ids),
  );
}

/** Marks accounts to be decided: something about them arrived. */
export async function markNews(tx: Session, ids: Iterable<string>): Promise<void> {
  await tx.q(
    `UPDATE account a SET news = a.news + 1 FROM unnest($1::int2[], $2::text[]) AS k (bucket, id)
     WHERE a.bucket = k.bucket AND a.id = k.id`,
    accountKeys(ids),
  );
}
