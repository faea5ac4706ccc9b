import type { BookMark, BookNext, BookRev, BookRow } from "../../engine/ports.ts";
import { accountKeys } from "../account-keys.ts";
import type { Database } from "../db/database.ts";
import { RecordShape } from "../db/record-shape.ts";

/**
 * What a process needs to keep the book in its memory: which buckets moved, which accounts of
 * those, and these accounts. Revisions only go up, so that equal sums over equally many accounts
 * mean that nothing has changed; that one is asked all the time and reads narrow rows only.
 */

const MARK = new RecordShape<BookMark>({
  bucket: ["bucket", "int2"],
  accounts: ["accounts", "int8"],
  revs: ["revs", "int8"],
});

export function bookMarks(db: Database): Promise<BookMark[]> {
  return MARK.read(
    db,
    "m",
    `FROM (SELECT bucket, count(*) AS accounts, sum(state_rev + facts_rev)::int8 AS revs
       FROM account GROUP BY bucket) m`,
  );
}

const REV = new RecordShape<BookRev>({
  id: ["id", "text"],
  bucket: ["bucket", "int2"],
  rev: ["rev", "int8"],
});

export function bookRevs(db: Database, buckets: readonly number[]): Promise<BookRev[]> {
  return REV.read(
    db,
    "r",
    `FROM (SELECT bucket, id, state_rev + facts_rev AS rev FROM account
       WHERE bucket = ANY ($1::int2[])) r
     ORDER BY r.bucket, r.id`,
    [[...buckets]],
  );
}

type Row = Omit<BookRow, "next" | "nextHuman"> & {
  readonly next: string | null;
  readonly nextHuman: string | null;
};

const ROW = new RecordShape<Row>({
  id: ["id", "text"],
  bucket: ["bucket", "int2"],
  rev: ["rev", "int8"],
  name: ["name", "text"],
  owner: ["owner", "text"],
  createdAt: ["created_at", "day"],
  decidedOn: ["decided_on", "day"],
  isEvaluated: ["is_evaluated", "bool"],
  decision: ["decision", "json"],
  next: ["next", "text"],
  nextHuman: ["next_human", "text"],
});

const FIELDS = `a.bucket, a.id, a.state_rev + a.facts_rev AS rev, a.name, a.owner, a.created_at,
  a.decided_on, s.account IS NOT NULL AS is_evaluated, s.decision, t.next, t.next_human`;
const STATE = "LEFT JOIN account_state s ON s.bucket = a.bucket AND s.account = a.id";
const NEXT = `min((t.due - date '1970-01-01')::text || ' ' || t.touchpoint) AS next,
  min((t.due - date '1970-01-01')::text || ' ' || t.touchpoint) FILTER (WHERE t.human) AS next_human`;
const OPEN = "t.status IN ('planned', 'due', 'deferred')";

/** Each looked up by its key: a database without statistics would read whole tables for a few. */
export async function bookRows(db: Database, ids: readonly string[]): Promise<BookRow[]> {
  const found = await ROW.read(
    db,
    "b",
    `FROM (SELECT ${FIELDS} FROM unnest($1::int2[], $2::text[]) AS k (bucket, id)
       JOIN account a ON a.bucket = k.bucket AND a.id = k.id
       ${STATE}
       CROSS JOIN LATERAL (SELECT ${NEXT} FROM touch t
         WHERE t.bucket = a.bucket AND t.account = a.id AND ${OPEN}) t) b`,
    accountKeys(ids),
  );
  return found.map(rowOf);
}

/** All accounts of some buckets, read along the keys: for a whole book. */
export async function bookOf(db: Database, buckets: readonly number[]): Promise<BookRow[]> {
  const found = await ROW.read(
    db,
    "b",
    `FROM (SELECT ${FIELDS} FROM account a
       ${STATE} AND s.bucket = ANY ($1::int2[])
       LEFT JOIN (SELECT t.bucket, t.account, ${NEXT} FROM touch t
         WHERE t.bucket = ANY ($1::int2[]) AND ${OPEN} GROUP BY t.bucket, t.account) t
         ON t.bucket = a.bucket AND t.account = a.id
       WHERE a.bucket = ANY ($1::int2[])) b`,
    [[...buckets]],
  );
  return found.map(rowOf);
}

function rowOf({ next, nextHuman, ...row }: Row): BookRow {
  return { ...row, next: nextOf(next), nextHuman: nextOf(nextHuman) };
}

/** A day's number and a touchpoint: days of our time have five digits, so that they sort as texts. */
function nextOf(text: string | null): BookNext | null {
  if (text === null) return null;
  const space = text.indexOf(" ");
  return { due: Number(text.slice(0, space)), touchpoint: text.slice(space + 1) };
}
