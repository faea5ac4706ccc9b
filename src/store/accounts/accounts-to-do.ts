import { type Day, formatDay } from "../../core/time/day.ts";
import type { AccountStore, WorkFilter } from "../../engine/ports.ts";
import { bucketOf } from "../bucket.ts";
import type { Database } from "../db/database.ts";

/** What a worker is to take up next, each by an index that holds little more than the answer. */

export async function accountsWithNews(
  db: Database,
  { buckets, limit, except, after, withNew }: Parameters<AccountStore["withNews"]>[0],
): Promise<string[]> {
  const found = await db.q<{ id: string }>(
    `SELECT id FROM account
     WHERE waiting AND ($1::int2[] IS NULL OR bucket = ANY ($1))
       AND ($2::int2 IS NULL OR (bucket, id) > ($2, $3)) AND NOT (id = ANY ($4::text[]))
       AND ($5 OR decided_on IS NOT NULL)
     ORDER BY bucket, id LIMIT ${Math.trunc(limit)}`,
    [buckets, after === null ? null : bucketOf(after), after, except, withNew],
  );
  return found.map(({ id }) => id);
}

export async function accountsBehind(
  db: Database,
  { buckets, limit, except }: WorkFilter,
  today: Day,
): Promise<string[]> {
  const found = await db.q<{ id: string }>(
    `SELECT id FROM account
     WHERE decided_on < $2 AND ($1::int2[] IS NULL OR bucket = ANY ($1)) AND NOT (id = ANY ($3::text[]))
     ORDER BY bucket, decided_on, id LIMIT ${Math.trunc(limit)}`,
    [buckets, formatDay(today), except],
  );
  return found.map(({ id }) => id);
}
