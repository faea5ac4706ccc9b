import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENGINES, openTestDatabase } from "../testing/test-database.ts";
import type { Database } from "./database.ts";
import { DatabaseError } from "./database-error.ts";
import { json } from "./send-value.ts";

describe.each(ENGINES)("on %s", (engine) => {
  let db: Database;
  beforeAll(async () => {
    db = await openTestDatabase(engine);
  });
  afterAll(() => db.close());

  async function one(sql: string, params?: Parameters<Database["q"]>[1]): Promise<unknown> {
    const rows = await db.q<{ v: unknown }>(`SELECT (SELECT ${sql}) AS v`, params);
    return rows[0]?.v;
  }

  test.each<[string, unknown]>([
    ["9007199254740991::int8", 9007199254740991],
    ["count(*)", 1],
    ["2::int2", 2],
    ["1.50::numeric", "1.50"],
    ["0.1::float8", 0.1],
    ["'NaN'::float8", Number.NaN],
    ["date '2026-03-01'", "2026-03-01"],
    ["interval '1 day 02:00'", "1 day 02:00:00"],
    ["timestamptz '2026-03-01 09:00:00.123Z'", Date.UTC(2026, 2, 1, 9, 0, 0, 123)],
    ["timestamptz '1969-12-31 23:59:59.5Z'", -500],
    ["timestamptz '1900-01-01 00:00Z'", Date.UTC(1900, 0, 1)],
    ["true", true],
    ["null::int8", null],
    ["''", ""],
    [`'{"a": [1, null]}'::jsonb`, { a: [1, null] }],
    ["'\\x01ff'::bytea", new Uint8Array([1, 255])],
    ["'6f2c0000-0000-4000-8000-000000000001'::uuid", "6f2c0000-0000-4000-8000-000000000001"],
    ["'{1,NULL,3}'::int8[]", [1, null, 3]],
    [
      "'{{1,2},{3,4}}'::int4[]",
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ["'[0:1]={5,6}'::int4[]", [5, 6]],
    ["'{}'::text[]", []],
    [
      `ARRAY['a,b', '"q"', 'NULL', NULL, '', '{\\x}', 'é😀']`,
      ["a,b", '"q"', "NULL", null, "", "{\\x}", "é😀"],
    ],
    ["ARRAY[date '2026-03-01']", ["2026-03-01"]],
    ["ARRAY[1.5::numeric]", ["1.5"]],
    ["ARRAY[timestamptz '2026-03-01 00:00Z']", [Date.UTC(2026, 2, 1)]],
    ["ARRAY[true, false, NULL]", [true, false, null]],
    [`ARRAY['{"a":1}'::jsonb]`, [{ a: 1 }]],
  ])("%s comes as one and the same value", async (sql, value) => {
    expect(await one(sql)).toEqual(value);
  });

  test.each<[string, Parameters<Database["q"]>[1], unknown]>([
    ["$1::int8", [42], 42],
    ["$1::int8", [9007199254740991n], 9007199254740991],
    ["$1::float8", [1e21], 1e21],
    ["$1::bool", [false], false],
    ["$1::text", [undefined], null],
    ["$1::text", ['it\'s "q" \\ é😀'], 'it\'s "q" \\ é😀'],
    ["$1::timestamptz", [new Date(1772355600123)], 1772355600123],
    ["$1::bytea", [new Uint8Array([0, 7])], new Uint8Array([0, 7])],
    ["$1::jsonb", [{ a: [1, "x"] }], { a: [1, "x"] }],
    ["$1::jsonb", [json([{ a: 1 }, 2])], [{ a: 1 }, 2]],
    [
      "$1::text[]",
      [["a,b", '"q"', null, "NULL", "", "\\"]],
      ["a,b", '"q"', null, "NULL", "", "\\"],
    ],
    ["$1::int4[]", [[]], []],
    ["$1::float8[]", [[1.5, null, Number.NaN]], [1.5, null, Number.NaN]],
    ["$1::bool[]", [[true, null]], [true, null]],
    ["$1::jsonb[]", [[{ a: 'x"y' }, null]], [{ a: 'x"y' }, null]],
    ["$1::bytea[]", [[new Uint8Array([255])]], [new Uint8Array([255])]],
  ])("%s arrives as it was sent: %#", async (sql, params, value) => {
    expect(await one(sql, params)).toEqual(value);
  });

  test("text that Postgres cannot hold is mended, not refused", async () => {
    expect(await one("$1::text", ["a\0b\ud800c"])).toBe("a\uFFFDb\uFFFDc");
    expect(await one("$1::text[]", [["a\0", "\udc00"]])).toEqual(["a\uFFFD", "\uFFFD"]);
    const odd = { "k\0": "v\ud800", kept: "\\u0000 \\ud800 😀" };
    const mended = { "k\uFFFD": "v\uFFFD", kept: "\\u0000 \\ud800 😀" };
    expect(await one("$1::jsonb", [odd])).toEqual(mended);
  });

  test("a whole number that JavaScript cannot hold is an error, not another number", async () => {
    await expect(one("9007199254740993::int8")).rejects.toThrow(/9007199254740993/);
  });

  test("an error tells what Postgres said and of which statement", async () => {
    await db.exec("CREATE TABLE uniq (id int CONSTRAINT uniq_id UNIQUE)");
    await db.q("INSERT INTO uniq VALUES (1)");
    const failure = await db.q("INSERT INTO uniq VALUES (1)").catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DatabaseError);
    expect(failure).toMatchObject({
      code: "23505",
      constraint: "uniq_id",
      statement: "INSERT INTO uniq VALUES (1)",
    });
    expect(await one("1")).toBe(1);
  });

  test("a transaction is all or nothing", async () => {
    await db.exec("CREATE TABLE pairs (a int, b int)");
    await db.tx(async (tx) => {
      await tx.q("INSERT INTO pairs VALUES (1, 1)");
      await tx.q("INSERT INTO pairs VALUES (2, 2)");
    });
    const half = db.tx(async (tx) => {
      await tx.q("INSERT INTO pairs VALUES (3, 3)");
      throw new Error("changed my mind");
    });
    await expect(half).rejects.toThrow("changed my mind");
    expect(await db.q("SELECT a FROM pairs ORDER BY a")).toEqual([{ a: 1 }, { a: 2 }]);
  });

  test("a transaction whose error was swallowed fails instead of committing nothing", async () => {
    await db.exec("CREATE TABLE swallowed (a int)");
    const work = db.tx(async (tx) => {
      await tx.q("INSERT INTO swallowed VALUES (1)");
      await tx.q("SELECT no_such_column").catch(() => undefined);
      return "done";
    });
    await expect(work).rejects.toThrow(/given up/);
    expect(await one("count(*) FROM swallowed")).toBe(0);
  });

  test("a statement past the transaction is refused instead of waiting for ever", async () => {
    await expect(db.tx(() => db.q("SELECT 1"))).rejects.toThrow(/inside a transaction/);
    await expect(db.tx(() => db.exec("SELECT 1"))).rejects.toThrow(/inside a transaction/);
    await expect(db.tx(() => db.tx(() => Promise.resolve(1)))).rejects.toThrow(
      /inside a transaction/,
    );
    await expect(db.tx(() => db.copy("x", ["a"], []))).rejects.toThrow(/inside a transaction/);
    const rows = async function* () {
      yield [1];
      await db.q("SELECT 1");
    };
    await db.exec("CREATE TABLE from_itself (a int)");
    await expect(db.copy("from_itself", ["a"], rows())).rejects.toThrow(/inside a transaction/);
    expect(await one("count(*) FROM from_itself")).toBe(0);
  });

  test("work started in a transaction may use the database once it is over", async () => {
    const later = await db.tx(() => Promise.resolve({ result: sleep(50).then(() => one("5")) }));
    expect(await later.result).toBe(5);
  });

  test("a session kept from a finished transaction is dead", async () => {
    const kept = await db.tx((tx) => Promise.resolve({ tx }));
    await expect(kept.tx.q("SELECT 1")).rejects.toThrow(/over/);
  });

  test("a forgotten await is found out", async () => {
    const work = db.tx((tx) => {
      void tx.q("SELECT 1");
      return Promise.resolve();
    });
    await expect(work).rejects.toThrow(/await is missing/);
  });

  test("transactions that run at once do not mix", async () => {
    await db.exec("CREATE TABLE counter (n int); INSERT INTO counter VALUES (0)");
    await Promise.all(
      Array.from({ length: 10 }, () =>
        db.tx(async (tx) => {
          const rows = await tx.q<{ n: number }>("SELECT n FROM counter FOR UPDATE");
          await tx.q("UPDATE counter SET n = $1", [(rows[0]?.n ?? 0) + 1]);
        }),
      ),
    );
    expect(await one("n FROM counter")).toBe(10);
  });

  test("copy takes rows of every kind, all or none", async () => {
    await db.exec("CREATE TABLE bulk (id int, t text, j jsonb, at timestamptz, x bytea, a text[])");
    const columns = ["id", "t", "j", "at", "x", "a"];
    const row = [
      1,
      'a,"b"\nc',
      { k: 'v"' },
      new Date(5),
      new Uint8Array([9]),
      ["p", null],
    ] as const;
    expect(
      await db.copy("bulk", columns, [
        row,
        [2, null, null, null, null, null],
        [3, "", null, null, null, []],
      ]),
    ).toBe(3);
    expect(await db.q("SELECT * FROM bulk ORDER BY id")).toEqual([
      { id: 1, t: 'a,"b"\nc', j: { k: 'v"' }, at: 5, x: new Uint8Array([9]), a: ["p", null] },
      { id: 2, t: null, j: null, at: null, x: null, a: null },
      { id: 3, t: "", j: null, at: null, x: null, a: [] },
    ]);
    await expect(db.copy("bulk", ["id"], [[4], ["no number"]])).rejects.toThrow(/integer/);
    expect(await one("count(*) FROM bulk")).toBe(3);
  });

  test("copy streams far more than it holds in memory at once", async () => {
    await db.exec("CREATE TABLE many (id int, t text)");
    const filler = "x".repeat(100);
    function* rows(): Generator<[number, string]> {
      for (let id = 0; id < 150_000; id++) yield [id, filler];
    }
    expect(await db.copy("many", ["id", "t"], rows())).toBe(150_000);
    expect(await one("sum(id) FROM many")).toBe((149_999 * 150_000) / 2);
  });

  test("copyOut gives CSV that copyCsv takes back unchanged", async () => {
    await db.exec(`CREATE TABLE source (id int, t text); CREATE TABLE target (id int, t text);
      INSERT INTO source VALUES (1, 'a,"b"'), (2, NULL), (3, ''), (4, E'two\\nlines')`);
    const chunks: Uint8Array[] = [];
    for await (const chunk of db.copyOut("SELECT * FROM source ORDER BY id")) chunks.push(chunk);
    expect(await db.copyCsv("target", ["id", "t"], [Buffer.concat(chunks)])).toBe(4);
    expect(await db.q("SELECT * FROM target ORDER BY id")).toEqual(
      await db.q("SELECT * FROM source ORDER BY id"),
    );
  });

  test("a listener hears until it stops", async () => {
    const heard: string[] = [];
    const stop = await db.listen("Some channel", (payload) => heard.push(payload));
    await db.q("SELECT pg_notify('Some channel', 'one')");
    await expect.poll(() => heard).toEqual(["one"]);
    await stop();
    await db.q("SELECT pg_notify('Some channel', 'two')");
    await db.q("SELECT 1");
    expect(heard).toEqual(["one"]);
  });

  test("a snapshot does not see what is committed meanwhile", async () => {
    await db.exec("CREATE TABLE seen (a int)");
    const counts = await db.tx(
      async (tx) => {
        const before = await tx.q("SELECT count(*) AS n FROM seen");
        const isolation = await tx.q("SHOW transaction_isolation");
        return { before, isolation };
      },
      { snapshot: true },
    );
    expect(counts).toEqual({
      before: [{ n: 0 }],
      isolation: [{ transaction_isolation: "repeatable read" }],
    });
  });
});
