import type { ChangeToMake } from "../../engine/ports.ts";
import type { Session } from "../db/database.ts";

/** Those of a change that are put aside in columns: content is what others have. */
const PLAIN = "n.staging = $1 AND n.content IS NULL";

/**
 * Stores the accounts of which nothing but state and decision is another: most of a book, moved
 * over by the database itself. They are locked and as they were when they were put aside.
 */
export async function storePlain(
  tx: Session,
  staging: number,
  { kind, version }: ChangeToMake["goal"],
): Promise<void> {
  if (kind === "apply") {
    await tx.q(
      `INSERT INTO account_image (bucket, account, version, state_rev, decided_on, state, decision, touches, handled)
       SELECT a.bucket, a.id, $2, a.state_rev + 1, a.decided_on, s.state, s.decision, '[]', '[]'
       FROM staged_account n
       JOIN account a ON a.bucket = n.bucket AND a.id = n.account AND a.decided_on IS NOT NULL
       JOIN account_state s ON s.bucket = n.bucket AND s.account = n.account
       WHERE ${PLAIN}`,
      [staging, version],
    );
  }
  await tx.q(
    `UPDATE account_state s SET state = n.state, decision = n.decision, facts = n.facts
     FROM staged_account n WHERE s.bucket = n.bucket AND s.account = n.account AND ${PLAIN}`,
    [staging],
  );
  await tx.q(
    `UPDATE account a SET decided_on = n.day, decided_news = n.news, decided_model = n.model,
       state_rev = a.state_rev + 1
     FROM staged_account n WHERE a.bucket = n.bucket AND a.id = n.account AND ${PLAIN}`,
    [staging],
  );
  if (kind === "rollback") {
    await tx.q(
      `UPDATE account_image i SET state_rev = n.state_rev + 1
       FROM staged_account n
       WHERE i.bucket = n.bucket AND i.account = n.account AND i.version = $2
         AND i.state_rev = n.found_at AND ${PLAIN}`,
      [staging, version],
    );
  }
}
