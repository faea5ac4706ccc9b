import type { IngestMessage, Taken } from "../../engine/ports/ingest.ts";
import { bucketOf } from "../bucket.ts";
import type { Session } from "../db/database.ts";

interface Keyed {
  readonly bucket: number;
  readonly message: IngestMessage;
}

/**
 * Writes down the ids that are new and says of all others what they are: of equal ids the first
 * is taken, the same content again is a duplicate, other content is refused. Ids go in in one
 * order, so that two writers never wait for each other.
 */
export async function keepNew(
  tx: Session,
  messages: readonly IngestMessage[],
  results: (Taken | undefined)[],
): Promise<number[]> {
  const firsts = new Map<string, Keyed>();
  for (const message of messages) {
    if (!firsts.has(message.id)) firsts.set(message.id, { bucket: bucketOf(message.id), message });
  }
  const made = await insert(tx, [...firsts.values()].toSorted(inOrder));
  const others = [...firsts.values()].filter(({ message }) => !made.has(message.id));
  const known = await hashesOf(tx, others);
  const fresh: number[] = [];
  messages.forEach((message, index) => {
    const first = firsts.get(message.id)?.message;
    if (made.has(message.id) && first === message) {
      fresh.push(index);
      return;
    }
    const hash = known.get(message.id) ?? first?.hash;
    results[index] =
      hash !== undefined && Buffer.compare(hash, message.hash) === 0
        ? { status: "duplicate" }
        : { status: "refused", reason: "this message id was used before for another message" };
  });
  return fresh;
}

function inOrder(a: Keyed, b: Keyed): number {
  return a.bucket - b.bucket || (a.message.id < b.message.id ? -1 : 1);
}

async function insert(tx: Session, list: readonly Keyed[]): Promise<ReadonlySet<string>> {
  // nearly always all of them are new: then nobody needs to be told which
  const [made] = await tx.q<{ ids: string[] | null }>(
    `WITH made AS (
       INSERT INTO message (bucket, id, hash)
       SELECT k.bucket, k.id, k.hash FROM unnest($1::int2[], $2::text[], $3::bytea[]) AS k (bucket, id, hash)
       ON CONFLICT (bucket, id) DO NOTHING RETURNING id)
     SELECT CASE WHEN (SELECT count(*) FROM made) < $4::int4
       THEN (SELECT coalesce(array_agg(m.id), '{}') FROM made m) END AS ids`,
    [
      list.map(({ bucket }) => bucket),
      list.map(({ message }) => message.id),
      list.map(({ message }) => message.hash),
      list.length,
    ],
  );
  return new Set(made?.ids ?? list.map(({ message }) => message.id));
}

async function hashesOf(tx: Session, list: readonly Keyed[]): Promise<Map<string, Uint8Array>> {
  if (list.length === 0) return new Map();
  const found = await tx.q<{ id: string; hash: Uint8Array }>(
    `SELECT m.id, m.hash FROM message m JOIN unnest($1::int2[], $2::text[]) AS k (bucket, id)
       ON m.bucket = k.bucket AND m.id = k.id`,
    [list.map(({ bucket }) => bucket), list.map(({ message }) => message.id)],
  );
  return new Map(found.map(({ id, hash }) => [id, hash]));
}

/** Messages that turned out not to be taken: their ids are free again. */
export async function forgetMessages(tx: Session, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.q(
    `DELETE FROM message m USING unnest($1::int2[], $2::text[]) AS k (bucket, id)
     WHERE m.bucket = k.bucket AND m.id = k.id`,
    [ids.map(bucketOf), ids],
  );
}
