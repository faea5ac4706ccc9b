import type {
  HeldCount,
  HeldCounts,
  HeldFilter,
  HeldMessage,
  IngestStore,
} from "../../engine/ports/ingest.ts";
import { bucketOf } from "../bucket.ts";
import type { Database, Param } from "../db/database.ts";
import { attributeHeld } from "./attribute-held.ts";
import { HELD } from "./held-messages.ts";
import { takeMessages } from "./take-messages.ts";

export function ingestStore(db: Database): IngestStore {
  return {
    take: (messages, moment) => db.tx((tx) => takeMessages(tx, messages, moment)),
    attribute: (buckets, limit, moment) => db.tx((tx) => attributeHeld(tx, buckets, limit, moment)),
    held: (filter, limit) => listHeld(db, filter, limit),
    heldCounts: () => heldCounts(db),
  };
}

async function listHeld(
  db: Database,
  { userId, reason, after }: HeldFilter,
  limit: number,
): Promise<HeldMessage[]> {
  const params: Param[] = [limit];
  const given = (value: Param): string => `$${params.push(value)}`;
  const conditions = ["true"];
  if (userId !== undefined)
    conditions.push(`m.bucket = ${given(bucketOf(userId))} AND m.user_id = ${given(userId)}`);
  if (reason !== undefined) conditions.push(`m.reason = ${given(reason)}`);
  if (after !== undefined)
    conditions.push(
      `(m.arrived, m.id) > (${given(new Date(after.arrived))}::timestamptz, ${given(after.id)})`,
    );
  const found = await HELD.read(
    db,
    "h",
    `FROM (SELECT * FROM held_message m WHERE ${conditions.join(" AND ")}
       ORDER BY m.arrived, m.id LIMIT $1) h ORDER BY h.arrived, h.id`,
    params,
  );
  return found.map(({ id, user, kind, name, at, arrived, reason, content }): HeldMessage => {
    return { id, userId: user, kind, event: name, at, arrived, reason, content };
  });
}

async function heldCounts(db: Database): Promise<HeldCounts> {
  const reasons = await db.q<HeldCount>(
    `SELECT reason, count(*) AS messages, count(DISTINCT (bucket, user_id)) AS users,
       min(at) AS oldest, max(at) AS newest
     FROM held_message GROUP BY reason ORDER BY reason`,
  );
  return { messages: reasons.reduce((sum, { messages }) => sum + messages, 0), reasons };
}
