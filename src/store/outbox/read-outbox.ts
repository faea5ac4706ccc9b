import type { Instant } from "../../core/time/day.ts";
import type { Outgoing, OutboxFilter, OutboxPlace, OutboxStore } from "../../engine/ports.ts";
import { bucketOf } from "../bucket.ts";
import { lockRows } from "../lock-rows.ts";
import type { Database, Param, Session } from "../db/database.ts";
import { asOutgoing, OUTGOING } from "./outgoing-rows.ts";
import { Conditions } from "../reading/conditions.ts";
import { attemptKeys, type AttemptKey } from "./settle-attempts.ts";

async function read(session: Session, rest: string, params: readonly Param[]): Promise<Outgoing[]> {
  const found = await OUTGOING.read(session, "o", `FROM outgoing o ${rest}`, params);
  return found.map(asOutgoing);
}

/** Newest first. */
export function listOutbox(
  db: Database,
  filter: OutboxFilter,
  limit: number,
  after: OutboxPlace | undefined,
): Promise<Outgoing[]> {
  const { account, channel, contact, program, statuses, touchId, messageId } = filter;
  const where = new Conditions()
    .add(account === undefined ? undefined : bucketOf(account), (p) => `o.bucket = ${p}`)
    .add(account, (p) => `o.account = ${p}`)
    .add(channel, (p) => `o.channel = ${p}`)
    .add(statuses, (p) => `o.status = ANY (${p}::text[])`)
    .add(contact, (p) => `o.contact = ${p}`)
    .add(program, (p) => `o.program = ${p}`)
    .add(touchId, (p) => `o.touch_id = ${p}`)
    .add(messageId, (p) => `o.message_id = ${p}`);
  if (after)
    where.also(
      `(o.made_at, o.id) < (${where.param(new Date(after.madeAt))}::timestamptz, ${where.param(after.id)}::text)`,
    );
  return read(
    db,
    `WHERE ${where.sql} ORDER BY o.made_at DESC, o.id DESC LIMIT ${Math.trunc(limit)}`,
    where.params,
  );
}

export async function messageById(db: Database, id: string): Promise<Outgoing | null> {
  const [found] = await read(db, "WHERE o.id = $1", [id]);
  return found ?? null;
}

export function byMessageId(db: Database, messageId: string): Promise<Outgoing[]> {
  return read(db, "WHERE o.message_id = $1 ORDER BY o.made_at, o.id", [messageId]);
}

export function accountNames(
  db: Database,
  ids: readonly string[],
): Promise<{ id: string; name: string | null }[]> {
  const accounts = [...new Set(ids)];
  return db.q<{ id: string; name: string | null }>(
    `SELECT a.id, a.name FROM account a
     JOIN unnest($1::int2[], $2::text[]) AS k (bucket, id) ON a.bucket = k.bucket AND a.id = k.id`,
    [accounts.map(bucketOf), accounts],
  );
}

export function countOutbox(db: Database): ReturnType<OutboxStore["counts"]> {
  return db.q<Awaited<ReturnType<OutboxStore["counts"]>>[number] & Record<string, unknown>>(
    `SELECT channel, status, count(*) AS messages FROM outgoing GROUP BY channel, status ORDER BY channel, status`,
  );
}

/** What a dead worker left on its way, and what nobody knows the end of for long enough. */
export function unsettledAttempts(
  db: Database,
  buckets: readonly number[] | null,
  now: Instant,
  settleBefore: Instant,
  limit: number,
): Promise<AttemptKey[]> {
  const params: Param[] = [new Date(now), new Date(settleBefore)];
  if (buckets) params.push(buckets);
  return db.q<{ account: string; id: string }>(
    `SELECT o.account, o.id FROM outgoing o
     WHERE ((o.status = 'sending'
         AND (o.lease_until <= $1 OR NOT EXISTS (SELECT 1 FROM worker w WHERE w.id = o.worker)))
       OR (o.status = 'uncertain' AND o.made_at <= $2))
       ${buckets ? "AND o.bucket = ANY ($3::int2[])" : ""}
     ORDER BY o.made_at, o.id LIMIT ${Math.trunc(limit)}`,
    params,
  );
}

/**
 * Takes queued messages. Of one touch only the first that is not over: its withdrawal never
 * overtakes its invitation.
 */
export async function takeQueued(
  tx: Session,
  [buckets, except, lease, now, limit]: Parameters<OutboxStore["takeQueued"]>,
): Promise<Outgoing[]> {
  const free = `q.status = 'queued' AND (q.try_at IS NULL OR q.try_at <= $1)
    AND NOT q.channel = ANY ($2::text[]) AND NOT coalesce(q.program = ANY ($3::text[]), false)
    AND NOT EXISTS (SELECT 1 FROM outgoing e
      WHERE e.bucket = q.bucket AND e.account = q.account AND e.touch_id = q.touch_id AND e.kind <> 'touch'
        AND e.status IN ('queued', 'sending', 'uncertain') AND (e.made_at, e.id) < (q.made_at, q.id))`;
  const params: readonly Param[] = [new Date(now), except.channels, except.programs];
  const find = (rest: string): Promise<AttemptKey[]> =>
    tx.q<AttemptKey>(
      `SELECT q.account, q.id FROM outgoing q WHERE ($4::int2[] IS NULL OR q.bucket = ANY ($4)) AND ${free}
       ORDER BY q.made_at, q.id LIMIT ${Math.trunc(limit)} ${rest}`,
      [...params, buckets],
    );
  const keys = attemptKeys(
    tx.isSpread
      ? await lockFree(tx, await find(""), free, params)
      : await find("FOR UPDATE OF q SKIP LOCKED"),
  );
  if (keys[0].length === 0) return [];
  const join = `unnest($1::int2[], $2::text[], $3::text[]) AS k (bucket, account, id)`;
  const same = "o.bucket = k.bucket AND o.account = k.account AND o.id = k.id";
  await tx.q(
    `UPDATE outgoing o SET status = 'sending', worker = $4, lease_until = $5, handed_at = NULL, try_at = NULL
     FROM ${join} WHERE ${same}`,
    [...keys, lease.worker, new Date(lease.until)],
  );
  return read(tx, `JOIN ${join} ON ${same} ORDER BY o.made_at, o.id`, keys);
}

/** Of those found on several servers the ones that nobody has taken since, each bucket by itself. */
function lockFree(
  tx: Session,
  found: readonly AttemptKey[],
  free: string,
  params: readonly Param[],
): Promise<readonly AttemptKey[]> {
  return lockRows(tx, attemptKeys(found), (keys, only) =>
    tx.q<AttemptKey>(
      `SELECT q.account, q.id FROM outgoing q
       JOIN unnest($4::int2[], $5::text[], $6::text[]) AS k (bucket, account, id)
         ON q.bucket = k.bucket AND q.account = k.account AND q.id = k.id
       WHERE ${only("q")} AND ${free} FOR UPDATE OF q SKIP LOCKED`,
      [...params, ...keys],
    ),
  );
}
