import type { EventRow, Moment, WriteCounts } from "../../engine/ports.ts";
import { lockAccounts, markNews } from "../account-keys.ts";
import { bucketOf } from "../bucket.ts";
import type { Session } from "../db/database.ts";
import { RecordShape } from "../db/record-shape.ts";
import { IntakeCounts } from "./intake-counts.ts";

interface Incoming {
  readonly row: number;
  readonly bucket: number;
  readonly account: string;
  readonly id: string;
  readonly name: string;
  readonly at: number;
  readonly user: string | null;
  readonly properties: EventRow["properties"];
  readonly outcome: EventRow["outcome"] | null;
  readonly pending: boolean;
}

const INCOMING = new RecordShape<Incoming>({
  row: ["row", "int4"],
  bucket: ["bucket", "int2"],
  account: ["account", "text"],
  id: ["id", "text"],
  name: ["name", "text"],
  at: ["at", "instant"],
  user: ["user_id", "text"],
  properties: ["properties", "jsonb"],
  outcome: ["outcome", "jsonb"],
  pending: ["pending", "bool"],
});

const CONTENT = ["name", "at", "user_id", "properties", "outcome"];

/** An id is good for one event for ever: the same again is unchanged, another content is refused. */
export async function writeEvents(
  tx: Session,
  rows: readonly EventRow[],
  moment: Moment,
): Promise<WriteCounts> {
  const counts = new IntakeCounts(rows.length);
  const accounts = await lockAccounts(
    tx,
    rows.map(({ accountId }) => accountId),
  );
  const incoming: Incoming[] = [];
  rows.forEach((row, index) => {
    const account = accounts.get(row.accountId);
    if (account) incoming.push(incomingOf(row, index, account.decidedOn !== null));
    else counts.refuse(index, `there is no account ${row.accountId}`);
  });
  const encoded = INCOMING.encode(incoming);
  const written = await insert(tx, encoded, moment);
  counts.changed(written);
  if (written.length < incoming.length) {
    for (const row of await othersContent(tx, encoded)) {
      counts.refuse(row, `the event id ${rows[row]?.messageId} was used before for another event`);
    }
  }
  await markNews(tx, new Set(written.flatMap((row) => rows[row]?.accountId ?? [])));
  return counts.result();
}

function incomingOf(event: EventRow, row: number, pending: boolean): Incoming {
  return {
    row,
    bucket: bucketOf(event.accountId),
    account: event.accountId,
    id: event.messageId,
    name: event.event,
    at: event.at,
    user: event.userId,
    properties: event.properties,
    outcome: Object.keys(event.outcome).length > 0 ? event.outcome : null,
    // An account that was never evaluated is decided by all its history; nothing of it is news.
    pending,
  };
}

/** Answers the rows that were new. Of equal ids in one batch the first goes in. */
async function insert(tx: Session, encoded: string, { now }: Moment): Promise<number[]> {
  const [result] = await tx.q<{ rows: number[] }>(
    `WITH n AS (
       SELECT DISTINCT ON (n.bucket, n.account, n.id) * FROM ${INCOMING.table("$1", "n")}
       ORDER BY n.bucket, n.account, n.id, n.row
     ), written AS (
       INSERT INTO event (bucket, account, id, name, at, user_id, properties, outcome, engine, pending, arrived)
       SELECT n.bucket, n.account, n.id, n.name, n.at, n.user_id, n.properties, n.outcome, false, n.pending, $2
       FROM n ORDER BY n.bucket, n.row
       ON CONFLICT (bucket, account, id) DO NOTHING RETURNING bucket, account, id
     )
     SELECT coalesce(array_agg(n.row ORDER BY n.row), '{}') AS rows
     FROM n JOIN written w ON w.bucket = n.bucket AND w.account = n.account AND w.id = n.id`,
    [encoded, new Date(now)],
  );
  return result?.rows ?? [];
}

/** The rows whose id stands for another event. */
async function othersContent(tx: Session, encoded: string): Promise<number[]> {
  const columns = (alias: string): string =>
    CONTENT.map((column) => `${alias}.${column}`).join(", ");
  const [result] = await tx.q<{ rows: number[] }>(
    `SELECT coalesce(array_agg(n.row ORDER BY n.row), '{}') AS rows
     FROM ${INCOMING.table("$1", "n")} JOIN event e ON e.bucket = n.bucket AND e.account = n.account AND e.id = n.id
     WHERE (${columns("e")}) IS DISTINCT FROM (${columns("n")})`,
    [encoded],
  );
  return result?.rows ?? [];
}
