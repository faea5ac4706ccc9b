import type { EventRow, Moment, WriteCounts } from "../../engine/ports.ts";
import { type AccountForEvents, lockForEvents, markNews } from "../account-keys.ts";
import { bucketOf } from "../bucket.ts";
import type { Session } from "../db/database.ts";
import { RecordShape } from "../db/record-shape.ts";
import { rememberProperties } from "../event-properties.ts";
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

const COPIED = "bucket account id name at user_id properties outcome engine pending arrived".split(
  " ",
);

/**
 * An id is good for one event for ever: the same again is unchanged, another content is refused.
 * `locked`: accounts that this transaction holds already.
 */
export async function writeEvents(
  tx: Session,
  rows: readonly EventRow[],
  moment: Moment,
  locked?: ReadonlyMap<string, AccountForEvents>,
): Promise<WriteCounts> {
  const counts = new IntakeCounts(rows.length);
  // Whoever holds the account's lock is the only one who adds events to it.
  const named = rows.map(({ accountId }) => accountId);
  const accounts = locked ?? (await lockForEvents(tx, named));
  const incoming: Incoming[] = [];
  rows.forEach((row, index) => {
    const account = accounts.get(row.accountId);
    if (account) incoming.push(incomingOf(row, index, account.isDecided));
    else counts.refuse(index, `there is no account ${row.accountId}`);
  });
  const fresh = await insertNew(tx, firstsOf(incoming), moment);
  counts.changed(fresh.map(({ row }) => row));
  const others = incoming.filter(({ row }) => !counts.changedRows.has(row));
  for (const row of await withOtherContent(tx, others)) {
    counts.refuse(row, `the event id ${rows[row]?.messageId} was used before for another event`);
  }
  await rememberProperties(tx, fresh);
  await markNews(tx, new Set(fresh.map(({ account }) => account)));
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

/** Of equal ids in one batch the first, by bucket. */
function firstsOf(incoming: readonly Incoming[]): Incoming[] {
  const firsts = new Map<string, Incoming>();
  for (const event of incoming) {
    const key = keyOf(event);
    if (!firsts.has(key)) firsts.set(key, event);
  }
  return [...firsts.values()].toSorted((a, b) => a.bucket - b.bucket || a.row - b.row);
}

function keyOf({ account, id }: Pick<Incoming, "account" | "id">): string {
  return `${account.length} ${account}${id}`;
}

/** So many at most go in one statement; of more, those of an import, COPY is the faster way. */
const IN_ONE_STATEMENT = 2_500;

/** Writes those whose id is not there yet, and answers them. */
async function insertNew(
  tx: Session,
  events: readonly Incoming[],
  moment: Moment,
): Promise<Incoming[]> {
  if (events.length > IN_ONE_STATEMENT) {
    const fresh = await newOnes(tx, events);
    await copy(tx, fresh, moment);
    return fresh;
  }
  // nearly always all of them are new: then nobody needs to be told which
  const [made] = await tx.q<{ rows: { account: string; id: string }[] | null }>(
    `WITH made AS (
       INSERT INTO event (${COPIED.join(", ")})
       SELECT n.bucket, n.account, n.id, n.name, n.at, n.user_id, n.properties, n.outcome, false, n.pending, $2::timestamptz
       FROM ${INCOMING.table("$1", "n")}
       ON CONFLICT (bucket, account, id) DO NOTHING RETURNING account, id)
     SELECT CASE WHEN (SELECT count(*) FROM made) < $3::int4
       THEN (SELECT coalesce(json_agg(m), '[]') FROM made m) END AS rows`,
    [INCOMING.encode(events), new Date(moment.now), events.length],
  );
  if (!made?.rows) return [...events];
  const keys = new Set(made.rows.map(keyOf));
  return events.filter((one) => keys.has(keyOf(one)));
}

async function newOnes(tx: Session, events: readonly Incoming[]): Promise<Incoming[]> {
  const [known] = await tx.q<{ rows: number[] }>(
    `SELECT coalesce(array_agg(k.row), '{}') AS rows
     FROM unnest($1::int4[], $2::int2[], $3::text[], $4::text[]) AS k (row, bucket, account, id)
     JOIN event e ON e.bucket = k.bucket AND e.account = k.account AND e.id = k.id`,
    [
      events.map(({ row }) => row),
      events.map(({ bucket }) => bucket),
      events.map(({ account }) => account),
      events.map(({ id }) => id),
    ],
  );
  const knownRows = new Set(known?.rows);
  return events.filter(({ row }) => !knownRows.has(row));
}

async function copy(tx: Session, events: readonly Incoming[], { now }: Moment): Promise<void> {
  const arrived = new Date(now);
  await tx.copy(
    "event",
    COPIED,
    events.map((event) => [
      event.bucket,
      event.account,
      event.id,
      event.name,
      new Date(event.at),
      event.user,
      event.properties,
      event.outcome,
      false,
      event.pending,
      arrived,
    ]),
  );
}

/** The rows whose id stands for another event. */
async function withOtherContent(tx: Session, events: readonly Incoming[]): Promise<number[]> {
  if (events.length === 0) return [];
  const columns = (alias: string): string =>
    CONTENT.map((column) => `${alias}.${column}`).join(", ");
  const [result] = await tx.q<{ rows: number[] }>(
    `SELECT coalesce(array_agg(n.row ORDER BY n.row), '{}') AS rows
     FROM ${INCOMING.table("$1", "n")} JOIN event e ON e.bucket = n.bucket AND e.account = n.account AND e.id = n.id
     WHERE (${columns("e")}) IS DISTINCT FROM (${columns("n")})`,
    [INCOMING.encode(events)],
  );
  return result?.rows ?? [];
}
