import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { RuleType } from "../core/rules/types.ts";
import { openImport } from "./open-import.ts";
import { day, readAll, readFrom, TODAY, withFolder } from "./testing/import-folder.ts";

const at = (text: string): number => Date.parse(text);
const types = (kinds: Record<string, RuleType["kind"]>): ReadonlyMap<string, RuleType> =>
  new Map(Object.entries(kinds).map(([name, kind]) => [name, { kind }]));

test("known columns, traits and outcome of an account each go to their place", async () => {
  const { rows, rejects } = await readAll("accounts", {
    "a.csv":
      "id,name,signed,plan,arr,vip,renews,left\n" +
      "7,Acme,2024-01-02,pro,1200.5,TRUE,2026-09-01,x\n" +
      "8,,2024-02-03,,,,,\n",
    "x.import.yaml":
      "files: { a: a.csv }\noutcome: [left]\naccounts: |\n" +
      '  select id as account_id, name as account_name, signed as created_at, plan, arr, vip, renews as renewal_date, "left" from a\n',
  });
  expect(rejects).toEqual([]);
  expect(rows).toEqual([
    {
      row: 1,
      accountId: "7",
      name: "Acme",
      owner: undefined,
      parentId: undefined,
      createdAt: day("2024-01-02"),
      closedAt: undefined,
      timezone: undefined,
      asOf: null,
      traits: { plan: "pro", arr: 1200.5, vip: true, renewal_date: "2026-09-01" },
      outcome: { left: "x" },
    },
    {
      row: 2,
      accountId: "8",
      name: null,
      owner: undefined,
      parentId: undefined,
      createdAt: day("2024-02-03"),
      closedAt: undefined,
      timezone: undefined,
      asOf: null,
      traits: { plan: null, arr: null, vip: null, renewal_date: null },
      outcome: { left: null },
    },
  ]);
});

test("an account's history comes together, earliest day first", async () => {
  const { rows } = await readAll("accounts", {
    "a.csv": "id,d,arr\nb,2026-02-01,2\na,2026-03-01,30\nb,2026-01-01,1\na,2026-01-15,10\n",
    "x.import.yaml":
      "files: { a: a.csv }\naccounts: select id as account_id, d as as_of, arr from a\n",
  });
  expect(rows.map((r) => [r["accountId"], r["asOf"], r["row"]])).toEqual([
    ["a", day("2026-01-15"), 4],
    ["a", day("2026-03-01"), 2],
    ["b", day("2026-01-01"), 3],
    ["b", day("2026-02-01"), 1],
  ]);
});

test("ids that are numbers keep their zeros and stay text", async () => {
  const { rows } = await readAll("accounts", {
    "a.csv": "Account ID,zip,employees\n00123,04109,12\n00124,10115,7\n",
    "x.import.yaml":
      'files: { a: a.csv }\naccounts: select "Account ID" as account_id, zip, employees from a\n',
  });
  expect(rows.map((r) => [r["accountId"], r["traits"]])).toEqual([
    ["00123", { zip: "04109", employees: 12 }],
    ["00124", { zip: "10115", employees: 7 }],
  ]);
});

test("numbers of every size and shape arrive as numbers where they can, else as text", async () => {
  const { rows } = await readAll("accounts", {
    "x.import.yaml": `files: {}
accounts: |
  select 17.0::double as account_id, 9007199254740993::bigint as big, 12.5::decimal(9, 2) as price,
    0.1::float as share, 'NaN'::double as odd, 3::utinyint as tiny, [1, 2] as many, {'a': 'x'} as nested,
    '"quoted"'::json as j, '  ' as blank, time '10:30:00' as clock, '__proto__' as "constructor"
`,
  });
  expect(rows[0]).toMatchObject({ accountId: "17" });
  expect(rows[0]?.["traits"]).toEqual({
    big: "9007199254740993",
    price: 12.5,
    share: 0.1,
    odd: null,
    tiny: 3,
    many: "[1,2]",
    nested: '{"a":"x"}',
    j: "quoted",
    blank: null,
    clock: "10:30:00",
    constructor: "__proto__",
  });
});

test("a time without a zone is the clock's in the workspace's zone, one with an offset is not touched", async () => {
  const files = {
    "e.csv": "a,e,t,z,d\nx,Login,2026-01-10 08:00:00,2026-01-10T08:00:00Z,2026-01-10\n",
    "x.import.yaml":
      'files: { e: e.csv }\nevents: select a as account_id, e as event, t as "at", z, d, t as local from e\n',
  };
  const { rows } = await readAll("events", files, { timezone: "Asia/Kuala_Lumpur" });
  expect(rows[0]).toMatchObject({
    at: at("2026-01-10T00:00:00Z"),
    properties: { z: "2026-01-10T08:00:00Z", d: "2026-01-10", local: "2026-01-10T00:00:00Z" },
  });
  expect((await readAll("events", files)).rows[0]).toMatchObject({
    at: at("2026-01-10T08:00:00Z"),
  });
  const own = files["x.import.yaml"].replace("events:", "timezone: America/New_York\nevents:");
  const zoned = await readAll(
    "events",
    { ...files, "x.import.yaml": own },
    { timezone: "Asia/Kuala_Lumpur" },
  );
  expect(zoned.rows[0]).toMatchObject({ at: at("2026-01-10T13:00:00Z") });
});

test("a date as an event's time is the beginning of that local day", async () => {
  const { rows } = await readAll(
    "events",
    {
      "x.import.yaml":
        "files: {}\nevents: select 'x' as account_id, 'E' as event, date '2026-03-29' as \"at\"\n",
    },
    { timezone: "Europe/Berlin" },
  );
  expect(rows[0]).toMatchObject({ at: at("2026-03-28T23:00:00Z") });
});

test("rows without a key, of a wrong type or with a date out of range are rejected, the rest goes in", async () => {
  const { rows, rejects, source } = await readAll(
    "accounts",
    {
      "a.csv":
        "id,since,arr,vip,renews\n" +
        "a,2024-01-01,100,true,2026-01-01\n" +
        ",2024-01-01,100,true,2026-01-01\n" +
        "c,2024-13-01,100,true,2026-01-01\n" +
        "d,1969-12-31,100,true,2026-01-01\n" +
        "e,2024-01-01,many,true,2026-01-01\n" +
        "f,2024-01-01,100,perhaps,2026-01-01\n" +
        "g,2024-01-01,100,No,2101-01-01\n" +
        "h,2024-01-01, 1e3 ,YES,2100-12-31T10:00:00Z\n" +
        "i,,,,\n",
      "x.import.yaml":
        "files: { a: a.csv }\naccounts: select id as account_id, since as created_at, arr, vip, renews from a\n",
    },
    { traitTypes: types({ arr: "number", vip: "boolean", renews: "date" }) },
  );
  expect(rows.map((r) => [r["accountId"], r["traits"]])).toEqual([
    ["a", { arr: 100, vip: true, renews: "2026-01-01" }],
    ["h", { arr: 1000, vip: true, renews: "2100-12-31" }],
    ["i", { arr: null, vip: null, renews: null }],
  ]);
  expect(rejects.map((r) => [r.row, r.reason])).toEqual([
    [2, "account_id is missing"],
    [3, 'created_at: "2024-13-01" is no date (write 2026-03-01)'],
    [4, "created_at lies outside the years 1970 to 2100"],
    [5, 'arr: "many" is no number'],
    [6, 'vip: "perhaps" is no boolean'],
    [7, "renews lies outside the years 1970 to 2100"],
  ]);
  expect(rejects[3]).toEqual({
    statement: "accounts",
    row: 5,
    reason: 'arr: "many" is no number',
    content: {
      account_id: "e",
      created_at: "2024-01-01",
      arr: "many",
      vip: "true",
      renews: "2026-01-01",
    },
  });
  expect(source.totals.accounts).toBe(9);
  expect(source.rejected).toEqual(new Map([["accounts", 6]]));
});

test("a declared type decides what a value becomes", async () => {
  const { rows, rejects } = await readAll(
    "accounts",
    {
      "x.import.yaml": `files: {}
accounts: |
  select 'a' as account_id, '12' as n, 5 as s, true as t, timestamp '2026-01-01 23:30:00' as d, date '2026-01-01' as i
  union all select 'b', '', null, null, null, null
  union all select 'c', '1', 5, true, timestamp 'infinity', date '2026-01-01'
`,
    },
    {
      traitTypes: types({ n: "number", s: "string", t: "string", d: "date", i: "time" }),
      timezone: "Asia/Tokyo",
    },
  );
  expect(rows.map((r) => r["traits"])).toEqual([
    { n: 12, s: "5", t: "true", d: "2026-01-01", i: "2025-12-31T15:00:00Z" },
    { n: null, s: null, t: null, d: null, i: null },
  ]);
  expect(rejects.map((r) => [r.row, r.reason, r.content["d"]])).toEqual([
    [3, "d lies outside the years 1970 to 2100", "infinity"],
  ]);
});

test("lines that are no rows of their file are rejected with their line", async () => {
  const { rows, rejects } = await readAll("accounts", {
    "a.csv": "id,name,n\n1,a,1\n2,b\n3,c,3,4\n4,d,4\n",
    "x.import.yaml": "files: { a: a.csv }\naccounts: select id as account_id, name, n from a\n",
  });
  expect(rows.map((r) => r["accountId"])).toEqual(["1", "4"]);
  expect(rejects.map((r) => [r.statement, r.row, r.content["line"]])).toEqual([
    ["files.a", 3, "2,b"],
    ["files.a", 4, "3,c,3,4"],
  ]);
});

test("contacts and team members are read with their lists and leaves", async () => {
  const files = {
    "x.import.yaml": `files: {}
contacts: |
  select 'c1' as contact_id, 'a' as account_id, 'Mia@A.example' as email, 'admin' as role, 'de' as locale, 'low' as preferred_touch
  union all select 'c2', null, null, null, null, null
team: |
  select 'p1' as id, 'Ana' as name, 'CSM' as access, 32 as hours_per_week, ['en', 'pt'] as languages, 'onboarding; risk' as skills,
    date '2026-01-01' as starts_on, '2026-06-10..2026-06-20, 2026-12-24' as leave
  union all select 'p2', 'Ben', 'king', 40, ['de'], null, null, null
  union all select 'p3', 'Cy', 'ops', 40, [], null, null, '2026-06-20..2026-06-10'
`,
  };
  const contacts = await readAll("contacts", files);
  expect(contacts.rows).toMatchObject([
    {
      contactId: "c1",
      accountId: "a",
      email: "Mia@A.example",
      role: "admin",
      locale: "de",
      traits: { preferred_touch: "low" },
    },
  ]);
  expect(contacts.rejects.map((r) => r.reason)).toEqual(["account_id is missing"]);
  const team = await readAll("team", files);
  expect(team.rows).toMatchObject([
    {
      id: "p1",
      access: "csm",
      hoursPerWeek: 32,
      languages: ["en", "pt"],
      skills: ["onboarding", "risk"],
      startsOn: day("2026-01-01"),
      leave: [
        { from: day("2026-06-10"), to: day("2026-06-20") },
        { from: day("2026-12-24"), to: day("2026-12-24") },
      ],
    },
  ]);
  expect(team.rejects.map((r) => r.reason)).toEqual([
    'access: "king" is none of csm, leader, ops, admin',
    'leave: "2026-06-20..2026-06-10" is no span of days (write 2026-03-02..2026-03-13)',
  ]);
});

test("equal event rows get ids of their own, the same at every import, shifted or not", async () => {
  const csv =
    "acc,ev,t,u,v\na,Login,2026-01-01 10:00:00,u1,1\na,Login,2026-01-01 10:00:00,u1,1\na,Login,2026-01-01 10:00:00,u2,1\n";
  const yaml =
    'files: { e: e.csv }\nevents: select acc as account_id, ev as event, t as "at", u as user_id, v from e\n';
  const ids = async (files: Record<string, string>, options = {}): Promise<unknown[]> =>
    (await readAll("events", files, options)).rows.map((row) => row["messageId"]);
  const first = await ids({ "e.csv": csv, "x.import.yaml": yaml });
  expect(new Set(first).size).toBe(3);
  expect(first[1]).toBe(`${String(first[0])}-2`);
  const shifted = { "e.csv": csv, "x.import.yaml": `shift_to: yesterday\n${yaml}` };
  expect(await ids(shifted, { timezone: "Asia/Tokyo" })).toEqual(first);
  const longer = { "e.csv": `${csv}a,Login,2026-01-01 10:00:00,u1,1\n`, "x.import.yaml": yaml };
  expect(await ids(longer)).toEqual([...first, `${String(first[0])}-3`]);
});

test("an event's own message id is kept; only rows without one get one", async () => {
  const { rows } = await readAll("events", {
    "e.csv": "a,e,t,m\nx,E,2026-01-01,m1\nx,E,2026-01-01,\n",
    "x.import.yaml":
      'files: { e: e.csv }\nevents: select a as account_id, e as event, t as "at", m as message_id from e\n',
  });
  expect(rows[0]?.["messageId"]).toBe("m1");
  expect(rows[1]?.["messageId"]).toMatch(/^[0-9a-f]{32}$/);
});

test("events more than a day ahead are rejected when the present is known", async () => {
  const files = {
    "x.import.yaml":
      "files: {}\nevents: select 'x' as account_id, 'E' as event, unnest([timestamp '2026-06-16 09:00:00', timestamp '2026-06-16 11:00:00']) as \"at\"\n",
  };
  const { rows, rejects } = await readAll("events", files, { now: at("2026-06-15T10:00:00Z") });
  expect(rows).toHaveLength(1);
  expect(rejects.map((r) => r.reason)).toEqual(["at lies more than 24 hours in the future"]);
  expect((await readAll("events", files)).rows).toHaveLength(2);
});

const SHIFTED = {
  "x.import.yaml": `files: {}
shift_to: yesterday
accounts: |
  select 'a' as account_id, date '2026-01-05' as created_at, timestamp '2026-01-10 12:00:00' as seen, '2026-02-01' as renewal, '2026-02-01' as note
events: |
  select 'a' as account_id, 'E' as event, unnest([timestamp '2026-01-10 23:30:00', timestamp '2026-01-09 00:30:00', timestamp '9999-01-01']) as "at"
team: select 'p' as id, '2026-01-20..2026-01-21' as leave
`,
};

test("a shift moves every date so that the last event was yesterday", async () => {
  const options = { traitTypes: types({ renewal: "date" }) };
  const accounts = await readAll("accounts", SHIFTED, options);
  // From 10 January to 14 June, the day before `today`.
  expect(accounts.source.shiftDays).toBe(155);
  expect(accounts.rows[0]).toMatchObject({
    createdAt: day("2026-01-05") + 155,
    traits: { seen: "2026-06-14T12:00:00Z", renewal: "2026-07-06", note: "2026-02-01" },
  });
  const events = await readAll("events", SHIFTED);
  expect(events.rows.map((r) => r["at"])).toEqual([
    at("2026-06-14T23:30:00Z"),
    at("2026-06-13T00:30:00Z"),
  ]);
  expect(events.rejects).toHaveLength(1);
  const team = await readAll("team", SHIFTED);
  expect(team.rows[0]).toMatchObject({
    leave: [{ from: day("2026-06-24"), to: day("2026-06-25") }],
  });
});

test("a shift keeps the local time of day, also over a change of the clocks", async () => {
  const { rows } = await readAll("events", SHIFTED, { timezone: "Europe/Berlin" });
  expect(rows.map((r) => r["at"])).toEqual([
    at("2026-06-14T21:30:00Z"),
    at("2026-06-12T22:30:00Z"),
  ]);
});

test("the shift of an earlier import is used again on another day", async () => {
  const { source, rows } = await readAll("events", SHIFTED, { today: TODAY + 30, shiftDays: 155 });
  expect(source.shiftDays).toBe(155);
  expect(rows[0]).toMatchObject({ at: at("2026-06-14T23:30:00Z") });
});

test("a shift without events is refused", async () => {
  const files = {
    "x.import.yaml": "files: {}\nshift_to: yesterday\naccounts: select 'a' as account_id\n",
  };
  await expect(readAll("accounts", files)).rejects.toThrow("there are no events");
});

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
  await expect(readFrom("accounts", "/nowhere/x.import.yaml")).rejects.toThrow("cannot be read");
});
