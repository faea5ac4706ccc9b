import type { OpenWork, Standing, WorkAfter } from "../../engine/ports.ts";
import { bucketOf } from "../bucket.ts";
import type { Database, Param } from "../db/database.ts";
import { RecordShape } from "../db/record-shape.ts";

/**
 * What capacity is reckoned from, for the whole book: the few columns of open human touches, and
 * where each account stands. Pages go along the keys, so a large book is read once, in passing.
 */
const WORK = new RecordShape<OpenWork>({
  key: ["key", "text"],
  id: ["id", "text"],
  account: ["account", "text"],
  touchpoint: ["touchpoint", "text"],
  title: ["title", "text"],
  program: ["program", "text"],
  step: ["step", "text"],
  due: ["due", "day"],
  unshifted: ["unshifted", "day"],
  startsAt: ["starts_at", "instant"],
  by: ["done_by", "text"],
  owner: ["owner", "text"],
  human: ["human", "bool"],
  must: ["must", "bool"],
  minutes: ["minutes", "number"],
  priority: ["priority", "text"],
  status: ["status", "text"],
  reason: ["reason", "text"],
});

export function workPage(
  db: Database,
  after: WorkAfter | null,
  limit: number,
): Promise<OpenWork[]> {
  const seen: Param[] = after ? [bucketOf(after.account), after.account, after.key] : [-1, "", ""];
  return WORK.read(
    db,
    "t",
    `FROM touch t WHERE (t.bucket, t.account, t.key) > ($1, $2, $3)
       AND t.human AND t.status IN ('planned', 'due', 'deferred')
     ORDER BY t.bucket, t.account, t.key LIMIT $4`,
    [...seen, limit],
  );
}

const STANDING = new RecordShape<Standing>({
  id: ["id", "text"],
  name: ["name", "text"],
  owner: ["owner", "text"],
  level: ["level", "text"],
  base: ["base", "text"],
  revenue: ["revenue", "json"],
});

/** @param revenue the fact that says what an account is worth */
export async function standingPage(
  db: Database,
  revenue: string | null,
  after: string | null,
  limit: number,
): Promise<Standing[]> {
  const found = await STANDING.read(
    db,
    "c",
    // a decision is large and is taken apart once, for all that is read of it
    `FROM (SELECT k.id, k.name, k.owner, d.level ->> 'name' AS level, d.level ->> 'base' AS base,
         d.facts -> $1::text AS revenue
       FROM (SELECT a.bucket, a.id, a.name, a.owner, s.decision
         FROM account a JOIN account_state s ON s.bucket = a.bucket AND s.account = a.id
         WHERE s.decision IS NOT NULL AND (a.bucket, a.id) > ($2, $3)
         ORDER BY a.bucket, a.id LIMIT $4) k
       CROSS JOIN LATERAL json_to_record(k.decision) AS d(level json, facts json)
       ORDER BY k.bucket, k.id) c`,
    [revenue ?? "", after === null ? -1 : bucketOf(after), after ?? "", limit],
  );
  return found.map((one) => ({
    ...one,
    revenue: typeof one.revenue === "number" ? one.revenue : null,
  }));
}
