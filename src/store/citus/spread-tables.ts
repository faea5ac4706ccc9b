import type { Session } from "../db/database.ts";
import { TABLES } from "../archive/tables.ts";
import type { PlainTable, SpreadTable } from "./spread-plan.ts";

/** Tables of ours, in the order of a backup. What was migrated is each database's own to know. */
export async function plainTables(session: Session): Promise<PlainTable[]> {
  const found = await session.q<PlainTable>(
    `SELECT c.relname AS name,
       EXISTS (SELECT 1 FROM pg_attribute a
         WHERE a.attrelid = c.oid AND a.attname = 'bucket' AND NOT a.attisdropped) AS "hasBucket",
       ARRAY(SELECT DISTINCT r.relname::text FROM pg_constraint k JOIN pg_class r ON r.oid = k.confrelid
         WHERE k.conrelid = c.oid AND k.contype = 'f' ORDER BY 1) AS "refersTo"
     FROM unnest($1::text[]) WITH ORDINALITY AS n (name, place)
     JOIN pg_class c ON c.relname = n.name AND c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
     ORDER BY n.place`,
    [TABLES],
  );
  return found;
}

/** Is this a database of Citus? */
export async function hasCitus(session: Session): Promise<boolean> {
  const found = await session.q("SELECT 1 FROM pg_extension WHERE extname = 'citus'");
  return found.length > 0;
}

/** Tables of ours that the cluster knows of. Only of a database that has Citus. */
export function spreadTables(session: Session): Promise<SpreadTable[]> {
  return session.q<SpreadTable>(
    `SELECT c.relname AS name, t.citus_table_type AS kind, nullif(t.distribution_column, '<none>') AS "column",
       t.colocation_id AS "group", t.shard_count AS shards
     FROM citus_tables t JOIN pg_class c ON c.oid = t.table_name
     WHERE c.relname = ANY ($1::text[]) AND c.relnamespace = 'public'::regnamespace
     ORDER BY c.relname`,
    [TABLES],
  );
}
