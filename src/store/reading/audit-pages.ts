import type { AuditAfter, AuditListFilter, ListedAudit } from "../../engine/ports.ts";
import { bucketOf } from "../bucket.ts";
import type { Database } from "../db/database.ts";
import { RecordShape } from "../db/record-shape.ts";
import { Conditions } from "./conditions.ts";

const AUDIT = new RecordShape<ListedAudit>({
  at: ["at", "instant"],
  bucket: ["bucket", "int2"],
  id: ["id", "int8"],
  by: ["done_by", "text"],
  what: ["what", "text"],
  account: ["account", "text"],
  reason: ["reason", "text"],
  details: ["details", "json"],
});

/** What people did by hand, newest first. */
export function auditPage(
  db: Database,
  { account, by, what, from, to }: AuditListFilter,
  after: AuditAfter | null,
  limit: number,
): Promise<ListedAudit[]> {
  const where = new Conditions();
  if (account !== undefined) where.add(bucketOf(account), (param) => `u.bucket = ${param}`);
  where.add(account, (param) => `u.account = ${param}`);
  where.add(by, (param) => `u.done_by = ${param}`);
  where.add(what?.toLowerCase(), (param) => `strpos(lower(u.what), ${param}) > 0`);
  where.add(from === undefined ? from : new Date(from), (param) => `u.at >= ${param}`);
  where.add(to === undefined ? to : new Date(to), (param) => `u.at < ${param}`);
  if (after) {
    const key = [new Date(after.at), after.bucket, after.id].map((part) => where.param(part));
    where.also(`(date_trunc('milliseconds', u.at), u.bucket, u.id) < (${key.join(", ")})`);
  }
  return AUDIT.read(
    db,
    "u",
    `FROM audit u WHERE ${where.sql}
     ORDER BY date_trunc('milliseconds', u.at) DESC, u.bucket DESC, u.id DESC LIMIT ${where.param(limit)}`,
    where.params,
  );
}
