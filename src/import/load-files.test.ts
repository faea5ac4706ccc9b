import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { DuckDBInstance } from "@duckdb/node-api";
import { expect, test } from "vitest";
import { openImport } from "./open-import.ts";
import { day, readAll, readFrom, TODAY, withFolder } from "./testing/import-folder.ts";

const at = (text: string): number => Date.parse(text);

test("tsv, json, json lines and gzip are read by their names, globs as one table", async () => {
  const files = {
    "a.tsv": "id\tn\nt1\t1\n",
    "b.json": '[{"id":"j1","n":2,"at":"2026-01-01T10:00:00+02:00"}]',
    "c.ndjson": '{"id":"l1","n":3}\n{"id":"l2","n":4}\n',
    "d-1.csv.gz": gzipSync("id,n\ng1,5\n"),
    "d-2.csv.gz": gzipSync("n,id\n6,g2\n7,g3,8\n"),
    "x.import.yaml": `files: { a: a.tsv, b: b.json, c: c.ndjson, d: "d-*.csv.gz" }
accounts: |
  select id as account_id, n from a union all select id, n from b union all select id, n from c union all select id, n from d
events: select id as account_id, 'E' as event, "at" from b
`,
  };
  const { rows, rejects } = await readAll("accounts", files);
  expect(rows.map((r) => String(r["accountId"])).toSorted((a, b) => a.localeCompare(b))).toEqual([
    "g1",
    "g2",
    "j1",
    "l1",
    "l2",
    "t1",
  ]);
  expect(rejects.map((r) => [r.statement, r.row, r.content])).toEqual([
    ["files.d", 3, { file: "d-2.csv.gz", line: "7,g3,8" }],
  ]);
  const events = await readAll("events", files, { timezone: "Asia/Tokyo" });
  expect(events.rows[0]).toMatchObject({ at: at("2026-01-01T08:00:00Z") });
});

test("a byte order mark, semicolons, day-first dates and decimal commas are no obstacle", async () => {
  const { rows } = await readAll("accounts", {
    "a.csv": "\uFEFFid;since;arr\r\na;31-01-2024;12,5\r\nb;01-02-2024;7\r\n",
    "x.import.yaml":
      'files: { a: { path: a.csv, decimal_separator: "," } }\naccounts: select id as account_id, since as created_at, arr from a\n',
  });
  expect(rows.map((r) => [r["accountId"], r["createdAt"], r["traits"]])).toEqual([
    ["a", day("2024-01-31"), { arr: 12.5 }],
    ["b", day("2024-02-01"), { arr: 7 }],
  ]);
});

test("a file without headers, with its own way of writing, is read as its block says", async () => {
  const { rows } = await readAll("accounts", {
    "a.txt": "exported by us\n'a|1'|3/4/2026|-\n'b'|31/12/2025|7\n",
    "x.import.yaml": `files:
  a: { path: a.txt, header: false, skip: 1, delim: "|", quote: "'", dateformat: "%d/%m/%Y", nullstr: "-", types: { column2: varchar } }
accounts: select column0 as account_id, column1 as created_at, column2 as n from a
`,
  });
  expect(rows.map((r) => [r["accountId"], r["createdAt"], r["traits"]])).toEqual([
    ["a|1", day("2026-04-03"), { n: null }],
    ["b", day("2025-12-31"), { n: "7" }],
  ]);
});

test("ids are text in every file, so that those of two files meet", async () => {
  const { rows } = await readAll("accounts", {
    "a.csv": "Record ID,n\n12,1\n13,2\n",
    "b.csv": "Company IDs,m\n12,x\n0012;13,y\n",
    "x.import.yaml":
      'files: { a: a.csv, b: b.csv }\naccounts: select "Record ID" as account_id, m from a left join b on "Company IDs" = "Record ID" order by 1\n',
  });
  expect(rows.map((r) => [r["accountId"], r["traits"]])).toEqual([
    ["12", { m: "x" }],
    ["13", { m: null }],
  ]);
});

test("a cell of megabytes is refused without being printed", async () => {
  const refused = readAll("accounts", {
    "a.csv": `id,note\n1,"${"x".repeat(3_000_000)}"\n`,
    "x.import.yaml": "files: { a: a.csv }\naccounts: select id as account_id, note from a\n",
  });
  const told = await refused.catch((cause: unknown) => String(cause));
  expect(told).toMatch(/files\.a \(a\.csv\) cannot be read: .*\n.*xxx \.\.\.\n.*exceeded/s);
  expect(told).toSatisfy((text: string) => text.length < 1000);
});

test("a parquet file keeps its types", async () => {
  await withFolder(
    { "x.import.yaml": "files: { p: p.parquet }\naccounts: select * from p\n" },
    async (folder) => {
      const instance = await DuckDBInstance.create(":memory:");
      const connection = await instance.connect();
      await connection.run(
        `copy (select '007' as account_id, date '2026-01-02' as as_of, 12.5::decimal(9, 2) as arr, true as vip) to '${join(folder, "p.parquet")}'`,
      );
      connection.closeSync();
      instance.closeSync();
      const { rows } = await readFrom("accounts", join(folder, "x.import.yaml"));
      expect(rows).toMatchObject([
        { accountId: "007", asOf: day("2026-01-02"), traits: { arr: 12.5, vip: true } },
      ]);
    },
  );
});

test.each([
  [
    "files: { a: no.csv }\naccounts: select 1\n",
    /line 1, files\.a: there is no file no\.csv in .*; did you mean now\.csv\?/,
  ],
  ["files: { a: 'https://x.example/a.csv' }\naccounts: select 1\n", /only files on this machine/],
  [
    "files: { a: now.csv }\naccounts: |\n  select id as account_id,\n    nam\n  from a\n",
    /x\.import\.yaml:3: the statement accounts failed: Binder Error: .*nam[^]*LINE 2:/,
  ],
  [
    "files: { a: now.csv }\naccounts: select id as acount_id from a\n",
    /no column account_id \(is it acount_id\? write acount_id as account_id\)/,
  ],
  [
    "files: { a: now.csv }\naccounts: select error('boom') as account_id from a\n",
    /the statement accounts failed: .*boom/,
  ],
  [
    "files: { a: now.csv }\naccounts: select 1; drop table a\n",
    /expected one SELECT, found 2 statements/,
  ],
  ["files: { a: now.csv }\naccounts: drop table a\n", /expected a SELECT/],
  [
    "files: { a: now.csv }\naccounts: select id as account_id, 1 as RowId from a\n",
    /DuckDB's own word/,
  ],
  [
    "files: { a: now.csv }\naccounts: select content as account_id from read_text('/etc/hostname')\n",
    /disabled by configuration/,
  ],
  ["files: { a: now.csv }\naccounts: select * from 'now.csv'\n", /disabled by configuration/],
  [
    "files: { a: now.csv }\nprepare: p.sql\naccounts: select 1 as account_id\n",
    /p\.sql cannot be read/,
  ],
  [
    "files: { a: now.csv }\nprepare: evil.sql\naccounts: select 1 as account_id\n",
    /evil\.sql \(statement 2\): only statements that select, create or change tables/,
  ],
  [
    "files: { a: now.csv }\nprepare: set.sql\naccounts: select 1 as account_id\n",
    /the configuration has been locked/,
  ],
])("%j stops with a message", async (yaml, message) => {
  const files = {
    "now.csv": "id,name\n1,x\n",
    "evil.sql": "create table t as select 1;\ninstall httpfs;",
    "set.sql": "set memory_limit = '64GB';",
    "x.import.yaml": yaml,
  };
  await expect(readAll("accounts", files)).rejects.toThrow(message);
});

test("what a preparing file makes, the statements can use", async () => {
  const { rows } = await readAll("accounts", {
    "a.csv": "id\n1\n2\n",
    "p.sql":
      "-- made up\ncreate table seats as select id, 10 as seats from a;\ncreate macro twice(x) as 2 * x;\n",
    "x.import.yaml":
      "files: { a: a.csv }\nprepare: p.sql\naccounts: select id as account_id, twice(seats) as seats, getvariable('today') as day from seats\n",
  });
  expect(rows.map((r) => r["traits"])).toEqual([
    { seats: 20, day: "2026-06-15" },
    { seats: 20, day: "2026-06-15" },
  ]);
});

test("batches are no larger than they must be, and two streams can be read in turns", async () => {
  const yaml = `files: {}
accounts: select 'a' || range as account_id from range(10000)
events: select 'a' as account_id, 'E' as event, timestamp '2026-01-01' as "at", range as n from range(10000)
`;
  await withFolder({ "x.import.yaml": yaml }, async (folder) => {
    const source = await openImport(join(folder, "x.import.yaml"), {
      today: TODAY,
      batchSize: 2000,
    });
    const events = source.events()[Symbol.asyncIterator]();
    const sizes = [((await events.next()).value as unknown[]).length];
    let accounts = 0;
    for await (const batch of source.accounts()) accounts += batch.length;
    for (let next = await events.next(); !next.done; next = await events.next())
      sizes.push(next.value.length);
    expect(accounts).toBe(10000);
    expect(sizes.reduce((a, b) => a + b)).toBe(10000);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(4096);
    await source.close();
  });
});

test("a preview shows what was found and what it becomes", async () => {
  await withFolder(
    {
      "a.csv": "id,plan,extra\n1,pro,x\n2,free,y\n",
      "x.import.yaml":
        "files: { a: a.csv }\noutcome: [extra, gone]\naccounts: select id as account_id, plan, extra from a\nteam: select 'p' as id, 'x' as shoe\n",
    },
    async (folder) => {
      const source = await openImport(join(folder, "x.import.yaml"), { today: TODAY });
      const preview = await source.preview(1);
      expect(preview.files).toEqual([
        {
          name: "a",
          rows: 2,
          columns: [
            { name: "id", type: "VARCHAR" },
            { name: "plan", type: "VARCHAR" },
            { name: "extra", type: "VARCHAR" },
          ],
          first: [{ id: "1", plan: "pro", extra: "x" }],
        },
      ]);
      expect(preview.statements[0]?.columns).toEqual([
        { name: "account_id", type: "VARCHAR", becomes: "known" },
        { name: "plan", type: "VARCHAR", becomes: "trait" },
        { name: "extra", type: "VARCHAR", becomes: "outcome" },
      ]);
      expect(source.warnings).toEqual([
        "outcome: no statement has a column gone",
        "the column shoe is not used",
      ]);
      await source.close();
    },
  );
});

test("a statement that is not there gives nothing", async () => {
  const files = { "x.import.yaml": "files: {}\nteam: select 'p' as id\n" };
  expect((await readAll("events", files)).rows).toEqual([]);
  await expect(readFrom("accounts", "/nowhere/x.import.yaml")).rejects.toThrow(
    "there is no folder /nowhere (for /nowhere/x.import.yaml)",
  );
});
