import type { EvaluatedAccount, TouchImage } from "../../engine/ports.ts";
import { accountKeys } from "../account-keys.ts";
import { withoutBucket } from "../accounts/load-accounts.ts";
import { bucketOf } from "../bucket.ts";
import type { Session } from "../db/database.ts";
import { json } from "../db/send-value.ts";
import { TOUCH } from "../shapes.ts";

/** As many versions back accounts can be brought back as they were. */
const VERSIONS_KEPT = 5;

/** Keeps how a version finds accounts, before what it makes of them is stored. */
export async function takeImages(
  tx: Session,
  version: number,
  batch: readonly EvaluatedAccount[],
): Promise<void> {
  const touches = batch.flatMap((one) => one.touches);
  const found = await TOUCH.read(
    tx,
    "t",
    `FROM touch t JOIN unnest($1::int2[], $2::text[], $3::text[]) AS k (bucket, account, key)
       ON t.bucket = k.bucket AND t.account = k.account AND t.key = k.key`,
    [
      touches.map(({ account }) => bucketOf(account)),
      touches.map(({ account }) => account),
      touches.map(({ key }) => key),
    ],
  );
  const before = new Map(found.map((touch) => [touch.key, withoutBucket(touch)]));
  const rows = batch.map((one) => ({
    bucket: bucketOf(one.id),
    account: one.id,
    handled: one.handled,
    touches: one.touches.map((after): TouchImage => ({
      before: before.get(after.key) ?? null,
      after,
    })),
  }));
  await tx.q(
    `INSERT INTO account_image (bucket, account, version, state_rev, decided_on, state, decision, touches, handled)
     SELECT a.bucket, a.id, $2, a.state_rev + 1, a.decided_on, s.state, s.decision, n.touches, n.handled
     FROM json_to_recordset($1::json) AS n (bucket int2, account text, touches json, handled json)
     JOIN account a ON a.bucket = n.bucket AND a.id = n.account AND a.decided_on IS NOT NULL
     JOIN account_state s ON s.bucket = n.bucket AND s.account = n.account`,
    [json(rows), version],
  );
}

/** Those of versions that are not live any more, or of all but the newest few. */
export async function forgetImages(tx: Session, which: readonly number[] | "old"): Promise<void> {
  if (which !== "old") {
    await tx.q("DELETE FROM account_image WHERE version = ANY ($1::int4[])", [which]);
    return;
  }
  const kept = await tx.q<{ version: number }>(
    "SELECT version FROM model_version ORDER BY version DESC LIMIT $1",
    [VERSIONS_KEPT],
  );
  await tx.q("DELETE FROM account_image WHERE NOT (version = ANY ($1::int4[]))", [
    kept.map(({ version }) => version),
  ]);
}

/**
 * Accounts that are again as a version found them are, to the version before it, as it left them:
 * only if nothing had happened between the two.
 */
export async function reviveImages(
  tx: Session,
  version: number,
  restored: readonly { readonly id: string; readonly before: number; readonly now: number }[],
): Promise<void> {
  if (restored.length === 0) return;
  await tx.q(
    `UPDATE account_image i SET state_rev = k.now
     FROM unnest($1::int2[], $2::text[], $3::int8[], $4::int8[]) AS k (bucket, account, before, now)
     WHERE i.bucket = k.bucket AND i.account = k.account AND i.version = $5 AND i.state_rev = k.before`,
    [
      ...accountKeys(restored.map(({ id }) => id)),
      restored.map(({ before }) => before),
      restored.map(({ now }) => now),
      version,
    ],
  );
}
