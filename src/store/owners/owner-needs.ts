import { ASSIGNED_BY_HAND } from "../../core/schedule/touch-by-hand.ts";
import { type Day, formatDay } from "../../core/time/day.ts";
import type { Holding, OwnerNeeds, OwnerNeedsFilter } from "../../engine/ports.ts";
import { accountKeys } from "../account-keys.ts";
import { byAccount, withoutBucket } from "../accounts/load-accounts.ts";
import { BUCKETS } from "../bucket.ts";
import type { Database, Session } from "../db/database.ts";
import { RecordShape } from "../db/record-shape.ts";
import { TOUCH } from "../shapes.ts";

/** Buckets read at once: pages of a few megabytes also in a large book. */
const BUCKETS_AT_ONCE = 32;

const OPEN = "t.human AND t.status IN ('planned', 'due', 'deferred')";
/** What a person has given to somebody belongs to no account's owner. */
const BY_HAND = "strpos(coalesce(t.reason, ''), $1) > 0";

const NEEDS = new RecordShape<OwnerNeeds>({
  account: ["account", "text"],
  minutes: ["minutes", "number"],
  traits: ["traits", "json"],
});

const NEEDS_SOURCE = `FROM (
  SELECT coalesce(w.account, r.account) AS account, coalesce(w.minutes, 0) AS minutes, r.traits
  FROM (
    SELECT t.bucket, t.account, sum(t.minutes) AS minutes FROM touch t
    WHERE t.bucket >= $2 AND t.bucket < $3 AND ${OPEN} AND t.done_by IN ('owner', 'csm')
      AND t.due <= $4 AND NOT (${BY_HAND})
    GROUP BY t.bucket, t.account) w
  FULL JOIN (
    SELECT v.bucket, v.account, json_object_agg(v.trait, v.value) AS traits FROM (
      SELECT DISTINCT ON (a.bucket, a.account, a.trait) a.bucket, a.account, a.trait, a.value
      FROM account_trait a
      WHERE a.bucket >= $2 AND a.bucket < $3 AND a.trait = ANY($5::text[]) AND a.from_on <= $6
      ORDER BY a.bucket, a.account, a.trait, a.from_on DESC) v
    GROUP BY v.bucket, v.account) r ON r.bucket = w.bucket AND r.account = w.account) n`;

export async function* ownerNeeds(
  db: Database,
  { traits, today, until }: OwnerNeedsFilter,
): AsyncGenerator<OwnerNeeds[]> {
  for (let bucket = 0; bucket < BUCKETS; bucket += BUCKETS_AT_ONCE) {
    const page = await NEEDS.read(db, "n", NEEDS_SOURCE, [
      ASSIGNED_BY_HAND,
      bucket,
      bucket + BUCKETS_AT_ONCE,
      formatDay(until),
      traits,
      formatDay(today),
    ]);
    if (page.length > 0) yield page;
  }
}

export function givenMinutes(
  db: Database,
  until: Day,
): Promise<{ owner: string; minutes: number }[]> {
  return db.q(
    `SELECT t.owner, sum(t.minutes) AS minutes FROM touch t
     WHERE ${OPEN} AND ${BY_HAND} AND t.owner IS NOT NULL AND t.due <= $2
     GROUP BY t.owner ORDER BY t.owner`,
    [ASSIGNED_BY_HAND, formatDay(until)],
  );
}

const HELD = new RecordShape<Omit<Holding, "touches">>({
  id: ["id", "text"],
  name: ["name", "text"],
  owner: ["owner", "text"],
  stateRev: ["state_rev", "int8"],
});

export async function holdings(tx: Session, ids: readonly string[]): Promise<Holding[]> {
  const keys = accountKeys(new Set(ids));
  const join = "JOIN unnest($1::int2[], $2::text[]) AS k (bucket, id)";
  const accounts = await HELD.read(
    tx,
    "a",
    `FROM account a ${join} ON a.bucket = k.bucket AND a.id = k.id`,
    keys,
  );
  const touches = await TOUCH.read(
    tx,
    "t",
    `FROM touch t ${join} ON t.bucket = k.bucket AND t.account = k.id WHERE ${OPEN}
     ORDER BY t.bucket, t.account, t.due, t.key`,
    keys,
  );
  const touchesOf = byAccount(touches);
  const found = new Map(accounts.map((account) => [account.id, account]));
  return ids.flatMap((id): Holding[] => {
    const account = found.get(id);
    if (!account) return [];
    return [{ ...account, touches: (touchesOf.get(id) ?? []).map(withoutBucket) }];
  });
}
