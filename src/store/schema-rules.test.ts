import fs from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { TABLES } from "./archive/tables.ts";
import type { Database } from "./db/database.ts";
import { openMigratedDatabase } from "./testing/test-database.ts";

/**
 * What keeps the same SQL running on PGlite, Postgres and a cluster that spreads rows by their
 * bucket: keys led by it, and nothing that such a cluster refuses.
 */
let db: Database;
beforeAll(async () => {
  db = await openMigratedDatabase("pglite");
});
afterAll(() => db.close());

/** Few rows, the same for all accounts. */
const WORKSPACE_TABLES = [
  "access_key",
  "bulk_run",
  "event_property",
  "idempotency",
  "import_memory",
  "import_run",
  "model_change",
  "model_draft",
  "model_scenario",
  "model_staging",
  "model_version",
  "pause",
  "saved_view",
  "schema_migration",
  "session",
  "setting",
  "sign_in",
  "team_member",
  "webhook",
  "worker",
];
/** Read over all accounts at once: leading with the bucket would only make them useless. */
const BOOK_WIDE_INDEXES = [
  "account_by_parent",
  "contact_by_email",
  "contact_by_id",
  "contact_by_user",
  "held_message_by_arrival",
  "outgoing_by_id",
  "outgoing_by_message_id",
  "outgoing_by_time",
  "outgoing_by_user",
  "survey_answer_by_time",
  "touch_by_due",
  "touch_by_id",
  "touch_by_owner",
  "touch_done_by_owner",
  "user_alias_by_user",
  "webhook_message_by_time",
];

test("every table but those of the workspace has a bucket that leads its keys and indexes", async () => {
  const indexes = await db.q<{ table: string; index: string; first: string }>(`
    SELECT t.relname AS table, i.relname AS index, a.attname AS first
    FROM pg_index x JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0]
    WHERE t.relnamespace = 'public'::regnamespace`);
  const wrong = indexes.filter(
    ({ table, index, first }) =>
      first !== "bucket" && !WORKSPACE_TABLES.includes(table) && !BOOK_WIDE_INDEXES.includes(index),
  );
  expect(wrong).toEqual([]);
  expect(indexes.filter(({ first }) => first === "bucket").length).toBeGreaterThan(8);
  const tables = await db.q<{ table: string; type: string | null }>(`
    SELECT c.relname AS table, format_type(a.atttypid, NULL) AS type FROM pg_class c
    LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'bucket' AND a.attnotnull
    WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace`);
  const without = tables.filter(({ type }) => type !== "smallint").map(({ table }) => table);
  expect(without.toSorted()).toEqual(WORKSPACE_TABLES);
});

test("every foreign key is led by the bucket on both sides", async () => {
  const keys = await db.q<{ definition: string }>(
    "SELECT pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE contype = 'f'",
  );
  expect(keys.length).toBeGreaterThan(0);
  for (const { definition } of keys) {
    expect(definition).toMatch(/^FOREIGN KEY \(bucket, .*REFERENCES \w+\(bucket, /);
  }
});

test("no triggers, no small identities, no generated columns, no partitions without need", async () => {
  const triggers = await db.q("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal");
  const identities = await db.q(
    "SELECT attname FROM pg_attribute WHERE attidentity <> '' AND atttypid <> 'int8'::regtype",
  );
  const generated = await db.q(
    "SELECT attname FROM pg_attribute WHERE attgenerated NOT IN ('', 's')",
  );
  expect({ triggers, identities, generated }).toEqual({
    triggers: [],
    identities: [],
    generated: [],
  });
});

test("ids and names that are sorted have the same order on every server", async () => {
  const loose = await db.q<{ column: string }>(`
    SELECT c.relname || '.' || a.attname AS column
    FROM pg_index x JOIN pg_class c ON c.oid = x.indrelid
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = ANY ((x.indkey::int2[])[0:x.indnkeyatts - 1])
    JOIN pg_collation l ON l.oid = a.attcollation
    WHERE c.relnamespace = 'public'::regnamespace AND l.collname <> 'C'`);
  expect(loose).toEqual([]);
});

test("a backup has all tables", async () => {
  const tables = await db.q<{ name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'",
  );
  const all = tables.map(({ name }) => name).filter((name) => name !== "schema_migration");
  expect(all.toSorted()).toEqual([...TABLES].toSorted());
});

const REFUSED: readonly (readonly [what: string, pattern: RegExp])[] = [
  [
    "a time that is not a value",
    /\b(?:now|clock_timestamp|statement_timestamp|localtimestamp)\(\)|\bcurrent_(?:timestamp|date|time)\b/i,
  ],
  ["chance", /\brandom\(\)|\bgen_random_uuid\(\)/i],
  [
    "what Postgres 15 does not know",
    /\bany_value\(|\bjson_table\(|\buuidv7\(|\breturning\s+(?:old|new)\b|\bjson_array\(/i,
  ],
  [
    "what a cluster refuses",
    /\bgrouping sets\b|\brollup\s*\(|\bwith recursive\b|\btablesample\b|\bmerge into\b|\bcreate trigger\b/i,
  ],
];

test("no statement uses what only some servers have", () => {
  const folder = fileURLToPath(new URL(".", import.meta.url));
  const files = fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter(
      (file) =>
        /\.(?:ts|sql)$/.test(file) && !file.endsWith(".test.ts") && !file.startsWith("testing/"),
    );
  expect(files.length).toBeGreaterThan(20);
  const found = files.flatMap((file) => {
    const statements = sqlIn(fs.readFileSync(folder + file, "utf8"), file);
    return REFUSED.filter(([, pattern]) => statements.some((sql) => pattern.test(sql))).map(
      ([what]) => `${file}: ${what}`,
    );
  });
  expect(found).toEqual([]);
  expect(
    sqlIn("const a = `UPDATE t SET x = now()`;", "x.ts").some((sql) => REFUSED[0]![1].test(sql)),
  ).toBe(true);
});

/** The texts of a source file that hold statements; comments and code are none. */
function sqlIn(source: string, file: string): string[] {
  if (file.endsWith(".sql")) return [source.replace(/--.*$/gm, "")];
  const texts = source.match(/`(?:\\.|[^`\\])*`|"(?:\\.|[^"\\\n])*"/gs) ?? [];
  return texts.filter((text) => /\b(?:SELECT|INSERT|UPDATE|DELETE|CREATE|FROM|WHERE)\b/.test(text));
}

test("no index asks for an account's news: they rise with every event, and would be written to all indexes", async () => {
  const asked = await db.q<{ column: string }>(`
    SELECT DISTINCT a.attname AS column FROM pg_depend d
    JOIN pg_index i ON i.indexrelid = d.objid AND i.indrelid = d.refobjid
    JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
    WHERE d.classid = 'pg_class'::regclass AND d.refobjid = 'account'::regclass ORDER BY 1`);
  const columns = asked.map(({ column }) => column);
  expect(columns).toContain("waiting");
  expect(columns).not.toContain("news");
});
