import { type Day, formatDay } from "../../core/time/day.ts";
import type { ReceiverUse, Suppression } from "../../engine/ports.ts";
import { bucketOf } from "../bucket.ts";
import { lockRows } from "../lock-rows.ts";
import type { Session } from "../db/database.ts";
import { RecordShape } from "../db/record-shape.ts";

interface UseRecord extends ReceiverUse {
  readonly bucket: number;
}

const USE = new RecordShape<UseRecord>({
  bucket: ["bucket", "int2"],
  receiver: ["receiver", "text"],
  account: ["account", "text"],
  touch: ["touch", "text"],
  day: ["day", "day"],
  channel: ["channel", "text"],
  human: ["human", "bool"],
  occurrence: ["occurrence", "text"],
});

function keysOf(texts: readonly string[]): readonly [number[], string[]] {
  const all = [...new Set(texts)];
  return [all.map(bucketOf), all];
}

/** Until the transaction ends nobody else counts on these: always locked in the same order. */
export async function lockReceivers(tx: Session, receivers: readonly string[]): Promise<void> {
  if (receivers.length === 0) return;
  await tx.q(
    `INSERT INTO receiver (bucket, receiver)
     SELECT k.bucket, k.receiver FROM unnest($1::int2[], $2::text[]) AS k (bucket, receiver)
     ORDER BY k.bucket, k.receiver COLLATE "C" ON CONFLICT (bucket, receiver) DO NOTHING`,
    keysOf(receivers),
  );
  await lockRows(tx, keysOf(receivers), (keys, only) =>
    tx.q(
      `SELECT r.bucket FROM receiver r JOIN unnest($1::int2[], $2::text[]) AS k (bucket, receiver)
         ON r.bucket = k.bucket AND r.receiver = k.receiver
       WHERE ${only("r")} ORDER BY r.bucket, r.receiver FOR UPDATE OF r`,
      keys,
    ),
  );
}

/** What receivers have had since a day, over all accounts. */
export async function usesOf(
  tx: Session,
  receivers: readonly string[],
  since: Day,
): Promise<ReceiverUse[]> {
  if (receivers.length === 0) return [];
  return USE.read(
    tx,
    "u",
    `FROM receiver_use u JOIN unnest($1::int2[], $2::text[]) AS k (bucket, receiver)
       ON u.bucket = k.bucket AND u.receiver = k.receiver WHERE u.day >= $3`,
    [...keysOf(receivers), formatDay(since)],
  );
}

export async function putUses(tx: Session, uses: readonly ReceiverUse[]): Promise<void> {
  if (uses.length === 0) return;
  await tx.q(
    `INSERT INTO receiver_use (${USE.names()}) SELECT ${USE.names("n.")} FROM ${USE.table("$1", "n")}
     ON CONFLICT (bucket, receiver, account, touch) DO UPDATE SET ${USE.updates("bucket", "receiver", "account", "touch")}`,
    [USE.encode(uses.map((use) => ({ ...use, bucket: bucketOf(use.receiver) })))],
  );
}

/** What surely did not arrive does not count. */
export async function dropUses(
  tx: Session,
  uses: readonly Pick<ReceiverUse, "receiver" | "account" | "touch">[],
): Promise<void> {
  if (uses.length === 0) return;
  await tx.q(
    `DELETE FROM receiver_use u
     USING unnest($1::int2[], $2::text[], $3::text[], $4::text[]) AS k (bucket, receiver, account, touch)
     WHERE u.bucket = k.bucket AND u.receiver = k.receiver AND u.account = k.account AND u.touch = k.touch`,
    [
      uses.map(({ receiver }) => bucketOf(receiver)),
      uses.map(({ receiver }) => receiver),
      uses.map(({ account }) => account),
      uses.map(({ touch }) => touch),
    ],
  );
}

export async function suppressedAmong(
  tx: Session,
  addresses: readonly string[],
): Promise<Suppression[]> {
  if (addresses.length === 0) return [];
  return tx.q<{ address: string; channel: string; reason: string }>(
    `SELECT s.address, s.channel, s.reason FROM suppression s
     JOIN unnest($1::int2[], $2::text[]) AS k (bucket, address) ON s.bucket = k.bucket AND s.address = k.address`,
    keysOf(addresses),
  );
}

export async function addSuppressions(
  tx: Session,
  suppressions: readonly Suppression[],
  at: number,
): Promise<void> {
  if (suppressions.length === 0) return;
  await tx.q(
    `INSERT INTO suppression (bucket, address, channel, reason, at)
     SELECT k.bucket, k.address, k.channel, k.reason, $5
     FROM unnest($1::int2[], $2::text[], $3::text[], $4::text[]) AS k (bucket, address, channel, reason)
     ORDER BY k.bucket, k.address COLLATE "C", k.channel COLLATE "C"
     ON CONFLICT (bucket, address, channel) DO NOTHING`,
    [
      suppressions.map(({ address }) => bucketOf(address)),
      suppressions.map(({ address }) => address),
      suppressions.map(({ channel }) => channel),
      suppressions.map(({ reason }) => reason),
      new Date(at),
    ],
  );
}
