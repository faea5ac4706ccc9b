import { type Day, formatDay, type Instant } from "../../core/time/day.ts";
import type { OutboxStore, TouchToSend } from "../../engine/ports.ts";
import { accountKeys, lockAccounts } from "../account-keys.ts";
import { bucketOf } from "../bucket.ts";
import type { Database, Param, Session } from "../db/database.ts";
import { json } from "../db/send-value.ts";
import { RecordShape } from "../db/record-shape.ts";

/** What delivery remembers of a touch beside the touch itself. */
const MARKS = new RecordShape<TouchToSend>({
  account: ["account", "text"],
  key: ["key", "text"],
  attempts: ["attempts", "int4"],
  passedOn: ["passed_on", "day"],
  tryAt: ["try_at", "instant"],
});

/** Accounts of which no touch may go yet are left out: those with news, and before today's pass. */
export function touchesToSend(
  db: Session,
  buckets: readonly number[] | null,
  now: Instant,
  today: Day,
  limit: number,
): Promise<TouchToSend[]> {
  const params: Param[] = [formatDay(today), new Date(now)];
  if (buckets) params.push(buckets);
  const open = "t.status IN ('due', 'deferred') AND t.due <= $1";
  // The oldest of them first, and each account looked up by its key: few of the book's accounts
  // have any, which the planner cannot know.
  const waiting = `SELECT t.bucket, t.account, t.due, t.key FROM touch t
    WHERE ${open} AND (t.try_at IS NULL OR t.try_at <= $2)
      AND NOT (t.human AND coalesce(t.passed_on >= $1, false)) ${buckets ? "AND t.bucket = ANY ($3::int2[])" : ""}
    ORDER BY t.due, t.account, t.key`;
  const isReady = "a.decided_on >= $1 AND a.decided_news = a.news";
  const own = "a.bucket = w.bucket AND a.id = w.account";
  const ready = `WITH w AS MATERIALIZED (${waiting})
    SELECT w.bucket, w.account FROM w ${
      // servers of a cluster cannot be asked for one account after the other
      db.isSpread
        ? `JOIN account a ON ${own} WHERE ${isReady} ORDER BY w.due, w.account, w.key`
        : `WHERE (SELECT ${isReady} FROM account a WHERE ${own})`
    } LIMIT ${Math.trunc(limit)}`;
  return MARKS.read(
    db,
    "t",
    `FROM touch t JOIN (SELECT DISTINCT r.bucket, r.account FROM (${ready}) r) k
       ON t.bucket = k.bucket AND t.account = k.account
     WHERE ${open} ORDER BY t.due, t.account, t.key`,
    params,
  );
}

/** Of touches that are already stored. */
export async function putMarks(tx: Session, marks: readonly TouchToSend[]): Promise<void> {
  if (marks.length === 0) return;
  const rows = marks.map(({ account, key, attempts, passedOn, tryAt }) => ({
    bucket: bucketOf(account),
    account,
    key,
    attempts,
    passed_on: passedOn === null ? null : formatDay(passedOn),
    try_at: tryAt === null ? null : new Date(tryAt),
  }));
  await tx.q(
    `UPDATE touch t SET attempts = n.attempts, passed_on = n.passed_on, try_at = n.try_at
     FROM json_to_recordset($1::json) AS n (bucket int2, account text, key text, attempts int4, passed_on date, try_at timestamptz)
     WHERE t.bucket = n.bucket AND t.account = n.account AND t.key = n.key`,
    [json(rows)],
  );
}

/** When touches are looked at next; null: now. */
export async function putTryAt(
  tx: Session,
  touches: readonly Pick<TouchToSend, "account" | "key" | "tryAt">[],
): Promise<void> {
  if (touches.length === 0) return;
  await tx.q(
    `UPDATE touch t SET try_at = n.try_at
     FROM unnest($1::int2[], $2::text[], $3::text[], $4::timestamptz[]) AS n (bucket, account, key, try_at)
     WHERE t.bucket = n.bucket AND t.account = n.account AND t.key = n.key`,
    [
      touches.map(({ account }) => bucketOf(account)),
      touches.map(({ account }) => account),
      touches.map(({ key }) => key),
      touches.map(({ tryAt }) => (tryAt === null ? null : new Date(tryAt))),
    ],
  );
}

type Postponed = Parameters<OutboxStore["postpone"]>[0];

/** Like all that writes touches under their accounts' locks, so that no two wait for each other. */
export async function postponeTouches(tx: Session, touches: Postponed): Promise<void> {
  if (touches.length === 0) return;
  await lockAccounts(tx, new Set(touches.map(({ account }) => account)));
  const rows = touches.map(({ account, key, tryAt, spreadOn }) => ({
    bucket: bucketOf(account),
    account,
    key,
    try_at: new Date(tryAt),
    spread_on: spreadOn === null ? null : formatDay(spreadOn),
  }));
  await tx.q(
    `UPDATE touch t SET try_at = n.try_at, passed_on = coalesce(n.spread_on, t.passed_on)
     FROM json_to_recordset($1::json) AS n (bucket int2, account text, key text, try_at timestamptz, spread_on date)
     WHERE t.bucket = n.bucket AND t.account = n.account AND t.key = n.key AND t.status IN ('due', 'deferred')`,
    [json(rows)],
  );
}

/** Accounts whose touches are released in one transaction. */
const RELEASED_AT_ONCE = 1_000;

/** What was held for a reason is looked at again, as if it had never been tried. */
export async function releaseTouches(
  db: Database,
  { reason, channels }: Parameters<OutboxStore["release"]>[0],
): Promise<number> {
  const held = `status IN ('due', 'deferred') AND reason = $1 AND NOT human AND try_at IS NOT NULL
    AND ($2::text[] IS NULL OR channel = ANY ($2))`;
  const accounts = await db.q<{ account: string }>(
    `SELECT DISTINCT account FROM touch WHERE ${held}`,
    [reason, channels],
  );
  let released = 0;
  for (let start = 0; start < accounts.length; start += RELEASED_AT_ONCE) {
    const ids = accounts.slice(start, start + RELEASED_AT_ONCE).map(({ account }) => account);
    released += await db.tx(async (tx) => {
      const locked = await lockAccounts(tx, ids);
      const [found] = await tx.q<{ n: number }>(
        `WITH released AS (
           UPDATE touch t SET try_at = NULL, passed_on = NULL
           FROM unnest($3::int2[], $4::text[]) AS k (bucket, id)
           WHERE t.bucket = k.bucket AND t.account = k.id AND ${held} RETURNING 1)
         SELECT count(*) AS n FROM released`,
        [reason, channels, ...accountKeys(locked.keys())],
      );
      return found?.n ?? 0;
    });
  }
  return released;
}
