import type { Json } from "../core/facts/types.ts";
import type { SettingStore } from "../engine/ports.ts";
import type { Database } from "./db/database.ts";
import { json } from "./db/send-value.ts";

export function settingStore(db: Database): SettingStore {
  return {
    async get(key) {
      const [found] = await db.q<{ value: Json }>("SELECT value FROM setting WHERE key = $1", [
        key,
      ]);
      return found?.value ?? null;
    },
    async set(key, value) {
      await db.q(
        `INSERT INTO setting (key, value) VALUES ($1, $2)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
        [key, json(value)],
      );
    },
    async keep(key, value) {
      const [kept] = await db.q<{ value: Json }>(
        `WITH added AS (INSERT INTO setting (key, value) VALUES ($1, $2)
           ON CONFLICT (key) DO NOTHING RETURNING value)
         SELECT value FROM added UNION ALL SELECT value FROM setting WHERE key = $1`,
        [key, json(value)],
      );
      if (kept) return kept.value;
      // kept by another at this very moment: it can be seen by now
      const [other] = await db.q<{ value: Json }>("SELECT value FROM setting WHERE key = $1", [
        key,
      ]);
      return other?.value ?? value;
    },
    async remove(key) {
      await db.q("DELETE FROM setting WHERE key = $1", [key]);
    },
  };
}
