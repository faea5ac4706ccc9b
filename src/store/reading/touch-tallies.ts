import { type Day, formatDay } from "../../core/time/day.ts";
import type { TalliedAfter, TalliedTouch, TallyFilter, TouchTally } from "../../engine/ports.ts";
import type { Database } from "../db/database.ts";
import { RecordShape } from "../db/record-shape.ts";
import { Conditions } from "./conditions.ts";

const TALLY = new RecordShape<TouchTally>({
  week: ["week", "day"],
  level: ["level", "text"],
  human: ["human", "bool"],
  status: ["status", "text"],
  touches: ["touches", "int8"],
  minutes: ["minutes", "number"],
});

/** The level that the newest stored decision gives an account: closed ones keep their last. */
const levelOf = (account: string): string => `(SELECT d.level FROM decision d
  WHERE d.bucket = ${account}.bucket AND d.account = ${account}.account ORDER BY d.day DESC, d.seq DESC LIMIT 1)`;

/** Counted by account first, so that each one's level is looked up once. */
export function touchTallies(db: Database, from: Day, to: Day): Promise<TouchTally[]> {
  return TALLY.read(
    db,
    "c",
    `FROM (SELECT k.week, l.level, k.human, k.status, sum(k.touches)::int8 AS touches,
         sum(k.minutes) AS minutes
       FROM (SELECT bucket, account, due - (extract(isodow FROM due)::int4 - 1) AS week, human, status,
           count(*) AS touches, sum(minutes) AS minutes
         FROM touch WHERE due BETWEEN $1::date AND $2::date
         GROUP BY bucket, account, week, human, status) k
       JOIN (SELECT n.bucket, n.account, ${levelOf("n")} AS level
         FROM (SELECT DISTINCT bucket, account FROM touch WHERE due BETWEEN $1::date AND $2::date) n) l
         ON l.bucket = k.bucket AND l.account = k.account
       GROUP BY k.week, l.level, k.human, k.status) c
     ORDER BY c.week, c.level, c.human, c.status`,
    [formatDay(from), formatDay(to)],
  );
}

const TOUCH = new RecordShape<TalliedTouch>({
  due: ["due", "day"],
  account: ["account", "text"],
  key: ["key", "text"],
  id: ["id", "text"],
  accountName: ["account_name", "text"],
  title: ["title", "text"],
  channel: ["channel", "text"],
  human: ["human", "bool"],
  owner: ["owner", "text"],
  status: ["status", "text"],
  result: ["result", "text"],
  reason: ["reason", "text"],
  minutes: ["minutes", "number"],
  level: ["level", "text"],
});

export function talliedTouches(
  db: Database,
  { from, to, human, level, statuses }: TallyFilter,
  after: TalliedAfter | null,
  limit: number,
): Promise<TalliedTouch[]> {
  const where = new Conditions();
  where.also(
    `t.due BETWEEN ${where.param(formatDay(from))}::date AND ${where.param(formatDay(to))}::date`,
  );
  where.add(human, (param) => `t.human = ${param}`);
  where.add(statuses && [...statuses], (param) => `t.status = ANY (${param}::text[])`);
  if (level !== undefined) where.also(`t.level IS NOT DISTINCT FROM ${where.param(level)}`);
  if (after) {
    const key = [formatDay(after.due), after.account, after.key].map((one) => where.param(one));
    where.also(
      `(t.due, t.account, t.key) > (${key[0] ?? ""}::date, ${key[1] ?? ""}, ${key[2] ?? ""})`,
    );
  }
  return TOUCH.read(
    db,
    "t",
    `FROM (SELECT t.*, a.name AS account_name, ${levelOf("t")} AS level FROM touch t
         JOIN account a ON a.bucket = t.bucket AND a.id = t.account) t
       WHERE ${where.sql} ORDER BY t.due, t.account, t.key LIMIT ${where.param(limit)}`,
    where.params,
  );
}
