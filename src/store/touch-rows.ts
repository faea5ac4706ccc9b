import type { Touch } from "../core/schedule/types.ts";
import type { Instant } from "../core/time/day.ts";
import { bucketOf } from "./bucket.ts";
import type { Session } from "./db/database.ts";
import { TOUCH } from "./shapes.ts";

/** New and changed touches, each whole; its key is its identity for ever. */
export async function putTouches(tx: Session, touches: readonly Touch[]): Promise<void> {
  if (touches.length === 0) return;
  const rows = new Map(
    touches.map((touch) => [touch.key, { ...touch, bucket: bucketOf(touch.account) }]),
  );
  await tx.q(
    `INSERT INTO touch (${TOUCH.names()}) SELECT ${TOUCH.names("n.")} FROM ${TOUCH.table("$1", "n")}
     ON CONFLICT (bucket, account, key) DO UPDATE SET ${TOUCH.updates("bucket", "account", "key")}`,
    [TOUCH.encode([...rows.values()])],
  );
}

/** Out of sight until then; null: in sight again. Nothing else about the touches changes by it. */
export async function putSnooze(
  tx: Session,
  touches: readonly Touch[],
  until: Instant | null,
): Promise<void> {
  await tx.q(
    `UPDATE touch t SET snoozed_until = $4
     FROM unnest($1::int2[], $2::text[], $3::text[]) AS k (bucket, account, key)
     WHERE t.bucket = k.bucket AND t.account = k.account AND t.key = k.key`,
    [
      touches.map(({ account }) => bucketOf(account)),
      touches.map(({ account }) => account),
      touches.map(({ key }) => key),
      until === null ? null : new Date(until),
    ],
  );
}
