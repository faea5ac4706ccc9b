import type { SavedView, ViewStore } from "../engine/ports.ts";
import type { Database } from "./db/database.ts";
import { RecordShape } from "./db/record-shape.ts";

const VIEW = new RecordShape<SavedView>({
  id: ["id", "text"],
  owner: ["owner", "text"],
  name: ["name", "text"],
  shared: ["shared", "bool"],
  content: ["content", "json"],
  changedAt: ["changed_at", "instant"],
});

export function viewStore(db: Database): ViewStore {
  return {
    list: (owner) =>
      VIEW.read(
        db,
        "v",
        `FROM saved_view v WHERE v.owner = $1 OR v.shared ORDER BY lower(v.name), v.id`,
        [owner],
      ),
    get: async (id) =>
      (await VIEW.read(db, "v", "FROM saved_view v WHERE v.id = $1", [id]))[0] ?? null,
    put: async (view) => {
      await db.q(
        `INSERT INTO saved_view (${VIEW.names()}) SELECT ${VIEW.names("n.")} FROM ${VIEW.table("$1", "n")}
         ON CONFLICT (id) DO UPDATE SET ${VIEW.updates("id")}`,
        [VIEW.encode([view])],
      );
    },
    remove: async (id) =>
      (await db.q("DELETE FROM saved_view WHERE id = $1 RETURNING id", [id])).length > 0,
  };
}
