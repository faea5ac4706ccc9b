import type { Session } from "./db/database.ts";
import { bucketOf } from "./bucket.ts";
import { lockRows } from "./lock-rows.ts";
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
  const found = await lockRows(tx, accountKeys(new Set(ids)), (keys, only) =>
    ACCOUNT.read(
      tx,
      "a",
      `FROM account a JOIN unnest($1::int2[], $2::text[]) AS k (bucket, id) ON a.bucket = k.bucket AND a.id = k.id
       WHERE ${only("a")} ORDER BY a.bucket, a.id FOR UPDATE OF a`,
      keys,
    ),
  );
  return new Map(found.map((account) => [account.id, account]));
}

/** What whoever stores an evaluation has to know of an account. */
export interface AccountForSave {
  readonly id: string;
  readonly stateRev: number;
  readonly news: number;
  readonly isDecided: boolean;
}

/** The same locks, of what is compared before an evaluation is stored. */
export async function lockForSave(
  tx: Session,
  ids: Iterable<string>,
): Promise<Map<string, AccountForSave>> {
  const found = await lockRows(tx, accountKeys(new Set(ids)), (keys, only) =>
    tx.q<AccountForSave & Record<string, unknown>>(
      `SELECT a.id, a.state_rev AS "stateRev", a.news, a.decided_on IS NOT NULL AS "isDecided"
       FROM account a JOIN unnest($1::int2[], $2::text[]) AS k (bucket, id) ON a.bucket = k.bucket AND a.id = k.id
       WHERE ${only("a")} ORDER BY a.bucket, a.id FOR UPDATE OF a`,
      keys,
    ),
  );
  return new Map(found.map((account) => [account.id, account]));
}

/** What whoever only adds events has to know of an account. */
export interface AccountForEvents {
  readonly isDecided: boolean;
}

/** The same locks, of what is needed for events alone: reading it costs a third. */
export async function lockForEvents(
  tx: Session,
  ids: Iterable<string>,
): Promise<Map<string, AccountForEvents>> {
  const pages = await lockRows(tx, accountKeys(new Set(ids)), (keys, only) =>
    tx.q<{ ids: string[]; decided: boolean[] }>(
      `SELECT coalesce(array_agg(s.id), '{}') AS ids, coalesce(array_agg(s.decided), '{}') AS decided
       FROM (SELECT a.id, a.decided_on IS NOT NULL AS decided
             FROM account a JOIN unnest($1::int2[], $2::text[]) AS k (bucket, id) ON a.bucket = k.bucket AND a.id = k.id
             WHERE ${only("a")} ORDER BY a.bucket, a.id FOR UPDATE OF a) s`,
      keys,
    ),
  );
  return new Map(
    pages.flatMap((page) =>
      page.ids.map((id, index) => [id, { isDecided: page.decided[index] === true }] as const),
    ),
  );
}

/** What about an account is another than before. Whoever marks holds its lock. */
export interface Marks {
  /** Something arrived: it is to be decided. */
  readonly news?: boolean;
  /** State, decision or touches: what was evaluated from the ones before is stale. */
  readonly state?: boolean;
  /** Traits, contacts or known fields: what is held in memory of them is stale. */
  readonly facts?: boolean;
  /** A person did it; goes with news. */
  readonly byHand?: boolean;
}

export async function mark(tx: Session, ids: Iterable<string>, marks: Marks): Promise<void> {
  const changes = [
    ...(marks.news === true ? ["news = a.news + 1"] : []),
    ...(marks.byHand === true ? ["by_hand_news = a.news + 1"] : []),
    ...(marks.state === true ? ["state_rev = a.state_rev + 1"] : []),
    ...(marks.facts === true ? ["facts_rev = a.facts_rev + 1"] : []),
  ];
  const keys = accountKeys(ids);
  if (changes.length === 0 || keys[0].length === 0) return;
  await tx.q(
    `UPDATE account a SET ${changes.join(", ")}
     FROM unnest($1::int2[], $2::text[]) AS k (bucket, id) WHERE a.bucket = k.bucket AND a.id = k.id`,
    keys,
  );
}

/** Events arrived. */
export function markNews(tx: Session, ids: Iterable<string>): Promise<void> {
  return mark(tx, ids, { news: true });
}

/** Traits, contacts or known fields arrived. */
export function markFacts(tx: Session, ids: Iterable<string>): Promise<void> {
  return mark(tx, ids, { news: true, facts: true });
}
