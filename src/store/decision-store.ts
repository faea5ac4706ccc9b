import { type Day, formatDay } from "../core/time/day.ts";
import type { CurrentDecision, DecisionRecord, DecisionStore, StageMove } from "../engine/ports.ts";
import { accountKeys } from "./account-keys.ts";
import { BUCKETS, bucketOf } from "./bucket.ts";
import type { Database } from "./db/database.ts";
import { RecordShape } from "./db/record-shape.ts";
import { asDecisionRecord, DECISION } from "./decision-record.ts";

const PAGE = 500;
/** Buckets looked through at once for moves: pages of a few megabytes also in a large book. */
const BUCKETS_AT_ONCE = 8;

/** The newest decision of each account until a day: one look into the index for each. */
const NEWEST_BY_KEY = `FROM unnest($1::int2[], $2::text[]) AS k (bucket, id) CROSS JOIN LATERAL (
  SELECT * FROM decision o WHERE o.bucket = k.bucket AND o.account = k.id AND o.day <= $3
  ORDER BY o.day DESC, o.seq DESC LIMIT 1) d`;
/** The same as servers of a cluster can be asked for it. */
const NEWEST_TOGETHER = `FROM decision d JOIN unnest($1::int2[], $2::text[]) AS k (bucket, id)
    ON d.bucket = k.bucket AND d.account = k.id
  WHERE d.day <= $3 AND NOT EXISTS (SELECT 1 FROM decision n
    WHERE n.bucket = d.bucket AND n.account = d.account AND n.day <= $3 AND (n.day, n.seq) > (d.day, d.seq))`;

export function decisionStore(db: Database): DecisionStore {
  return {
    current: (ids) => (ids ? currentOf(db, ids) : currentAll(db)),
    on: async (ids, day) => {
      const found = await DECISION.read(db, "d", db.isSpread ? NEWEST_TOGETHER : NEWEST_BY_KEY, [
        ...accountKeys(new Set(ids)),
        formatDay(day),
      ]);
      return new Map(found.map((row) => [row.account, asDecisionRecord(row)]));
    },
    history: async (account, limit) => {
      const found = await DECISION.read(
        db,
        "d",
        "FROM decision d WHERE d.bucket = $1 AND d.account = $2 ORDER BY d.day DESC, d.seq DESC LIMIT $3",
        [bucketOf(account), account, limit],
      );
      return found.map(asDecisionRecord);
    },
    moves: (since) => movesSince(db, since),
    stageMoves: (since) => stageMovesSince(db, since),
  };
}

interface CurrentRow extends CurrentDecision {
  readonly bucket: number;
}

const CURRENT = new RecordShape<CurrentRow>({
  bucket: ["bucket", "int2"],
  id: ["id", "text"],
  name: ["name", "text"],
  owner: ["owner", "text"],
  decision: ["decision", "json"],
});

const CURRENT_SOURCE = `FROM (SELECT a.bucket, a.id, a.name, a.owner, s.decision FROM account a
  JOIN account_state s ON s.bucket = a.bucket AND s.account = a.id WHERE s.decision IS NOT NULL) c`;

async function* currentAll(db: Database): AsyncGenerator<CurrentDecision[]> {
  let last: CurrentRow | undefined;
  do {
    const page: CurrentRow[] = await CURRENT.read(
      db,
      "c",
      `${CURRENT_SOURCE} WHERE (c.bucket, c.id) > ($1, $2) ORDER BY c.bucket, c.id LIMIT ${PAGE}`,
      [last?.bucket ?? -1, last?.id ?? ""],
    );
    last = page.length === PAGE ? page.at(-1) : undefined;
    if (page.length > 0) yield page.map(asCurrent);
  } while (last);
}

async function* currentOf(db: Database, ids: readonly string[]): AsyncGenerator<CurrentDecision[]> {
  const wanted = [...new Set(ids)].toSorted((a, b) => bucketOf(a) - bucketOf(b));
  for (let start = 0; start < wanted.length; start += PAGE) {
    const page = await CURRENT.read(
      db,
      "c",
      `${CURRENT_SOURCE} JOIN unnest($1::int2[], $2::text[]) AS k (bucket, id) ON c.bucket = k.bucket AND c.id = k.id
       ORDER BY c.bucket, c.id`,
      accountKeys(wanted.slice(start, start + PAGE)),
    );
    if (page.length > 0) yield page.map(asCurrent);
  }
}

function asCurrent({ id, name, owner, decision }: CurrentRow): CurrentDecision {
  return { id, name, owner, decision };
}

interface Move {
  readonly before: DecisionRecord;
  readonly after: DecisionRecord;
  readonly name: string | null;
}

const MOVE = new RecordShape<Move>({
  before: ["before", "json"],
  after: ["after", "json"],
  name: ["name", "text"],
});

/** A DecisionRecord as JSON. */
const record = (
  alias: string,
): string => `json_build_object('day', ${alias}.day - date '1970-01-01',
  'at', (extract(epoch FROM ${alias}.at) * 1000)::int8, 'cause', ${alias}.cause,
  'modelVersion', ${alias}.model_version, 'decision', ${alias}.decision, 'state', ${alias}.state)`;

// Which moved is found by the small columns; whole decisions are read of those alone.
const MOVES = `
  WITH ordered AS (
    SELECT bucket, account, seq, day, level, stage,
      lag(seq) OVER w AS before_seq, lag(level) OVER w AS before_level, lag(stage) OVER w AS before_stage
    FROM decision WHERE bucket >= $1 AND bucket < $2
    WINDOW w AS (PARTITION BY bucket, account ORDER BY day, seq)
  )
  SELECT ${record("b")} AS before, ${record("d")} AS after, a.name, o.bucket, o.account, o.day, o.seq
  FROM ordered o
  JOIN decision b ON b.bucket = o.bucket AND b.account = o.account AND b.seq = o.before_seq
  JOIN decision d ON d.bucket = o.bucket AND d.account = o.account AND d.seq = o.seq
  JOIN account a ON a.bucket = o.bucket AND a.id = o.account
  WHERE o.day >= $3
    AND (o.level IS DISTINCT FROM o.before_level OR o.stage IS DISTINCT FROM o.before_stage)`;

const IN_ORDER = `FROM (${MOVES}) m ORDER BY m.bucket, m.account, m.day, m.seq`;

async function* movesSince(db: Database, since: Day): AsyncGenerator<Move[]> {
  for (let bucket = 0; bucket < BUCKETS; bucket += BUCKETS_AT_ONCE) {
    const page = await MOVE.read(db, "m", IN_ORDER, [
      bucket,
      bucket + BUCKETS_AT_ONCE,
      formatDay(since),
    ]);
    if (page.length > 0) yield page;
  }
}

// As above; of those that left a stage only the day on which they had come to it is read.
const STAGE_MOVES = `
  WITH ordered AS (
    SELECT bucket, account, seq, day, stage, lag(seq) OVER w AS before_seq,
      lag(stage) OVER w AS before_stage
    FROM decision WINDOW w AS (PARTITION BY bucket, account ORDER BY day, seq)
  )
  SELECT o.before_stage AS "from", o.stage AS "to",
    o.day - (b.decision -> 'stage' ->> 'since')::date AS days, count(*)::int4 AS accounts
  FROM ordered o
  JOIN account a ON a.bucket = o.bucket AND a.id = o.account
  LEFT JOIN decision b ON b.bucket = o.bucket AND b.account = o.account AND b.seq = o.before_seq
    AND o.before_stage IS NOT NULL
  WHERE o.day >= $1::date AND o.stage IS NOT NULL
    AND CASE WHEN o.before_seq IS NULL THEN a.created_at >= $1::date
      ELSE o.stage IS DISTINCT FROM o.before_stage END
  GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;

function stageMovesSince(db: Database, since: Day): Promise<StageMove[]> {
  return db.q<StageMove & Record<string, unknown>>(STAGE_MOVES, [formatDay(since)]);
}
