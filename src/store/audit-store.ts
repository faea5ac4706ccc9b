import type { Json } from "../core/facts/types.ts";
import type { Instant } from "../core/time/day.ts";
import type { AuditEntry, AuditStore } from "../engine/ports.ts";
import { bucketOf } from "./bucket.ts";
import type { Database, Param, Session } from "./db/database.ts";
import { json } from "./db/send-value.ts";

export function auditStore(db: Database): AuditStore {
  return {
    add: (entry, moment) => db.tx((tx) => addAudit(tx, entry, moment.now)),
    async list({ account, limit }) {
      const params: Param[] = [limit];
      const where = account === undefined ? "" : "WHERE bucket = $2 AND account = $3";
      if (account !== undefined) params.push(bucketOf(account), account);
      return db.q<{
        at: Instant;
        by: string;
        what: string;
        account: string;
        reason: string;
        details: Json;
      }>(
        `SELECT at, done_by AS by, what, account, reason, details FROM audit ${where}
         ORDER BY at DESC, id DESC LIMIT $1`,
        params,
      );
    },
  };
}

/** Many at once. */
export async function addAudits(
  tx: Session,
  entries: readonly AuditEntry[],
  at: Instant,
): Promise<void> {
  const rows = entries.map(({ by, account, ...rest }) => ({
    ...rest,
    bucket: bucketOf(account ?? ""),
    account,
    done_by: by,
  }));
  await tx.q(
    `INSERT INTO audit (bucket, at, done_by, what, account, reason, details)
     SELECT n.bucket, $2, n.done_by, n.what, n.account, n.reason, n.details
     FROM json_to_recordset($1::json)
       AS n (bucket int2, done_by text, what text, account text, reason text, details json)`,
    [json(rows), new Date(at)],
  );
}

/** What concerns no account stands in the bucket of the empty id. */
export async function addAudit(tx: Session, entry: AuditEntry, at: Instant): Promise<void> {
  const { by, what, account, reason, details } = entry;
  await tx.q(
    "INSERT INTO audit (bucket, at, done_by, what, account, reason, details) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    [bucketOf(account ?? ""), new Date(at), by, what, account, reason, json(details)],
  );
}
