import { BUCKETS } from "../bucket.ts";
import { quoteName } from "../db/copy-sql.ts";
import type { Session } from "../db/database.ts";

/** A table of the archive, its rows in the order of its key. */
export interface ArchiveTable {
  readonly name: string;
  readonly key: readonly string[];
  readonly columns: readonly string[];
  /** Columns that give themselves numbers. */
  readonly identities: readonly string[];
  readonly isBucketed: boolean;
}

/** All that is kept, what others refer to first. */
export const TABLES: readonly string[] = [
  "model_version",
  "model_change",
  "model_staging",
  "model_draft",
  "model_scenario",
  "team_member",
  "setting",
  "saved_view",
  "bulk_run",
  "import_memory",
  "import_run",
  "event_property",
  "account",
  "account_trait",
  "account_outcome",
  "account_note",
  "contact",
  "contact_trait",
  "event",
  "account_state",
  "decision",
  "touch",
  "staged_account",
  "account_image",
  "audit",
  "worker",
  "bucket_lease",
  "outgoing",
  "in_app",
  "receiver",
  "receiver_use",
  "suppression",
  "appointment",
  "pause",
  "message",
  "held_message",
  "user_alias",
  "access_key",
  "sign_in",
  "session",
  "idempotency",
  "message_hit",
  "survey_answer",
  "webhook",
  "webhook_message",
];

export async function describeTables(session: Session): Promise<ArchiveTable[]> {
  const found = await session.q<Omit<ArchiveTable, "isBucketed">>(
    `SELECT c.relname AS name,
       (SELECT array_agg(a.attname ORDER BY array_position(k.conkey, a.attnum)) FROM pg_attribute a
         JOIN pg_constraint k ON k.conrelid = c.oid AND k.contype = 'p'
         WHERE a.attrelid = c.oid AND a.attnum = ANY (k.conkey)) AS key,
       (SELECT array_agg(a.attname ORDER BY a.attnum) FROM pg_attribute a
         WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
           AND a.attgenerated = '') AS columns,
       (SELECT coalesce(array_agg(a.attname), '{}') FROM pg_attribute a
         WHERE a.attrelid = c.oid AND a.attidentity <> '') AS identities
     FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY ($1::text[])`,
    [TABLES],
  );
  return found
    .map((table) => ({ ...table, isBucketed: table.key[0] === "bucket" }))
    .toSorted((a, b) => TABLES.indexOf(a.name) - TABLES.indexOf(b.name));
}

export interface PartRange {
  /** Both included; undefined: the whole table. */
  readonly buckets?: readonly [number, number] | undefined;
}

/** A piece of a table that is read and written at once. */
export interface Part extends PartRange {
  readonly rows: number;
}

const ROWS_AT_ONCE = 20_000;

/** Divides a table into pieces of a few megabytes, along its buckets. */
export async function partsOf(session: Session, table: ArchiveTable): Promise<Part[]> {
  if (!table.isBucketed) {
    const [whole] = await session.q<{ rows: number }>(
      `SELECT count(*) AS rows FROM ${quoteName(table.name)}`,
    );
    return [{ buckets: undefined, rows: whole?.rows ?? 0 }];
  }
  const sizes = await session.q<{ bucket: number; rows: number }>(
    `SELECT bucket, count(*) AS rows FROM ${quoteName(table.name)} GROUP BY bucket`,
  );
  const rowsOf = new Map(sizes.map(({ bucket, rows }) => [bucket, rows]));
  const parts: Part[] = [];
  let first = 0;
  let rows = 0;
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    rows += rowsOf.get(bucket) ?? 0;
    if (rows < ROWS_AT_ONCE && bucket < BUCKETS - 1) continue;
    if (rows > 0) parts.push({ buckets: [first, bucket], rows });
    first = bucket + 1;
    rows = 0;
  }
  return parts;
}

/** `FROM … WHERE … ORDER BY …` of a part: the same rows always come in the same order. */
export function partSource(table: ArchiveTable, { buckets }: PartRange): string {
  const where = buckets ? `WHERE bucket BETWEEN ${buckets[0]} AND ${buckets[1]}` : "";
  return `FROM ${quoteName(table.name)} ${where} ORDER BY ${table.key.map(quoteName).join(", ")}`;
}

/** Values are written the same way whatever the server's settings are. */
export async function usePlainFormats(tx: Session): Promise<void> {
  // the servers of a cluster write times into JSON, too
  if (tx.isSpread) await tx.exec("SET LOCAL citus.propagate_set_commands TO 'local'");
  await tx.exec(`SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD';
    SET LOCAL IntervalStyle = 'postgres'; SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'`);
}
