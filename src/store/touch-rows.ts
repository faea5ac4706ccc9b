import type { Touch } from "../core/schedule/types.ts";
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
