import { type Day, formatDay } from "../../core/time/day.ts";
import type { AccountMove, MovedAccount, StandingKind, StandingMove } from "../../engine/ports.ts";
import { bucketOf } from "../bucket.ts";
import type { Database } from "../db/database.ts";
import { RecordShape } from "../db/record-shape.ts";

/**
 * Where accounts stood at the end of days, told from the small columns of decisions alone: their
 * index holds all that is asked. What was decided of an account after the day it closed on, because
 * that became known late, does not count.
 */
const COLUMNS: Readonly<Record<StandingKind, string>> = {
  level: "level",
  stage: "stage",
  band: "band",
};
const LAST_OF_DAY = "9223372036854775807";

/**
 * `m`: per account and period the place it stood in at its end, and that of the period before in
 * which something was stored. $1: the days after which periods begin; $2: the last day.
 */
function standings(of: StandingKind): string {
  return `WITH d AS (
      SELECT d.bucket, d.account, d.day, d.seq, coalesce(d.${COLUMNS[of]}, '') AS place
      FROM decision d JOIN account a ON a.bucket = d.bucket AND a.id = d.account
      WHERE d.day <= $2::date AND (a.closed_at IS NULL OR d.day < a.closed_at)
      UNION ALL
      SELECT bucket, id, closed_at, ${LAST_OF_DAY}, NULL FROM account WHERE closed_at <= $2::date
    ), e AS (
      SELECT bucket, account, place, period,
        lead(period) OVER (PARTITION BY bucket, account ORDER BY day, seq) AS next
      FROM (SELECT *, width_bucket(day - date '1970-01-01', $1::int4[]) AS period FROM d) p
    ), m AS (
      SELECT bucket, account, period, place,
        lag(place) OVER (PARTITION BY bucket, account ORDER BY period) AS before
      FROM e WHERE next IS DISTINCT FROM period
    )`;
}

const MOVE = new RecordShape<StandingMove>({
  period: ["period", "int8"],
  from: ["before", "text"],
  to: ["place", "text"],
  accounts: ["accounts", "int8"],
});

export async function standingMoves(
  db: Database,
  of: StandingKind,
  days: readonly Day[],
): Promise<StandingMove[]> {
  const last = days.at(-1);
  if (last === undefined) return [];
  return MOVE.read(
    db,
    "c",
    `FROM (${standings(of)}
       SELECT period, before, place, count(*) AS accounts FROM m
       WHERE place IS DISTINCT FROM before GROUP BY period, before, place) c
     ORDER BY c.period, c.before, c.place`,
    [days.map((day) => day + 1), formatDay(last)],
  );
}

/** Each account's first is found by the index. */
export async function firstDecided(db: Database): Promise<Day | null> {
  const [found] = await db.q<{ day: number | null }>(
    `SELECT min((SELECT d.day FROM decision d WHERE d.bucket = a.bucket AND d.account = a.id
       ORDER BY d.day LIMIT 1)) - date '1970-01-01' AS day FROM account a`,
  );
  return found?.day ?? null;
}

const MOVED = new RecordShape<MovedAccount>({
  id: ["id", "text"],
  name: ["name", "text"],
  owner: ["owner", "text"],
  closedAt: ["closed_at", "day"],
});

export function movedAccounts(
  db: Database,
  { of, fromDay, toDay, from, to }: AccountMove,
  after: string | null,
  limit: number,
): Promise<MovedAccount[]> {
  return MOVED.read(
    db,
    "c",
    `FROM (${standings(of)}, k AS (
         SELECT bucket, account,
           max(place) FILTER (WHERE period = 0) AS was,
           bool_or(period = 1) AS is_changed,
           max(place) FILTER (WHERE period = 1) AS moved_to
         FROM m WHERE (bucket, account) > ($5, $6) GROUP BY bucket, account
       )
       SELECT a.bucket, a.id, a.name, a.owner, a.closed_at FROM k
       JOIN account a ON a.bucket = k.bucket AND a.id = k.account
       WHERE ($8 OR k.was IS NOT DISTINCT FROM $3)
         AND ($9 OR CASE WHEN k.is_changed THEN k.moved_to ELSE k.was END IS NOT DISTINCT FROM $4)
       ORDER BY k.bucket, k.account LIMIT $7) c
     ORDER BY c.bucket, c.id`,
    [
      [fromDay + 1, toDay + 1],
      formatDay(toDay),
      from ?? null,
      to ?? null,
      after === null ? -1 : bucketOf(after),
      after ?? "",
      limit,
      from === undefined,
      to === undefined,
    ],
  );
}
