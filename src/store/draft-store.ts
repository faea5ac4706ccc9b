import type { DraftFiles, DraftStore, StoredDraft } from "../engine/ports.ts";
import { addAudit } from "./audit-store.ts";
import type { Database, Session } from "./db/database.ts";
import { json } from "./db/send-value.ts";

export function draftStore(db: Database): DraftStore {
  return {
    get: async (owner) => {
      const [found] = await db.q<StoredDraft & Record<string, unknown>>(
        `SELECT rev, base, source, messages, scenarios, made_at AS "madeAt",
           changed_at AS "changedAt" FROM model_draft WHERE owner = $1`,
        [owner],
      );
      return found ?? null;
    },
    save: async (owner, draft, basedOn, now) => {
      const [saved] = await db.q<{ rev: number }>(basedOn === null ? ADD : CHANGE, [
        owner,
        draft.base,
        draft.source,
        json(draft.messages),
        json(draft.scenarios),
        new Date(now),
        ...(basedOn === null ? [] : [basedOn]),
      ]);
      return saved?.rev ?? null;
    },
    remove: async (owner) => {
      const removed = await db.q("DELETE FROM model_draft WHERE owner = $1 RETURNING owner", [
        owner,
      ]);
      return removed.length > 0;
    },
    scenarios: () => readScenarios(db),
    writeScenarios: (files, audit, now) =>
      db.tx(async (tx) => {
        if (isAlike(await readScenarios(tx), files)) return false;
        const names = Object.keys(files);
        await tx.q("DELETE FROM model_scenario WHERE NOT (name = ANY($1::text[]))", [names]);
        await tx.q(
          `INSERT INTO model_scenario (name, text, changed_at)
           SELECT f.name, f.text, $3 FROM unnest($1::text[], $2::text[]) AS f (name, text)
           ON CONFLICT (name) DO UPDATE SET text = excluded.text, changed_at = excluded.changed_at`,
          [names, names.map((name) => files[name] ?? ""), new Date(now)],
        );
        await addAudit(tx, audit, now);
        return true;
      }),
  };
}

const ADD = `INSERT INTO model_draft (owner, rev, base, source, messages, scenarios, made_at, changed_at)
  VALUES ($1, 1, $2, $3, $4, $5, $6, $6) ON CONFLICT (owner) DO NOTHING RETURNING rev`;
const CHANGE = `UPDATE model_draft SET rev = rev + 1, base = $2, source = $3, messages = $4,
  scenarios = $5, changed_at = $6 WHERE owner = $1 AND rev = $7 RETURNING rev`;

async function readScenarios(session: Session): Promise<DraftFiles["scenarios"]> {
  const found = await session.q<{ name: string; text: string }>(
    "SELECT name, text FROM model_scenario ORDER BY name",
  );
  return Object.fromEntries(found.map(({ name, text }) => [name, text]));
}

function isAlike(a: DraftFiles["scenarios"], b: DraftFiles["scenarios"]): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
