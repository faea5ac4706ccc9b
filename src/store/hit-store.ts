import type { HitStore, MessageHit } from "../engine/ports.ts";
import { bucketOf } from "./bucket.ts";
import type { Database } from "./db/database.ts";
import { RecordShape } from "./db/record-shape.ts";

interface HitRecord extends MessageHit {
  readonly bucket: number;
}

const HIT = new RecordShape<HitRecord>({
  bucket: ["bucket", "int2"],
  account: ["account", "text"],
  outgoing: ["outgoing", "text"],
  kind: ["kind", "text"],
  link: ["link", "int4"],
  at: ["at", "instant"],
  weak: ["weak", "text"],
});

/** Whoever has a link can ask for it for ever; nothing is learnt from more than these. */
const MOST_OF_A_MESSAGE = 200;

function withoutBucket(record: HitRecord): MessageHit {
  const { bucket: _, ...hit } = record;
  return hit;
}

export function hitStore(db: Database): HitStore {
  return {
    async add(hit) {
      const bucket = bucketOf(hit.account);
      await db.q(
        `INSERT INTO message_hit (${HIT.names()}, is_judged) SELECT ${HIT.names("n.")}, false
         FROM ${HIT.table("$1", "n")}
         WHERE (SELECT count(*) FROM message_hit h WHERE h.bucket = $2 AND h.account = $3 AND h.outgoing = $4) < ${MOST_OF_A_MESSAGE}
         ON CONFLICT (bucket, account, outgoing, kind, link, at) DO NOTHING`,
        [HIT.encode([{ ...hit, bucket }]), bucket, hit.account, hit.outgoing],
      );
    },
    unjudged: (buckets, before, limit) =>
      db.q<{ account: string; id: string }>(
        `SELECT h.account, h.outgoing AS id FROM message_hit h
         WHERE NOT h.is_judged AND h.at < $1 AND ($2::int2[] IS NULL OR h.bucket = ANY ($2))
         GROUP BY h.bucket, h.account, h.outgoing ORDER BY min(h.at), h.bucket, h.account, h.outgoing LIMIT $3`,
        [new Date(before), buckets, Math.trunc(limit)],
      ),
    async of(account, outgoing) {
      const found = await HIT.read(
        db,
        "h",
        "FROM message_hit h WHERE h.bucket = $1 AND h.account = $2 AND h.outgoing = $3 ORDER BY h.at, h.kind, h.link",
        [bucketOf(account), account, outgoing],
      );
      return found.map(withoutBucket);
    },
    async judged(hits) {
      await db.q(
        `UPDATE message_hit h SET is_judged = true, weak = n.weak FROM ${HIT.table("$1", "n")}
         WHERE h.bucket = n.bucket AND h.account = n.account AND h.outgoing = n.outgoing
           AND h.kind = n.kind AND h.link = n.link AND h.at = n.at`,
        [HIT.encode(hits.map((hit) => ({ ...hit, bucket: bucketOf(hit.account) })))],
      );
    },
  };
}
