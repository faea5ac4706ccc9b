import type { OpenWork, WorkAfter } from "../../engine/ports.ts";
import { bucketOf } from "../bucket.ts";
import type { Database, Param } from "../db/database.ts";
import { RecordShape } from "../db/record-shape.ts";

/**
 * What capacity is reckoned from, for the whole book: the few columns of open human touches. Pages
 * go along the keys, so a large book is read once, in passing.
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
