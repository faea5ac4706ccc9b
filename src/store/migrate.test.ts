import fs from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "./db/database.ts";
import { openDatabase } from "./db/open-database.ts";
import { dumpSchema } from "./dump-schema.ts";
import { migrate, readMigrations, statementsOf } from "./migrate.ts";
import type { Migration } from "./migrate.ts";
import { ENGINES, newPostgresDatabase, openMigratedDatabase } from "./testing/test-database.ts";

const next = extra(9000, "CREATE TABLE added (a int); INSERT INTO added VALUES (1)");

function extra(version: number, sql: string): Migration {
  return { version, name: `${String(version).padStart(4, "0")}_extra`, sql, checksum: sql };
}

test("migrations are numbered from 1 without a gap", () => {
  expect(readMigrations().map(({ version }) => version)).toEqual(
    readMigrations().map((_, i) => i + 1),
  );
});

test("statement by statement, as on a cluster, they come to the same schema", async () => {
  const db = await openDatabase({ databaseUrl: await newPostgresDatabase() });
  for (const { sql } of readMigrations())
    for (const statement of statementsOf(sql)) await db.exec(statement);
  const dump = fs.readFileSync(new URL("schema.sql", import.meta.url), "utf8");
  expect(await dumpSchema(db)).toBe(dump.replace(/CREATE TABLE schema_migration \([^;]*;\n\n/, ""));
  await db.close();
});

describe.each(ENGINES)("on %s", (engine) => {
  let db: Database;
  beforeAll(async () => {
    db = await openMigratedDatabase(engine);
  });
  afterAll(() => db.close());

  test("the schema is the one in schema.sql", async () => {
    await expect(await dumpSchema(db)).toMatchFileSnapshot("./schema.sql");
  });

  test("one that fails changes nothing and is named", async () => {
    const fine = extra(9000, "CREATE TABLE added (a int)");
    const bad = extra(9001, "CREATE TABLE other (b int); SELECT no_such_column");
    await expect(migrate(db, [...readMigrations(), fine, bad])).rejects.toMatchObject({
      code: "migration-failed",
      message: expect.stringMatching(/9001_extra failed: .*no_such_column/) as string,
    });
    expect(
      await db.q("SELECT to_regclass('added') AS added, to_regclass('other') AS other"),
    ).toEqual([{ added: null, other: null }]);
  });

  test("one that was changed after it ran is found out", async () => {
    const changed = readMigrations().map((one) => ({ ...one, checksum: "another" }));
    await expect(migrate(db, changed)).rejects.toMatchObject({
      code: "migration-changed",
      message: expect.stringMatching(/0001_begin/) as string,
    });
  });

  test("migrating again does nothing, and a new migration runs once", async () => {
    await migrate(db);
    const before = await db.q("SELECT * FROM schema_migration");
    await migrate(db, [...readMigrations(), next]);
    await migrate(db, [...readMigrations(), next]);
    expect(await db.q("SELECT a FROM added")).toEqual([{ a: 1 }]);
    expect(await db.q("SELECT * FROM schema_migration WHERE version < 9000")).toEqual(before);
  });

  test("a database newer than the program is left alone", async () => {
    await migrate(db, [...readMigrations(), next]);
    await expect(migrate(db)).rejects.toMatchObject({
      code: "database-newer",
      message: expect.stringMatching(/9000_extra/) as string,
    });
  });
});

test("several that start at once on one server migrate once", async () => {
  const databaseUrl = await newPostgresDatabase();
  const all = await Promise.all([1, 2, 3, 4].map(() => openDatabase({ databaseUrl })));
  await Promise.all(all.map((db) => migrate(db)));
  const [done] = await all[0]!.q("SELECT count(*) AS n FROM schema_migration");
  for (const db of all) await db.close();
  expect(done).toEqual({ n: readMigrations().length });
});
