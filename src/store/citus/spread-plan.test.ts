import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Database } from "../db/database.ts";
import { openMigratedDatabase } from "../testing/test-database.ts";
import { isSpreadByBucket, type PlainTable, planSpread, type SpreadTable } from "./spread-plan.ts";
import { plainTables } from "./spread-tables.ts";

let db: Database;
let tables: readonly PlainTable[];
beforeAll(async () => {
  db = await openMigratedDatabase("pglite");
  tables = await plainTables(db);
});
afterAll(() => db.close());

const byBucket = () => tables.filter(isSpreadByBucket).map(({ name }) => name);
/** As a cluster has them once they are spread. */
const asSpread = (change: Record<string, Partial<SpreadTable>> = {}): SpreadTable[] =>
  tables.map((table) => ({
    name: table.name,
    kind: isSpreadByBucket(table) ? "distributed" : "reference",
    column: isSpreadByBucket(table) ? "bucket" : null,
    group: isSpreadByBucket(table) ? 1 : 2,
    shards: isSpreadByBucket(table) ? 32 : 1,
    ...change[table.name],
  }));

describe("the plan of a database that nobody has spread", () => {
  test("spreads every table with a bucket by it, where its accounts are; the rest lies everywhere", () => {
    const { distributed, reference, statements } = planSpread(tables, [], undefined);
    expect(distributed.toSorted()).toEqual(byBucket().toSorted());
    expect(distributed).toContain("event");
    expect([...distributed, ...reference].toSorted()).toEqual(
      tables.map(({ name }) => name).toSorted(),
    );
    expect(reference).toEqual(expect.arrayContaining(["model_version", "worker", "bucket_lease"]));
    expect(statements[0]).toBe(
      "SELECT create_distributed_table('account', 'bucket', colocate_with => 'none')",
    );
    const others = statements.filter((sql) => /create_distributed_table\('(?!account')/.test(sql));
    expect(others).toHaveLength(distributed.length - 1);
    for (const sql of others) expect(sql).toContain("'bucket', colocate_with => 'account')");
  });

  test("does what others refer to first, and clears what was copied last", () => {
    const { distributed, statements } = planSpread(tables, [], undefined);
    for (const { name, refersTo } of tables) {
      for (const other of refersTo)
        expect(distributed.indexOf(other)).toBeLessThan(distributed.indexOf(name));
    }
    const kinds = statements.map((sql) => /SELECT (\w+)\(/.exec(sql)?.[1]);
    expect([...new Set(kinds)]).toEqual([
      "create_distributed_table",
      "create_reference_table",
      "truncate_local_data_after_distributing_table",
    ]);
    expect(kinds.filter((kind) => kind?.startsWith("truncate"))).toHaveLength(tables.length);
  });

  test("takes the number of shards that is given, of the accounts, which the others follow", () => {
    const { statements } = planSpread(tables, [], 64);
    expect(statements.filter((sql) => sql.includes("shard_count => 64"))).toHaveLength(1);
    expect(statements[0]).toContain("shard_count => 64");
  });
});

describe("the plan of a database that is spread", () => {
  test("is empty", () => {
    expect(planSpread(tables, asSpread(), undefined).statements).toEqual([]);
    expect(planSpread(tables, asSpread(), 32).statements).toEqual([]);
  });

  test("has only what came later", () => {
    const before = asSpread({ pause: { kind: "local" } }).filter(
      ({ name }) => name !== "account_note",
    );
    const { distributed, reference } = planSpread(tables, before, undefined);
    expect({ distributed, reference }).toEqual({
      distributed: ["account_note"],
      reference: ["pause"],
    });
  });

  test("is refused where a table lies in another way, each told by name", () => {
    const wrong = asSpread({
      event: { column: "account" },
      touch: { group: 7 },
      setting: { kind: "distributed", column: "key" },
      contact: { kind: "reference" },
    });
    expect(() => planSpread(tables, wrong, undefined)).toThrow(
      /setting \(by key\), contact \(a reference table\), event \(by account\), touch \(by bucket, in another group: 7\)/,
    );
  });

  test("is refused for another number of shards", () => {
    expect(() => planSpread(tables, asSpread(), 64)).toThrow(/lie on 32 shards already, not on 64/);
  });
});

describe("the schema fits a cluster", () => {
  test("keys point from spread tables to spread tables only, by bucket, and from others nowhere", () => {
    const spread = new Set(byBucket());
    const pointing = tables.filter(({ refersTo }) => refersTo.length > 0);
    expect(pointing.length).toBeGreaterThan(10);
    for (const { name, refersTo } of pointing)
      expect([name, ...refersTo].every((one) => spread.has(one))).toBe(true);
  });

  test("every unique key of a spread table has the bucket in it", async () => {
    const unique = await db.q<{ name: string; columns: string[] }>(
      `SELECT t.relname AS name, array_agg(a.attname::text) AS columns FROM pg_index x
       JOIN pg_class t ON t.oid = x.indrelid JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (x.indkey)
       WHERE x.indisunique AND t.relname = ANY ($1::text[]) GROUP BY t.relname, x.indexrelid`,
      [byBucket()],
    );
    expect(unique.length).toBeGreaterThanOrEqual(byBucket().length);
    expect(unique.filter(({ columns }) => !columns.includes("bucket"))).toEqual([]);
  });

  test("numbers that tables give themselves are large enough for one range per server", async () => {
    const own = await db.q<{ name: string; type: string }>(
      `SELECT c.relname AS name, format_type(a.atttypid, NULL) AS type FROM pg_attribute a
       JOIN pg_class c ON c.oid = a.attrelid WHERE a.attidentity <> '' AND c.relnamespace = 'public'::regnamespace`,
    );
    expect(own.length).toBeGreaterThan(3);
    expect(own.filter(({ type }) => type !== "bigint")).toEqual([]);
  });
});
