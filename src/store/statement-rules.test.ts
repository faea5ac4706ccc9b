import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openPostgres } from "./db/postgres.ts";
import type { Database } from "./db/database.ts";
import { storeOver } from "./index.ts";
import { acrossBuckets, locksAcross } from "./testing/bucket-use.ts";
import { liveThroughADay } from "./testing/hot-paths.ts";
import { recorded } from "./testing/recorded-database.ts";
import { newPostgresStore } from "./testing/test-database.ts";

/**
 * What runs all the time says in every statement which buckets it means: a cluster then asks the
 * servers that hold them, and workers that share one server stay out of each other's way.
 */
const open: Database[] = [];
let spreadTables: ReadonlySet<string>;
let plain: ReadonlySet<string>;
let spread: ReadonlySet<string>;
beforeAll(async () => {
  [plain, spread] = await Promise.all([statementsOf(false), statementsOf(true)]);
  const found = await open[0]!.q<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'bucket'
     WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname <> 'bucket_lease'`,
  );
  spreadTables = new Set(found.map(({ name }) => name));
});
afterAll(async () => {
  for (const db of open) await db.close();
});

async function statementsOf(isSpread: boolean): Promise<ReadonlySet<string>> {
  const db = await openPostgres({ url: await newPostgresStore() });
  open.push(db);
  const record = recorded(db, isSpread);
  await liveThroughADay(storeOver(record.db, "recorded"));
  return record.statements;
}

/** Those that go over all buckets on purpose: part of the statement, and why. */
const ACROSS: readonly (readonly [part: string, why: string])[] = [
  // who it is about is not known by account yet: found by an index of its own
  ["JOIN contact c ON c.user_id = k.name", "in which accounts the users of a batch are"],
  ["UPDATE user_alias u SET user_id", "names of a user who has got another name"],
  ["WHERE u.user_id = ANY ($2::text[])) k ON m.bucket", "what waits under a user's former names"],
  ["JOIN contact c ON c.user_id = h.root", "who of those on the list has got an account"],
  ["t.id >= $1 AND t.id < $2", "a touch that a person names by its id alone"],
  // once for a run or a new model, not for an account
  [
    "SELECT count(*) FROM (SELECT 1 FROM account a ORDER BY",
    "a model goes live: nobody else writes",
  ],
  ["UPDATE account SET news = news + 1", "a model goes live: everybody is to be decided"],
  ["WHERE (a.waiting OR a.decided_on IS NULL", "the command `decide`, which holds no buckets"],
  ["SELECT count(*) AS n FROM account", "how large the book is, told after an import"],
  ["jsonb_typeof(t.value) NOT IN", "values that a new model has no use for"],
  ["SELECT DISTINCT account FROM touch WHERE status IN", "what was held for a reason that is gone"],
];

test("every statement of what runs all the time names the buckets it is about", () => {
  const found = [...plain, ...spread].filter((sql) => acrossBuckets(sql, spreadTables).length > 0);
  const unknown = found.filter((sql) => !ACROSS.some(([part]) => sql.includes(part)));
  expect(unknown).toEqual([]);
  const unused = ACROSS.filter(([part]) => !found.some((sql) => sql.includes(part)));
  expect(unused).toEqual([]);
  expect(plain.size).toBeGreaterThan(80);
});

test("on a cluster rows are locked bucket by bucket, on one server by one statement", () => {
  const locks = [...spread].filter((sql) => /\bFOR UPDATE\b/.test(sql));
  // a table that lies on every server whole is locked as on one
  const across = locks.filter((sql) => locksAcross(sql) && !sql.includes("bulk_run"));
  expect(across).toEqual([]);
  expect(locks.some((sql) => sql.includes("SKIP LOCKED"))).toBe(true);
  expect(locks.length).toBeGreaterThan(8);
  expect([...plain].filter((sql) => locksAcross(sql)).length).toBeGreaterThan(5);
});

/** What Citus says no to of what is no matter of buckets, each tried on a cluster. */
const REFUSED: readonly RegExp[] = [
  /\bset bucket\b|\bset [^=]*, bucket =/i,
  /\bdo update set (?:(?!\breturning\b).)*\b(?:now|clock_timestamp|random|nextval|gen_random_uuid)\(/i,
  /\bupdate\b.*\bset\b.*\b(?:clock_timestamp|random|nextval|gen_random_uuid)\(/i,
  /\bgrouping sets\b|\brollup\s*\(|\bcube\s*\(|\bwith recursive\b|\btablesample\b|\bmerge into\b/i,
  /\bcreate (?:or replace )?trigger\b/i,
];

test("nothing that runs all the time is what a cluster refuses", () => {
  const refused = [...plain, ...spread].filter((sql) => REFUSED.some((one) => one.test(sql)));
  expect(refused).toEqual([]);
  for (const sql of [
    "UPDATE account SET bucket = 3",
    "INSERT INTO t (bucket) VALUES (1) ON CONFLICT (bucket) DO UPDATE SET at = now()",
    "UPDATE t SET at = clock_timestamp()",
  ])
    expect(REFUSED.some((one) => one.test(sql))).toBe(true);
});

describe("the reading of statements", () => {
  const spreads = new Set(["account", "event"]);
  test.each([
    ["SELECT id FROM account a WHERE a.id = $1", ["a"]],
    ["SELECT id FROM account WHERE id = $1", ["account"]],
    ["SELECT id FROM account WHERE bucket = $1 AND id = $2", []],
    ["SELECT 1 FROM account a JOIN event e ON e.account = a.id WHERE a.bucket = ANY ($1)", ["e"]],
    ["SELECT 1 FROM account a JOIN event e ON e.bucket = a.bucket WHERE a.bucket = ANY ($1)", []],
    ["SELECT 1 FROM account a JOIN event e ON e.bucket = a.bucket WHERE a.name = $1", ["a", "e"]],
    ["SELECT 1 FROM event e JOIN unnest($1::int2[]) AS k (bucket) ON e.bucket = k.bucket", []],
    ["SELECT 1 FROM event e JOIN unnest($1::text[]) AS k (id) ON e.account = k.id", ["e"]],
    ["INSERT INTO event (bucket, account) VALUES ($1, $2)", []],
    ["INSERT INTO event (account) VALUES ($1)", ["event"]],
    ["UPDATE event e SET pending = false FROM account a WHERE a.id = e.account", ["e", "a"]],
    ["SELECT 1 FROM event e WHERE e.bucket = $1 AND e.name = 'where bucket = 1'", []],
    ["SELECT 1 FROM account a WHERE a.name = 'a.bucket = 1'", ["a"]],
  ])("%s", (sql, across) => {
    expect(acrossBuckets(sql, spreads)).toEqual(across);
  });
});
