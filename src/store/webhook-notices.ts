import { createHash } from "node:crypto";
import type { Notice } from "../engine/ports.ts";
import { bucketOf } from "./bucket.ts";
import type { Session } from "./db/database.ts";
import { json } from "./db/send-value.ts";

/**
 * One message for each webhook that asks for a notice's type, in the transaction that made it
 * so: what was undone is never told. The same notice again makes no second message.
 */
export async function addNotices(tx: Session, notices: readonly Notice[]): Promise<void> {
  if (notices.length === 0) return;
  const [asked] = await tx.q<{ types: string[] }>(
    "SELECT coalesce(array_agg(DISTINCT t.type), '{}') AS types FROM webhook w, unnest(w.types) AS t (type) WHERE w.active",
  );
  const types = new Set(asked?.types);
  const wanted = notices.filter(({ type }) => types.has(type));
  if (wanted.length === 0) return;
  await tx.q(
    `INSERT INTO webhook_message (bucket, account, id, webhook, type, payload, status, attempts, try_at, made_at)
     SELECT n.bucket, n.account, n.id, w.id, n.type, n.payload, 'queued', 0, n.at, n.at
     FROM json_to_recordset($1::json) AS n (bucket int2, account text, id text, type text, payload json, at timestamptz)
     JOIN webhook w ON w.active AND n.type = ANY (w.types)
     ON CONFLICT (bucket, account, id, webhook) DO NOTHING`,
    [json(wanted.map(asMessage))],
  );
}

function asMessage({ id, account, type, at, data }: Notice): object {
  const time = new Date(at).toISOString();
  return {
    bucket: bucketOf(account),
    account,
    id: messageId(account, id),
    type,
    payload: { type, timestamp: time, data },
    at: time,
  };
}

/** `webhook-id`: the same for the same notice for ever, and without the dots that signing joins by. */
function messageId(account: string, notice: string): string {
  const hash = createHash("sha256")
    .update(JSON.stringify([account, notice]))
    .digest("base64url");
  return `msg_${hash.slice(0, 24)}`;
}
