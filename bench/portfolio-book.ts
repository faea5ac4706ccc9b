import { bucketOf } from "../src/store/bucket.ts";
import type { Database } from "../src/store/db/database.ts";

const AT_ONCE = 2_000;

/**
 * Makes a decided book larger: each of its accounts again and again under other ids, with other
 * worth, so that lists have something to put in order. No events, no touches: lists read none.
 */
export async function copyAccounts(
  db: Database,
  times: number,
  say: (text: string) => void,
): Promise<void> {
  const ids = (
    await db.q<{ id: string }>("SELECT id FROM account WHERE strpos(id, '~') = 0 ORDER BY id")
  ).map(({ id }) => id);
  for (let copy = 1; copy < times; copy++) {
    for (let start = 0; start < ids.length; start += AT_ONCE) {
      const from = ids.slice(start, start + AT_ONCE);
      const to = from.map((id) => `${id}~${copy}`);
      const keys = [from, from.map(bucketOf), to, to.map(bucketOf)] as const;
      await db.tx(async (tx) => {
        await tx.q(
          `INSERT INTO account (bucket, id, name, owner, first_seen, first_seen_at, known_as_of, news, decided_news, decided_on, decided_model, created_at)
           SELECT k.to_bucket, k.to_id, a.name || ' ' || $5::text, a.owner, a.first_seen, a.first_seen_at, a.known_as_of, a.news, a.decided_news, a.decided_on, a.decided_model, a.created_at
           FROM account a JOIN unnest($1::text[], $2::int2[], $3::text[], $4::int2[]) AS k (from_id, from_bucket, to_id, to_bucket)
             ON a.bucket = k.from_bucket AND a.id = k.from_id`,
          [...keys, String(copy)],
        );
        await tx.q(
          `INSERT INTO account_state (bucket, account, state, decision)
           SELECT k.to_bucket, k.to_id, s.state, replace(s.decision::text, '"account":"' || k.from_id || '"', '"account":"' || k.to_id || '"')::json
           FROM account_state s JOIN unnest($1::text[], $2::int2[], $3::text[], $4::int2[]) AS k (from_id, from_bucket, to_id, to_bucket)
             ON s.bucket = k.from_bucket AND s.account = k.from_id`,
          keys,
        );
      });
    }
    if (copy % 5 === 0) say(`${copy + 1} × ${ids.length} accounts`);
  }
}
