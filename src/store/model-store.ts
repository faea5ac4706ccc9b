import type { ModelStore, ModelVersion, StoredModel } from "../engine/ports.ts";
import { addAudit } from "./audit-store.ts";
import type { Database } from "./db/database.ts";
import { json } from "./db/send-value.ts";

const VERSION = `version, name, hash, applied_at AS "appliedAt", applied_by AS "by", reason`;
const WHOLE = `${VERSION}, source, messages`;

export function modelStore(db: Database): ModelStore {
  return {
    async live() {
      const [found] = await db.q<StoredModel>(
        `SELECT ${WHOLE} FROM model_version ORDER BY version DESC LIMIT 1`,
      );
      return found ?? null;
    },
    async liveVersion() {
      const [found] = await db.q<{ version: number | null }>(
        "SELECT max(version) AS version FROM model_version",
      );
      return found?.version ?? null;
    },
    async version(version) {
      const [found] = await db.q<StoredModel>(
        `SELECT ${WHOLE} FROM model_version WHERE version = $1`,
        [version],
      );
      return found ?? null;
    },
    list: () => db.q<ModelVersion>(`SELECT ${VERSION} FROM model_version ORDER BY version DESC`),
    add: (model) =>
      db.tx(async (tx) => {
        // Two that apply at once get two numbers, one after the other.
        await tx.exec("LOCK TABLE model_version IN SHARE ROW EXCLUSIVE MODE");
        const [added] = await tx.q<{ version: number }>(
          `INSERT INTO model_version (version, name, hash, source, messages, applied_at, applied_by, reason)
           SELECT coalesce(max(version), 0) + 1, $1, $2, $3, $4, $5, $6, $7 FROM model_version RETURNING version`,
          [
            model.name,
            model.hash,
            model.source,
            json(model.messages),
            new Date(model.appliedAt),
            model.by,
            model.reason,
          ],
        );
        if (!added) throw new Error("the model version was not stored");
        // every account is to be decided by it, also should the process die right after this
        await tx.exec(
          `WITH locked AS (SELECT bucket, id FROM account ORDER BY bucket, id FOR UPDATE)
           UPDATE account a SET news = a.news + 1 FROM locked l WHERE a.bucket = l.bucket AND a.id = l.id`,
        );
        const { by, reason, name, hash } = model;
        const details = { version: added.version, name, hash };
        await addAudit(
          tx,
          { by, what: "model applied", account: null, reason, details },
          model.appliedAt,
        );
        return added.version;
      }),
  };
}
