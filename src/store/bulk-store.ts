import type { BulkRun, BulkStore } from "../engine/ports.ts";
import type { Database } from "./db/database.ts";
import { RecordShape } from "./db/record-shape.ts";
import { json } from "./db/send-value.ts";

type Listed = Omit<BulkRun, "accounts"> & { readonly total: number };

const LISTED = new RecordShape<Listed>({
  id: ["id", "text"],
  madeAt: ["made_at", "instant"],
  by: ["done_by", "text"],
  onlyOwner: ["only_owner", "text"],
  action: ["action", "json"],
  reason: ["reason", "text"],
  total: ["total", "int4"],
  done: ["done", "int4"],
  changed: ["changed", "int4"],
  failed: ["failed", "json"],
  finishedAt: ["finished_at", "instant"],
});
const RUN = LISTED.with(
  new RecordShape<Pick<BulkRun, "accounts">>({ accounts: ["accounts", "json"] }),
);

export function bulkStore(db: Database): BulkStore {
  const read = async (where: string, params: readonly string[]): Promise<BulkRun | null> => {
    const [found] = await RUN.read(db, "b", `FROM bulk_run b WHERE ${where}`, params);
    if (!found) return null;
    const { total, ...run } = found;
    return total === run.accounts.length ? run : null;
  };
  return {
    add: async (run) => {
      await db.q(
        `INSERT INTO bulk_run (${RUN.names()}) SELECT ${RUN.names("n.")} FROM ${RUN.table("$1", "n")}`,
        [RUN.encode([{ ...run, total: run.accounts.length }])],
      );
    },
    get: (id) => read("b.id = $1", [id]),
    list: (limit) =>
      LISTED.read(db, "b", "FROM (SELECT * FROM bulk_run ORDER BY made_at DESC, id LIMIT $1) b", [
        limit,
      ]),
    claim: async (now, heldUntil) => {
      const [claimed] = await db.q<{ id: string }>(
        `UPDATE bulk_run SET held_until = $2 WHERE id = (
           SELECT id FROM bulk_run WHERE finished_at IS NULL AND (held_until IS NULL OR held_until <= $1)
           ORDER BY made_at, id LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id`,
        [new Date(now), new Date(heldUntil)],
      );
      return claimed ? read("b.id = $1", [claimed.id]) : null;
    },
    progress: async (id, { done, changed, failed, finishedAt }, heldUntil) => {
      await db.q(
        `UPDATE bulk_run SET done = $2, changed = $3, failed = $4, finished_at = $5, held_until = $6
         WHERE id = $1`,
        [
          id,
          done,
          changed,
          json(failed),
          finishedAt === null ? null : new Date(finishedAt),
          heldUntil === null ? null : new Date(heldUntil),
        ],
      );
    },
  };
}
