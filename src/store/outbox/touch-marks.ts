import { type Day, formatDay, type Instant } from "../../core/time/day.ts";
import type { OutboxStore, TouchToSend } from "../../engine/ports.ts";
import { bucketOf } from "../bucket.ts";
import type { Param, Session } from "../db/database.ts";
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
  const ready = `SELECT t.bucket, t.account FROM touch t
    JOIN account a ON a.bucket = t.bucket AND a.id = t.account
    WHERE ${open} AND (t.try_at IS NULL OR t.try_at <= $2)
      AND NOT (t.human AND coalesce(t.passed_on >= $1, false))
      AND a.decided_on >= $1 AND a.decided_news = a.news ${buckets ? "AND t.bucket = ANY ($3::int2[])" : ""}
    ORDER BY t.due, t.account, t.key LIMIT ${Math.trunc(limit)}`;
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

export async function postponeTouches(db: Session, touches: Postponed): Promise<void> {
  if (touches.length === 0) return;
  const rows = touches.map(({ account, key, tryAt, spreadOn }) => ({
    bucket: bucketOf(account),
    account,
    key,
    try_at: new Date(tryAt),
    spread_on: spreadOn === null ? null : formatDay(spreadOn),
  }));
  await db.q(
    `UPDATE touch t SET try_at = n.try_at, passed_on = coalesce(n.spread_on, t.passed_on)
     FROM json_to_recordset($1::json) AS n (bucket int2, account text, key text, try_at timestamptz, spread_on date)
     WHERE t.bucket = n.bucket AND t.account = n.account AND t.key = n.key AND t.status IN ('due', 'deferred')`,
    [json(rows)],
  );
}

/** What was held for a reason is looked at again, as if it had never been tried. */
export async function releaseTouches(
  db: Session,
  { reason, channels }: Parameters<OutboxStore["release"]>[0],
): Promise<number> {
  const params: Param[] = [reason];
  if (channels) params.push(channels);
  const [released] = await db.q<{ n: number }>(
    `WITH released AS (
       UPDATE touch SET try_at = NULL, passed_on = NULL
       WHERE status IN ('due', 'deferred') AND reason = $1 AND NOT human AND try_at IS NOT NULL
         ${channels ? "AND channel = ANY ($2::text[])" : ""}
       RETURNING 1)
     SELECT count(*) AS n FROM released`,
    params,
  );
  return released?.n ?? 0;
}
