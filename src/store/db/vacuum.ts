import { quoteName } from "./copy-sql.ts";
import type { Session } from "./database.ts";

/**
 * PGlite has no autovacuum (there is only one process), so tables would grow without end and
 * be planned by outdated statistics. This is autovacuum's own rule, run by our own timer.
 */
export async function vacuumWhatChanged(session: Session): Promise<void> {
  // Counts of changes otherwise show up only after a second.
  await session.q("SELECT pg_stat_force_next_flush()");
  const tables = await session.q<{ name: string; dead: boolean }>(`
    SELECT s.relname AS name, s.n_dead_tup > 50 + 0.2 * greatest(c.reltuples, 0) AS dead
    FROM pg_stat_user_tables s JOIN pg_class c ON c.oid = s.relid
    WHERE s.schemaname = 'public'
      AND (s.n_dead_tup > 50 + 0.2 * greatest(c.reltuples, 0)
        OR s.n_mod_since_analyze > 50 + 0.1 * greatest(c.reltuples, 0))`);
  for (const { name, dead } of tables) {
    await session.exec(`${dead ? "VACUUM (ANALYZE)" : "ANALYZE"} ${quoteName(name)}`);
  }
}
