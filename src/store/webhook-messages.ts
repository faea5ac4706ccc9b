import type {
  WebhookMessage,
  WebhookMessageFilter,
  WebhookMessagePlace,
  WebhookOutcome,
  WebhookStore,
} from "../engine/ports.ts";
import { bucketOf } from "./bucket.ts";
import { lockRows } from "./lock-rows.ts";
import type { Database, Param, Session } from "./db/database.ts";
import { RecordShape } from "./db/record-shape.ts";
import { json } from "./db/send-value.ts";

const MESSAGE = new RecordShape<WebhookMessage>({
  account: ["account", "text"],
  id: ["id", "text"],
  webhook: ["webhook", "text"],
  type: ["type", "text"],
  payload: ["payload", "json"],
  status: ["status", "text"],
  attempts: ["attempts", "int4"],
  tryAt: ["try_at", "instant"],
  error: ["error", "text"],
  madeAt: ["made_at", "instant"],
  sentAt: ["sent_at", "instant"],
});

/** Each in the hands of one worker at a time; what a dead one held is free once its lease is over. */
export async function takeMessages(
  tx: Session,
  buckets: readonly number[] | null,
  { worker, until }: Parameters<WebhookStore["take"]>[1],
  now: number,
  limit: number,
): Promise<WebhookMessage[]> {
  const free = `m.status IN ('queued', 'sending') AND m.try_at <= $1
    AND (m.status = 'queued' OR m.lease_until <= $1)`;
  const read = (rest: string): Promise<MessageKey[]> =>
    tx.q<MessageKey>(
      `SELECT m.bucket, m.account, m.id, m.webhook FROM webhook_message m
       JOIN webhook w ON w.id = m.webhook AND w.active
       WHERE ($2::int2[] IS NULL OR m.bucket = ANY ($2)) AND ${free}
       ORDER BY m.try_at, m.made_at, m.id, m.webhook LIMIT $3 ${rest}`,
      [new Date(now), buckets, Math.trunc(limit)],
    );
  const keys = keysOf(
    tx.isSpread
      ? await lockFree(tx, await read(""), free, now)
      : await read("FOR UPDATE OF m SKIP LOCKED"),
  );
  if (keys[0].length === 0) return [];
  const join = `unnest($1::int2[], $2::text[], $3::text[], $4::text[]) AS k (bucket, account, id, webhook)`;
  const same =
    "m.bucket = k.bucket AND m.account = k.account AND m.id = k.id AND m.webhook = k.webhook";
  await tx.q(
    `UPDATE webhook_message m SET status = 'sending', worker = $5, lease_until = $6, attempts = m.attempts + 1
     FROM ${join} WHERE ${same}`,
    [...keys, worker, new Date(until)],
  );
  return MESSAGE.read(
    tx,
    "m",
    `FROM webhook_message m JOIN ${join} ON ${same} ORDER BY m.try_at, m.made_at, m.id, m.webhook`,
    keys,
  );
}

interface MessageKey {
  readonly bucket: number;
  readonly account: string;
  readonly id: string;
  readonly webhook: string;
}

function keysOf(found: readonly MessageKey[]): readonly [number[], string[], string[], string[]] {
  return [
    found.map(({ bucket }) => bucket),
    found.map(({ account }) => account),
    found.map(({ id }) => id),
    found.map(({ webhook }) => webhook),
  ];
}

/** Of those found on several servers the ones that nobody has taken since, each bucket by itself. */
function lockFree(
  tx: Session,
  found: readonly MessageKey[],
  free: string,
  now: number,
): Promise<readonly MessageKey[]> {
  return lockRows(tx, keysOf(found), (keys, only) =>
    tx.q<MessageKey>(
      `SELECT m.bucket, m.account, m.id, m.webhook FROM webhook_message m
       JOIN unnest($2::int2[], $3::text[], $4::text[], $5::text[]) AS k (bucket, account, id, webhook)
         ON m.bucket = k.bucket AND m.account = k.account AND m.id = k.id AND m.webhook = k.webhook
       WHERE ${only("m")} AND ${free} FOR UPDATE OF m SKIP LOCKED`,
      [new Date(now), ...keys],
    ),
  );
}

/** What another worker has taken over meanwhile is its own to settle. */
export async function settleMessages(
  db: Database,
  outcomes: readonly WebhookOutcome[],
  worker: string,
): Promise<void> {
  if (outcomes.length === 0) return;
  const rows = outcomes.map(({ account, id, webhook, status, tryAt, error, sentAt }) => ({
    bucket: bucketOf(account),
    account,
    id,
    webhook,
    status,
    error,
    try_at: new Date(tryAt).toISOString(),
    sent_at: sentAt === null ? null : new Date(sentAt).toISOString(),
  }));
  await db.q(
    `UPDATE webhook_message m SET status = n.status, try_at = n.try_at, error = n.error, sent_at = n.sent_at,
       worker = NULL, lease_until = NULL
     FROM json_to_recordset($1::json) AS n
       (bucket int2, account text, id text, webhook text, status text, try_at timestamptz, error text, sent_at timestamptz)
     WHERE m.bucket = n.bucket AND m.account = n.account AND m.id = n.id AND m.webhook = n.webhook
       AND m.status = 'sending' AND m.worker = $2`,
    [json(rows), worker],
  );
}

/** Conditions with their parameters, for lists. */
class Where {
  readonly params: Param[];
  readonly #conditions: string[] = [];

  constructor(...params: Param[]) {
    this.params = params;
  }

  add(condition: (...names: string[]) => string, ...values: Param[]): this {
    this.#conditions.push(condition(...values.map((value) => `$${this.params.push(value)}`)));
    return this;
  }

  toString(): string {
    return this.#conditions.length === 0 ? "true" : this.#conditions.join(" AND ");
  }
}

export async function listMessages(
  db: Database,
  { webhook, account, status }: WebhookMessageFilter,
  limit: number,
  after: WebhookMessagePlace | undefined,
): Promise<WebhookMessage[]> {
  const where = new Where(Math.trunc(limit));
  if (webhook !== undefined) where.add((id) => `m.webhook = ${id}`, webhook);
  if (status !== undefined) where.add((value) => `m.status = ${value}`, status);
  if (account !== undefined) {
    where.add(
      (bucket, id) => `m.bucket = ${bucket} AND m.account = ${id}`,
      bucketOf(account),
      account,
    );
  }
  if (after) {
    where.add(
      (at, id, hook) => `(m.made_at, m.id, m.webhook) < (${at}, ${id}, ${hook})`,
      new Date(after.madeAt),
      after.id,
      after.webhook,
    );
  }
  return MESSAGE.read(
    db,
    "l",
    `FROM (SELECT m.* FROM webhook_message m WHERE ${where.toString()}
       ORDER BY m.made_at DESC, m.id DESC, m.webhook DESC LIMIT $1) l`,
    where.params,
  );
}

export async function replayMessages(
  db: Database,
  { webhook, id, since }: Parameters<WebhookStore["replay"]>[0],
  now: number,
): Promise<number> {
  const where = new Where(new Date(now), webhook);
  if (id === undefined) where.add((dead) => `m.status = ${dead}`, "dead");
  else where.add((one) => `m.id = ${one} AND m.status IN ('dead', 'sent')`, id);
  if (since !== undefined) where.add((at) => `m.made_at >= ${at}`, new Date(since));
  const again = await db.q(
    `UPDATE webhook_message m SET status = 'queued', attempts = 0, try_at = $1, error = NULL, sent_at = NULL
     WHERE m.webhook = $2 AND ${where.toString()} RETURNING m.id`,
    where.params,
  );
  return again.length;
}
