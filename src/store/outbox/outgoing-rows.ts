import type { Outgoing } from "../../engine/ports.ts";
import { bucketOf } from "../bucket.ts";
import type { Session } from "../db/database.ts";
import { RecordShape } from "../db/record-shape.ts";

interface OutgoingRecord extends Outgoing {
  readonly bucket: number;
}

export const OUTGOING = new RecordShape<OutgoingRecord>({
  bucket: ["bucket", "int2"],
  account: ["account", "text"],
  id: ["id", "text"],
  kind: ["kind", "text"],
  touch: ["touch", "text"],
  touchId: ["touch_id", "text"],
  touchpoint: ["touchpoint", "text"],
  program: ["program", "text"],
  attempt: ["attempt", "int4"],
  channel: ["channel", "text"],
  contact: ["contact", "text"],
  userId: ["user_id", "text"],
  receiver: ["receiver", "text"],
  countedAs: ["counted_as", "text"],
  status: ["status", "text"],
  messageId: ["message_id", "text"],
  message: ["message", "json"],
  worker: ["worker", "text"],
  leaseUntil: ["lease_until", "instant"],
  tryAt: ["try_at", "instant"],
  error: ["error", "text"],
  madeAt: ["made_at", "instant"],
  sentAt: ["sent_at", "instant"],
  settledAt: ["settled_at", "instant"],
});

export function asOutgoing(record: OutgoingRecord): Outgoing {
  const { bucket: _, ...outgoing } = record;
  return outgoing;
}

/** Messages on their way or already gone, each whole. */
export async function putOutgoing(tx: Session, messages: readonly Outgoing[]): Promise<void> {
  await write(
    tx,
    messages,
    `DO UPDATE SET ${OUTGOING.updates("bucket", "account", "id", "kind", "made_at")}`,
  );
}

/**
 * Puts invitations and withdrawals in the queue, in the transaction of whoever fixes or calls off
 * an appointment. The same id again changes nothing.
 */
export async function queueOutgoing(tx: Session, messages: readonly Outgoing[]): Promise<void> {
  await write(tx, messages, "DO NOTHING");
}

async function write(tx: Session, messages: readonly Outgoing[], again: string): Promise<void> {
  if (messages.length === 0) return;
  const rows = messages.map((message) => ({ ...message, bucket: bucketOf(message.account) }));
  await tx.q(
    `INSERT INTO outgoing (${OUTGOING.names()}) SELECT ${OUTGOING.names("n.")} FROM ${OUTGOING.table("$1", "n")}
     ON CONFLICT (bucket, account, id) ${again}`,
    [OUTGOING.encode(rows)],
  );
}
