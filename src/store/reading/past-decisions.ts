import type { PastDecision } from "../../engine/ports.ts";
import { bucketOf } from "../bucket.ts";
import type { Session } from "../db/database.ts";
import { RecordShape } from "../db/record-shape.ts";
import { Conditions } from "./conditions.ts";

const PAST = new RecordShape<PastDecision>({
  seq: ["seq", "int8"],
  day: ["day", "day"],
  at: ["at", "instant"],
  cause: ["cause", "text"],
  modelVersion: ["model_version", "int4"],
  decision: ["decision", "json"],
  before: ["before", "json"],
});

/** Stored decisions of an account, newest first, each with the one before it. */
export function decisionPage(
  db: Session,
  account: string,
  after: number | null,
  limit: number,
): Promise<PastDecision[]> {
  const where = new Conditions();
  where.add(after ?? undefined, (param) => `d.seq < ${param}`);
  return decisionsWhere(db, account, where, (d) => `${d}.seq DESC`, limit);
}

/** Which are wanted is found by the small columns; whole decisions are read of those alone. */
export function decisionsWhere(
  db: Session,
  account: string,
  where: Conditions,
  order: (alias: string) => string,
  limit: number,
): Promise<PastDecision[]> {
  const bucket = where.param(bucketOf(account));
  const id = where.param(account);
  return PAST.read(
    db,
    "l",
    `FROM (SELECT d.seq, d.day, d.at, w.cause, w.model_version, w.decision, b.decision AS before
      FROM (SELECT * FROM (
          SELECT bucket, account, seq, day, at, cause, level, stage, lag(seq) OVER o AS before_seq,
            lag(level) OVER o AS before_level, lag(stage) OVER o AS before_stage
          FROM decision WHERE bucket = ${bucket} AND account = ${id} WINDOW o AS (ORDER BY day, seq)
        ) d WHERE ${where.sql} ORDER BY ${order("d")} LIMIT ${where.param(limit)}) d
      JOIN decision w ON w.bucket = ${bucket} AND w.account = ${id} AND w.seq = d.seq
      LEFT JOIN decision b ON b.bucket = ${bucket} AND b.account = ${id} AND b.seq = d.before_seq) l
     ORDER BY ${order("l")}`,
    where.params,
  );
}
