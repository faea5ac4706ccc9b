import type { ImportRun, ImportRunStore, WholeImportRun } from "../engine/ports.ts";
import type { Database, Session } from "./db/database.ts";
import { RecordShape } from "./db/record-shape.ts";
import { json } from "./db/send-value.ts";

const RUN = new RecordShape<ImportRun>({
  id: ["id", "text"],
  startedAt: ["started_at", "instant"],
  seenAt: ["seen_at", "instant"],
  endedAt: ["ended_at", "instant"],
  status: ["status", "text"],
  source: ["source", "text"],
  kind: ["kind", "text"],
  file: ["file", "text"],
  by: ["done_by", "text"],
  counts: ["counts", "json"],
  rejected: ["rejected", "int8"],
  badLines: ["bad_lines", "int8"],
  warnings: ["warnings", "json"],
  error: ["error", "text"],
});
const WHOLE = RUN.with(
  new RecordShape<Pick<WholeImportRun, "rejects" | "definition">>({
    rejects: ["rejects", "json"],
    definition: ["definition", "text"],
  }),
);

export function importRunStore(db: Database): ImportRunStore {
  return {
    async save(run) {
      await db.q(
        `INSERT INTO import_run (${WHOLE.names()}) SELECT ${WHOLE.names("n.")} FROM ${WHOLE.table("$1", "n")}
         ON CONFLICT (id) DO UPDATE SET ${WHOLE.updates("id")}`,
        [WHOLE.encode([run])],
      );
    },
    async progress({ id, seenAt, counts, rejected }) {
      await db.q(
        "UPDATE import_run SET seen_at = $2, counts = $3, rejected = $4 WHERE id = $1 AND status = 'running'",
        [id, new Date(seenAt), json(counts), rejected],
      );
    },
    list: (limit, after) =>
      RUN.read(
        db,
        "r",
        `FROM import_run r ${after ? "WHERE (date_trunc('milliseconds', r.started_at), r.id) < ($1::timestamptz, $2::text)" : ""}
         ORDER BY date_trunc('milliseconds', r.started_at) DESC, r.id DESC LIMIT ${Math.trunc(limit)}`,
        after ? [new Date(after.startedAt), after.id] : [],
      ),
    async one(id) {
      const [found] = await WHOLE.read(db, "r", "FROM import_run r WHERE r.id = $1", [id]);
      return found ?? null;
    },
    async tidy(before) {
      await db.q(
        "UPDATE import_run SET rejects = '[]' WHERE started_at < $1 AND rejects::text <> '[]'",
        [new Date(before)],
      );
    },
  };
}

/** Rows that stayed out may name somebody who is to be forgotten: those of such an import go whole. */
export async function forgetRejects(tx: Session, names: readonly string[]): Promise<number> {
  const gone = await tx.q(
    `UPDATE import_run SET rejects = '[]'
     WHERE rejects::text <> '[]' AND EXISTS (SELECT 1 FROM unnest($1::text[]) AS n (name)
       WHERE strpos(lower(rejects::text), lower(to_json(n.name)::text)) > 0) RETURNING id`,
    [names],
  );
  return gone.length;
}
