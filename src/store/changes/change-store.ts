import type { ChangeStore } from "../../engine/ports.ts";
import type { Database } from "../db/database.ts";
import { accountsSince, hasImages } from "./accounts-since.ts";
import { listLiveChanges, modelHead } from "./live-changes.ts";
import { makeChange } from "./make-change.ts";
import { beginStaging, forgetStaged, stageAccounts } from "./staging.ts";

export function changeStore(db: Database): ChangeStore {
  return {
    head: () => modelHead(db),
    list: () => listLiveChanges(db),
    begin: (now) => db.tx((tx) => beginStaging(tx, now)),
    stage: (staging, batch) => db.tx((tx) => stageAccounts(tx, staging, batch)),
    async hold(staging, until) {
      await db.q("UPDATE model_staging SET held_until = $2 WHERE id = $1", [
        staging,
        new Date(until),
      ]);
    },
    async make(staging, change, moment) {
      const made = await db.tx((tx) => makeChange(tx, staging, change, moment));
      // nobody waits for it: should this process die before, `tidy` does it
      if (made.kind === "made") await forgetStaged(db, staging);
      return made;
    },
    drop: (staging) =>
      db.tx(async (tx) => {
        await tx.q("DELETE FROM model_staging WHERE id = $1", [staging]);
        await forgetStaged(tx, staging);
      }),
    tidy: (before) =>
      db.tx(async (tx) => {
        await tx.q("DELETE FROM model_staging WHERE started_at < $1", [new Date(before)]);
        await tx.exec(
          "DELETE FROM staged_account s WHERE NOT EXISTS (SELECT 1 FROM model_staging m WHERE m.id = s.staging)",
        );
      }),
    since: (version, ids) => db.tx((tx) => accountsSince(tx, version, ids), { snapshot: true }),
    hasImages: (version) => hasImages(db, version),
  };
}
