import type { Pause, PauseStore } from "../engine/ports.ts";
import { addAudit } from "./audit-store.ts";
import type { Database, Session } from "./db/database.ts";

export function pauseStore(db: Database): PauseStore {
  return {
    list: () => readPauses(db),
    add: (pause, audit) =>
      db.tx(async (tx) => {
        const { scope, name, since, by, reason } = pause;
        const added = await tx.q(
          `INSERT INTO pause (scope, name, since, by, reason) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (scope, name) DO NOTHING RETURNING scope`,
          [scope, name, new Date(since), by, reason],
        );
        if (added.length > 0) await addAudit(tx, audit, since);
        return added.length > 0;
      }),
    remove: ({ scope, name }, audit, now) =>
      db.tx(async (tx) => {
        const removed = await tx.q(
          "DELETE FROM pause WHERE scope = $1 AND name = $2 RETURNING scope",
          [scope, name],
        );
        if (removed.length > 0) await addAudit(tx, audit, now);
        return removed.length > 0;
      }),
  };
}

export function readPauses(session: Session): Promise<Pause[]> {
  return session.q<Pause & Record<string, unknown>>(
    "SELECT scope, name, since, by, reason FROM pause ORDER BY scope, name",
  );
}
