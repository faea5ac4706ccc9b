import type { ModelStore, ModelVersion, StoredModel } from "../engine/ports.ts";
import { lockBook } from "./lock-rows.ts";
import { addAudit } from "./audit-store.ts";
import { addLiveChange, lockModels, modelHead } from "./changes/live-changes.ts";
import type { Database, Session } from "./db/database.ts";
import { json } from "./db/send-value.ts";

const VERSION = `version, name, hash, applied_at AS "appliedAt", applied_by AS "by", reason, parent, existing`;
const WHOLE = `${VERSION}, source, messages`;

export function modelStore(db: Database): ModelStore {
  return {
    async live() {
      const [found] = await db.q<StoredModel>(
        `SELECT ${WHOLE} FROM model_version
         WHERE version = (SELECT c.version FROM model_change c ORDER BY c.seq DESC LIMIT 1)`,
      );
      return found ?? null;
    },
    async liveVersion() {
      return (await modelHead(db)).live;
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
        await lockModels(tx);
        const { next, live } = await modelHead(tx);
        const whole = { ...model, version: next, parent: live, existing: model.existing ?? "all" };
        await addVersion(tx, whole);
        // every account is to be decided by it, also should the process die right after this
        await lockBook(tx);
        await tx.exec("UPDATE account SET news = news + 1");
        const { by, reason, appliedAt, existing } = whole;
        await addLiveChange(tx, {
          at: appliedAt,
          kind: "apply",
          version: next,
          before: live,
          by,
          reason,
          existing,
          details: {},
        });
        return next;
      }),
  };
}

/** A version with its entry in the audit log. */
export async function addVersion(tx: Session, model: StoredModel): Promise<void> {
  const { version, name, hash, source, messages, appliedAt, by, reason, parent, existing } = model;
  await tx.q(
    `INSERT INTO model_version (version, name, hash, source, messages, applied_at, applied_by, reason, parent, existing)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      version,
      name,
      hash,
      source,
      json(messages),
      new Date(appliedAt),
      by,
      reason,
      parent,
      existing,
    ],
  );
  const details = { version, name, hash, ...(existing === "all" ? {} : { existing }) };
  await addAudit(tx, { by, what: "model applied", account: null, reason, details }, appliedAt);
}
