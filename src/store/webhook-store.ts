import type { Webhook, WebhookStore } from "../engine/ports.ts";
import { addAudit } from "./audit-store.ts";
import type { Database, Session } from "./db/database.ts";
import { RecordShape } from "./db/record-shape.ts";
import { listMessages, replayMessages, settleMessages, takeMessages } from "./webhook-messages.ts";

const WEBHOOK = new RecordShape<Webhook>({
  id: ["id", "text"],
  url: ["url", "text"],
  types: ["types", "texts"],
  active: ["active", "bool"],
  stopped: ["stopped", "text"],
  note: ["note", "text"],
  createdAt: ["created_at", "instant"],
  createdBy: ["created_by", "text"],
});

export function webhookStore(db: Database): WebhookStore {
  return {
    list: () => WEBHOOK.read(db, "w", "FROM webhook w ORDER BY w.created_at, w.id"),
    put: (webhook, audit, { now }) =>
      db.tx(async (tx) => {
        await tx.q(
          `INSERT INTO webhook (${WEBHOOK.names()}) SELECT ${WEBHOOK.names("n.")} FROM ${WEBHOOK.table("$1", "n")}
           ON CONFLICT (id) DO UPDATE SET ${WEBHOOK.updates("id", "created_at", "created_by")}`,
          [WEBHOOK.encode([webhook])],
        );
        await addAudit(tx, audit, now);
      }),
    remove: (id, audit, { now }) =>
      db.tx(async (tx) => {
        const removed = await removeWebhook(tx, id);
        if (removed) await addAudit(tx, audit, now);
        return removed;
      }),
    async stop(id, reason) {
      await db.q("UPDATE webhook SET active = false, stopped = $2 WHERE id = $1 AND active", [
        id,
        reason,
      ]);
    },
    take: (buckets, lease, now, limit) =>
      db.tx((tx) => takeMessages(tx, buckets, lease, now, limit)),
    settle: (outcomes, worker) => settleMessages(db, outcomes, worker),
    async hold(buckets, id, until) {
      await db.q(
        `UPDATE webhook_message SET try_at = $2
         WHERE ($3::int2[] IS NULL OR bucket = ANY ($3)) AND webhook = $1 AND status = 'queued' AND try_at < $2`,
        [id, new Date(until), buckets],
      );
    },
    messages: (filter, limit, after) => listMessages(db, filter, limit, after),
    replay: (which, now) => replayMessages(db, which, now),
  };
}

async function removeWebhook(tx: Session, id: string): Promise<boolean> {
  const removed = await tx.q("DELETE FROM webhook WHERE id = $1 RETURNING id", [id]);
  await tx.q("DELETE FROM webhook_message WHERE webhook = $1", [id]);
  return removed.length > 0;
}
