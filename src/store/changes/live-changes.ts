import type { LiveChange, ModelHead } from "../../engine/ports.ts";
import type { Session } from "../db/database.ts";
import { json } from "../db/send-value.ts";

/**
 * Whoever makes a model live is alone: two that do get in line, and nobody stores decisions
 * meanwhile (`mayStoreDecisions`). Reading goes on.
 */
export async function lockModels(tx: Session): Promise<void> {
  await tx.exec("LOCK TABLE model_version IN EXCLUSIVE MODE");
}

export async function modelHead(session: Session): Promise<ModelHead> {
  const [found] = await session.q<{ seq: number | null; live: number | null; next: number }>(
    `SELECT c.seq, c.version AS live, (SELECT coalesce(max(v.version), 0) + 1 FROM model_version v) AS next
     FROM (SELECT 1) one LEFT JOIN (SELECT seq, version FROM model_change ORDER BY seq DESC LIMIT 1) c ON true`,
  );
  return { seq: found?.seq ?? 0, live: found?.live ?? null, next: found?.next ?? 1 };
}

/** The version by which decisions may be stored in this transaction; null: any, as no model is live. */
export async function storableVersion(
  tx: Session,
  now: number,
): Promise<{ readonly live: number | null; readonly isHeld: boolean }> {
  // a share in the lock of whoever makes a model live: it waits for this one, or this one for it
  await tx.exec("LOCK TABLE model_version IN ROW SHARE MODE");
  const [found] = await tx.q<{ live: number | null; held: boolean }>(
    `SELECT (SELECT version FROM model_change ORDER BY seq DESC LIMIT 1) AS live,
       EXISTS (SELECT 1 FROM model_staging WHERE held_until > $1) AS held`,
    [new Date(now)],
  );
  return { live: found?.live ?? null, isHeld: found?.held === true };
}

export function listLiveChanges(session: Session): Promise<LiveChange[]> {
  return session.q<LiveChange>(
    `SELECT seq, at, kind, version, before, done_by AS "by", reason, existing, details
     FROM model_change ORDER BY seq DESC`,
  );
}

/** From now on this version is live. Marks how far events, decisions and the audit log had come. */
export async function addLiveChange(tx: Session, change: Omit<LiveChange, "seq">): Promise<void> {
  const { at, kind, version, before, by, reason, existing, details } = change;
  await tx.q(
    `INSERT INTO model_change (at, kind, version, before, done_by, reason, existing, details, event_mark, decision_mark, audit_mark)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8,
       nextval(pg_get_serial_sequence('event', 'seq')), nextval(pg_get_serial_sequence('decision', 'seq')),
       nextval(pg_get_serial_sequence('audit', 'id')))`,
    [new Date(at), kind, version, before, by, reason, existing, json(details)],
  );
}

/** As the migration does: in a backup of an older schema each version followed the one before it. */
export async function recordOlderVersions(tx: Session): Promise<void> {
  await tx.exec(`UPDATE model_version SET parent = version - 1 WHERE version > 1;
    INSERT INTO model_change (at, kind, version, before, done_by, reason, existing, details)
      SELECT applied_at, 'apply', version, parent, applied_by, reason, existing, '{}' FROM model_version ORDER BY version`);
}

export interface Marks {
  readonly event: number;
  readonly decision: number;
  readonly audit: number;
}

/** What was there before a version went live has lower numbers. */
export async function marksOf(session: Session, version: number): Promise<Marks | null> {
  const [found] = await session.q<Marks>(
    `SELECT event_mark AS event, decision_mark AS decision, audit_mark AS audit FROM model_change
     WHERE version = $1 AND kind = 'apply' ORDER BY seq DESC LIMIT 1`,
    [version],
  );
  return found ?? null;
}
