import type { Instant } from "../../core/time/day.ts";
import type { Attempt, OutboxStore, Settlement } from "../../engine/ports.ts";
import { accountKeys, lockAccounts, mark } from "../account-keys.ts";
import { withoutBucket } from "../accounts/load-accounts.ts";
import { addAudit } from "../audit-store.ts";
import { bucketOf } from "../bucket.ts";
import type { Session } from "../db/database.ts";
import { addEngineEvents } from "../engine-events.ts";
import { lockRows } from "../lock-rows.ts";
import { RecordShape } from "../db/record-shape.ts";
import { TOUCH } from "../shapes.ts";
import { putTouches } from "../touch-rows.ts";
import { addNotices } from "../webhook-notices.ts";
import { asOutgoing, OUTGOING, putOutgoing } from "./outgoing-rows.ts";
import { addSuppressions, dropUses } from "./receiver-uses.ts";
import { putTryAt } from "./touch-marks.ts";

export interface AttemptKey {
  readonly account: string;
  readonly id: string;
}

export function attemptKeys(keys: readonly AttemptKey[]): readonly [number[], string[], string[]] {
  return [
    keys.map(({ account }) => bucketOf(account)),
    keys.map(({ account }) => account),
    keys.map(({ id }) => id),
  ];
}

const BESIDE = new RecordShape<{ readonly handedAt: Instant | null }>({
  handedAt: ["handed_at", "instant"],
});

/** Attempts with their touches. What counts as seen is read first: a change after it shows. */
export async function readAttempts(
  session: Session,
  keys: readonly AttemptKey[],
): Promise<Attempt[]> {
  if (keys.length === 0) return [];
  const revs = await session.q<{ id: string; rev: number }>(
    `SELECT a.id, a.state_rev AS rev FROM account a
     JOIN unnest($1::int2[], $2::text[]) AS k (bucket, id) ON a.bucket = k.bucket AND a.id = k.id`,
    accountKeys(new Set(keys.map(({ account }) => account))),
  );
  const revOf = new Map(revs.map(({ id, rev }) => [id, rev]));
  const join = "JOIN unnest($1::int2[], $2::text[], $3::text[]) AS k (bucket, account, id)";
  const found = await OUTGOING.with(BESIDE).read(
    session,
    "o",
    `FROM outgoing o ${join} ON o.bucket = k.bucket AND o.account = k.account AND o.id = k.id`,
    attemptKeys(keys),
  );
  const touches = await TOUCH.read(
    session,
    "t",
    `FROM touch t ${join} ON t.bucket = k.bucket AND t.account = k.account AND t.key = k.id`,
    attemptKeys(
      found.flatMap(({ account, touch }) => (touch === null ? [] : [{ account, id: touch }])),
    ),
  );
  const touchOf = new Map(touches.map((touch) => [touch.key, withoutBucket(touch)]));
  const attemptOf = new Map(
    found.map(({ handedAt, ...record }): [string, Attempt] => [
      keyOf(record),
      {
        outgoing: asOutgoing(record),
        isHanded: handedAt !== null,
        touch: record.touch === null ? null : (touchOf.get(record.touch) ?? null),
        stateRev: revOf.get(record.account) ?? -1,
      },
    ]),
  );
  return keys.flatMap((key) => attemptOf.get(keyOf(key)) ?? []);
}

function keyOf({ account, id }: AttemptKey): string {
  return JSON.stringify([account, id]);
}

/**
 * Marks attempts as handed over, of those that this worker still holds and whose receiver was not
 * erased meanwhile. Whoever settles locks the
 * same rows in the same order: either it comes first and nothing is handed over, or it sees that.
 */
export async function handAttempts(
  tx: Session,
  attempts: Parameters<OutboxStore["hand"]>[0],
  worker: string,
  now: Instant,
): Promise<string[]> {
  const receivers = attempts.map(({ receiver }) => receiver);
  const held = await lockRows(tx, [...attemptKeys(attempts), receivers], (keys, only) =>
    tx.q<AttemptKey & { bucket: number }>(
      `SELECT o.bucket, o.account, o.id FROM outgoing o
       JOIN unnest($1::int2[], $2::text[], $3::text[], $4::text[]) AS k (bucket, account, id, receiver)
         ON o.bucket = k.bucket AND o.account = k.account AND o.id = k.id
       WHERE ${only("o")} AND o.status = 'sending' AND o.worker = $5 AND o.handed_at IS NULL
         AND o.receiver IS NOT DISTINCT FROM k.receiver
       ORDER BY o.bucket, o.account, o.id FOR UPDATE OF o`,
      [...keys, worker],
    ),
  );
  await tx.q(
    `UPDATE outgoing o SET handed_at = $4
     FROM unnest($1::int2[], $2::text[], $3::text[]) AS k (bucket, account, id)
     WHERE o.bucket = k.bucket AND o.account = k.account AND o.id = k.id`,
    [...attemptKeys(held), new Date(now)],
  );
  return held.map(({ id }) => id);
}

/** Stores what became of attempts; answers those that had changed since they were looked at. */
export async function settleAttempts(
  tx: Session,
  settlements: readonly Settlement[],
  now: Instant,
): Promise<string[]> {
  const present = await lockAccounts(tx, new Set(settlements.map(({ account }) => account)));
  const found = await lockRows(tx, attemptKeys(settlements), (keys, only) =>
    tx.q<{ account: string; id: string; status: string; handed: boolean }>(
      `SELECT o.account, o.id, o.status, o.handed_at IS NOT NULL AS handed FROM outgoing o
       JOIN unnest($1::int2[], $2::text[], $3::text[]) AS k (bucket, account, id)
         ON o.bucket = k.bucket AND o.account = k.account AND o.id = k.id
       WHERE ${only("o")} ORDER BY o.bucket, o.account, o.id FOR UPDATE OF o`,
      keys,
    ),
  );
  const rowOf = new Map(found.map((row) => [keyOf(row), row]));
  const isFresh = (one: Settlement): boolean => {
    const row = rowOf.get(keyOf(one));
    const isSame =
      row?.status === one.from && (one.isHanded === undefined || row.handed === one.isHanded);
    // also where its touch stays: a contact that was erased meanwhile must not be written back
    return isSame && present.get(one.account)?.stateRev === one.stateRev;
  };
  const fresh = settlements.filter(isFresh);
  await writeSettlements(tx, fresh, now);
  return settlements.filter((one) => !fresh.includes(one)).map(({ id }) => id);
}

async function writeSettlements(
  tx: Session,
  settlements: readonly Settlement[],
  now: Instant,
): Promise<void> {
  const changed = settlements.flatMap(({ touch, tryAt }) => (touch ? [{ touch, tryAt }] : []));
  const events = settlements.flatMap((one) => one.events);
  await putOutgoing(
    tx,
    settlements.map(({ outgoing }) => outgoing),
  );
  await putTouches(
    tx,
    changed.map(({ touch }) => touch),
  );
  await putTryAt(
    tx,
    changed.map(({ touch, tryAt }) => ({ account: touch.account, key: touch.key, tryAt })),
  );
  await addEngineEvents(tx, events, { pending: true, arrived: now });
  await dropUses(tx, settlements.flatMap(usesReleased));
  await addSuppressions(
    tx,
    settlements.flatMap(({ suppression }) => (suppression ? [suppression] : [])),
    now,
  );
  await addNotices(
    tx,
    settlements.flatMap(({ notices }) => notices),
  );
  for (const { audit } of settlements) if (audit) await addAudit(tx, audit, now);
  await mark(tx, new Set(changed.map(({ touch }) => touch.account)), { state: true });
  await mark(tx, new Set(events.map(({ account }) => account)), { news: true });
}

function usesReleased({
  releases,
  outgoing,
}: Settlement): { receiver: string; account: string; touch: string }[] {
  const { countedAs: receiver, account, touch } = outgoing;
  return releases && receiver !== null && touch !== null ? [{ receiver, account, touch }] : [];
}
