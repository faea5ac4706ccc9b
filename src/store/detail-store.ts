import type { Instant } from "../core/time/day.ts";
import type { AccountTies, AccountUsage, DecidedStanding, DetailStore } from "../engine/ports.ts";
import { bucketOf } from "./bucket.ts";
import type { Database, Session } from "./db/database.ts";
import { RecordShape } from "./db/record-shape.ts";

const STANDING = new RecordShape<DecidedStanding>({
  seq: ["seq", "int8"],
  day: ["day", "day"],
  at: ["at", "instant"],
  cause: ["cause", "text"],
  modelVersion: ["model_version", "int4"],
  level: ["level", "text"],
  base: ["base", "text"],
  held: ["held", "bool"],
  pinned: ["pinned", "bool"],
  stage: ["stage", "text"],
  score: ["score", "number"],
  band: ["band", "text"],
});

/** As many as a page shows; who has more has a list of accounts to look at. */
const MOST_CHILDREN = 200;

export function detailStore(db: Database): DetailStore {
  return {
    standings: (account) =>
      STANDING.read(
        db,
        "l",
        `FROM (SELECT d.seq, d.day, d.at, d.cause, d.model_version, d.level, d.stage,
            d.decision #>> '{level,base}' AS base,
            coalesce((d.decision #>> '{level,held}')::bool, false) AS held,
            d.decision #>> '{level,pinned,reason}' IS NOT NULL AS pinned,
            (d.decision #>> '{health,score}')::float8 AS score,
            d.decision #>> '{health,band}' AS band
          FROM decision d WHERE d.bucket = $1 AND d.account = $2) l ORDER BY l.day, l.seq`,
        [bucketOf(account), account],
      ),
    usage: (account, starts, until) => usageOf(db, account, starts, until),
    ties: (account) => db.tx((tx) => tiesOf(tx, account), { snapshot: true }),
  };
}

async function usageOf(
  db: Database,
  account: string,
  starts: readonly Instant[],
  until: Instant,
): Promise<AccountUsage> {
  const [begin = until] = starts;
  const key = [bucketOf(account), account] as const;
  const params = [
    ...key,
    starts.map((at) => new Date(at).toISOString()),
    new Date(begin),
    new Date(until),
  ];
  const spans = `(SELECT e.name, e.user_id, width_bucket(e.at, $3::text[]::timestamptz[]) - 1 AS span
    FROM event e WHERE e.bucket = $1 AND e.account = $2 AND e.at >= $4 AND e.at < $5 AND NOT e.engine) s`;
  return db.tx(
    async (tx) => {
      const counts = await tx.q<{ name: string; span: number; count: number }>(
        `SELECT s.name, s.span, count(*) AS count FROM ${spans} GROUP BY s.name, s.span ORDER BY s.name, s.span`,
        params,
      );
      const users = await tx.q<{ span: number; users: number }>(
        `SELECT s.span, count(DISTINCT s.user_id) AS users FROM ${spans}
         WHERE s.user_id IS NOT NULL GROUP BY s.span ORDER BY s.span`,
        params,
      );
      const [ends] = await tx.q<{ first: Instant | null; last: Instant | null }>(
        `SELECT min(e.at) AS first, max(e.at) AS last FROM event e
         WHERE e.bucket = $1 AND e.account = $2 AND NOT e.engine`,
        key,
      );
      return { counts, users, first: ends?.first ?? null, last: ends?.last ?? null };
    },
    { snapshot: true },
  );
}

interface TieRow extends Record<string, unknown> {
  readonly parent: string | null;
  readonly parent_name: string | null;
  readonly owner_by_hand: boolean;
  readonly owner_said: string | null;
}

async function tiesOf(tx: Session, account: string): Promise<AccountTies> {
  const key = [bucketOf(account), account] as const;
  const [own] = await tx.q<TieRow>(
    `SELECT a.parent, a.owner_by_hand, a.owner_said FROM account a WHERE a.bucket = $1 AND a.id = $2`,
    key,
  );
  const parent = own?.parent ?? null;
  const [above] =
    parent === null
      ? []
      : await tx.q<{ name: string | null }>(
          "SELECT name FROM account WHERE bucket = $1 AND id = $2",
          [bucketOf(parent), parent],
        );
  const children = await tx.q<AccountTies["children"][number] & Record<string, unknown>>(
    `SELECT a.id, a.name, s.decision #>> '{level,name}' AS level
     FROM account a LEFT JOIN account_state s ON s.bucket = a.bucket AND s.account = a.id
     WHERE a.parent = $1 AND a.id <> $1 ORDER BY a.id LIMIT $2`,
    [account, MOST_CHILDREN],
  );
  const [change] = await tx.q<NonNullable<AccountTies["ownerChange"]> & Record<string, unknown>>(
    `SELECT at, done_by AS by, reason, details ->> 'from' AS "from" FROM audit
     WHERE bucket = $1 AND account = $2 AND what = 'owner changed' ORDER BY at DESC, id DESC LIMIT 1`,
    key,
  );
  return {
    parent: parent === null ? null : { id: parent, name: above?.name ?? null },
    children,
    ownerByHand: own?.owner_by_hand ?? false,
    ownerSaid: own?.owner_said ?? null,
    ownerChange: change ?? null,
  };
}
