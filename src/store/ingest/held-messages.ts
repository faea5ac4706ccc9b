import { NOTHING_SAID } from "../../engine/bare-rows.ts";
import type { Instant } from "../../core/time/day.ts";
import type {
  ContactFields,
  HeldReason,
  IdentifyMessage,
  TrackMessage,
} from "../../engine/ports/ingest.ts";
import type { Json } from "../../core/facts/types.ts";
import { bucketOf } from "../bucket.ts";
import type { Session } from "../db/database.ts";
import { RecordShape } from "../db/record-shape.ts";

/** What a held message says, as it is kept. */
export interface HeldContent {
  readonly properties?: Readonly<Record<string, Json>>;
  readonly fields?: ContactFields;
}

export interface HeldRecord {
  readonly bucket: number;
  /** The name under which it came. */
  readonly user: string;
  readonly id: string;
  readonly kind: "track" | "identify";
  readonly name: string | null;
  readonly at: Instant;
  readonly content: HeldContent;
  readonly reason: HeldReason;
  readonly arrived: Instant;
}

export const HELD = new RecordShape<HeldRecord>({
  bucket: ["bucket", "int2"],
  user: ["user_id", "text"],
  id: ["id", "text"],
  kind: ["kind", "text"],
  name: ["name", "text"],
  at: ["at", "instant"],
  content: ["content", "json"],
  reason: ["reason", "text"],
  arrived: ["arrived", "instant"],
});

export interface ToHold {
  readonly message: TrackMessage | IdentifyMessage;
  readonly user: string;
  readonly reason: HeldReason;
}

export async function holdMessages(
  tx: Session,
  held: readonly ToHold[],
  now: Instant,
): Promise<void> {
  if (held.length === 0) return;
  const records = held.map(({ message, user, reason }): HeldRecord => ({
    bucket: bucketOf(user),
    user,
    id: message.id,
    kind: message.kind,
    name: message.kind === "track" ? message.event : null,
    at: message.at,
    content:
      message.kind === "track" ? { properties: message.properties } : { fields: message.fields },
    reason,
    arrived: now,
  }));
  await tx.q(
    `INSERT INTO held_message (${HELD.names()}) SELECT ${HELD.names("n.")} FROM ${HELD.table("$1", "n")}
     ON CONFLICT (bucket, user_id, id) DO NOTHING`,
    [HELD.encode(records)],
  );
}

/** One at a time takes messages off the list. Whoever asks for it holds its accounts already. */
export async function lockHeld(tx: Session): Promise<void> {
  await tx.exec("SELECT pg_advisory_xact_lock(7468461002)");
}

/** What users told of themselves before they had an account; taken off the list. By arrival. */
export async function releaseIdentifies(
  tx: Session,
  users: Iterable<string>,
): Promise<(HeldRecord & { readonly root: string })[]> {
  const names = [...new Set(users)];
  if (names.length === 0) return [];
  const found = await heldIdentifies(tx, names);
  if (found.length === 0) return [];
  await lockHeld(tx);
  const still = await heldIdentifies(tx, names);
  await dropHeld(tx, still);
  return still;
}

async function heldIdentifies(
  tx: Session,
  users: readonly string[],
): Promise<(HeldRecord & { readonly root: string })[]> {
  const found = await HELD.with(new RecordShape<{ root: string }>({ root: ["root", "text"] })).read(
    tx,
    "h",
    `FROM (SELECT m.*, k.root FROM held_message m
       JOIN (SELECT bucket, name, name AS root FROM unnest($1::int2[], $2::text[]) AS n (bucket, name)
             UNION ALL SELECT u.bucket, u.alias, u.user_id FROM user_alias u WHERE u.user_id = ANY ($2::text[])) k
         ON m.bucket = k.bucket AND m.user_id = k.name
       WHERE m.kind = 'identify') h ORDER BY h.at, h.seq`,
    [users.map(bucketOf), users],
  );
  return found;
}

export async function dropHeld(
  tx: Session,
  held: readonly { readonly bucket: number; readonly user: string; readonly id: string }[],
): Promise<void> {
  if (held.length === 0) return;
  await tx.q(
    `DELETE FROM held_message h USING unnest($1::int2[], $2::text[], $3::text[]) AS k (bucket, user_id, id)
     WHERE h.bucket = k.bucket AND h.user_id = k.user_id AND h.id = k.id`,
    [held.map(({ bucket }) => bucket), held.map(({ user }) => user), held.map(({ id }) => id)],
  );
}

/** JSON has no undefined: what a held message did not say is not there. */
export function fieldsOf({ id, content }: HeldRecord): ContactFields {
  if (!content.fields) throw new Error(`held message ${id} is no identify`);
  return { ...NOTHING_SAID, ...content.fields };
}
