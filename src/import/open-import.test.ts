import { expect, test } from "vitest";
import { day, readAll, typesOf } from "./testing/import-folder.ts";

const at = (text: string): number => Date.parse(text);

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
    { traitTypes: typesOf({ arr: "number", vip: "boolean", renews: "date" }) },
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
      traitTypes: typesOf({ n: "number", s: "string", t: "string", d: "date", i: "time" }),
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
