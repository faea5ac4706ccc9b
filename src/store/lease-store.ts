import type { LeaseStore, LiveWorker, WorkerSign } from "../engine/ports.ts";
import { BUCKETS } from "./bucket.ts";
import type { Database, Session } from "./db/database.ts";
import { json } from "./db/send-value.ts";

export function leaseStore(db: Database): LeaseStore {
  return {
    renew: (worker, now, leaseMs) =>
      db.tx(async (tx) => {
        // One after the other: they are few and it is short.
        await tx.exec("LOCK TABLE worker IN SHARE ROW EXCLUSIVE MODE");
        // nobody shares the embedded database: who was there before is gone
        if (db.kind === "pglite") await tx.q("DELETE FROM worker WHERE id <> $1", [worker.id]);
        await showLife(tx, worker, now, leaseMs);
        if (db.kind === "pglite") return null;
        return keepShare(tx, worker.id, now, leaseMs);
      }),
    giveBack: (worker) =>
      db.tx(async (tx) => {
        // as those who renew do: the workers first, then what they hold
        await tx.exec("LOCK TABLE worker IN SHARE ROW EXCLUSIVE MODE");
        await tx.q("DELETE FROM bucket_lease WHERE worker = $1", [worker]);
        await tx.q("DELETE FROM worker WHERE id = $1", [worker]);
      }),
    workers: (now) =>
      db.q<LiveWorker>(
        `SELECT w.id, w.started_at AS "startedAt", w.seen_at AS "seenAt", w.details,
           (SELECT count(*) FROM bucket_lease b WHERE b.worker = w.id) AS buckets
         FROM worker w WHERE w.until > $1 ORDER BY w.started_at, w.id`,
        [new Date(now)],
      ),
  };
}

async function showLife(
  tx: Session,
  { id, startedAt, details }: WorkerSign,
  now: number,
  leaseMs: number,
): Promise<void> {
  await tx.q("DELETE FROM worker WHERE until <= $1 AND id <> $2", [new Date(now), id]);
  await tx.q(
    `INSERT INTO worker (id, started_at, seen_at, until, details) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at, until = excluded.until, details = excluded.details`,
    [id, new Date(startedAt), new Date(now), new Date(now + leaseMs), json(details)],
  );
}

async function keepShare(
  tx: Session,
  worker: string,
  now: number,
  leaseMs: number,
): Promise<number[]> {
  const [seen] = await tx.q<{ workers: string[]; mine: number[]; others: number[] }>(
    `SELECT (SELECT coalesce(array_agg(id ORDER BY id), '{}') FROM worker) AS workers,
       (SELECT coalesce(array_agg(bucket ORDER BY bucket), '{}') FROM bucket_lease WHERE worker = $1) AS mine,
       (SELECT coalesce(array_agg(bucket), '{}') FROM bucket_lease
        WHERE worker <> $1 AND until > $2 AND worker IN (SELECT id FROM worker)) AS others`,
    [worker, new Date(now)],
  );
  if (!seen) throw new Error("asking for leases gave nothing");
  // whoever was thought dead and came back finds its buckets with others
  const others = new Set(seen.others);
  const share = shareOf(seen.workers, worker);
  const kept = seen.mine.slice(0, share);
  const taken = new Set([...others, ...kept]);
  const free = Array.from({ length: BUCKETS }, (_, bucket) => bucket).filter(
    (bucket) => !taken.has(bucket),
  );
  const held = [...kept, ...free.slice(0, share - kept.length)];
  const given = seen.mine.slice(share);
  await tx.q("DELETE FROM bucket_lease WHERE worker = $1 AND bucket = ANY ($2::int2[])", [
    worker,
    given,
  ]);
  await tx.q(
    `INSERT INTO bucket_lease (bucket, worker, until) SELECT b, $2, $3 FROM unnest($1::int2[]) AS u (b)
     ON CONFLICT (bucket) DO UPDATE SET worker = excluded.worker, until = excluded.until`,
    [held, worker, new Date(now + leaseMs)],
  );
  return held.toSorted((a, b) => a - b);
}

/** All shares together are all buckets; the first ones have one more where it does not come out even. */
function shareOf(workers: readonly string[], worker: string): number {
  const rest = BUCKETS % workers.length;
  return Math.floor(BUCKETS / workers.length) + (workers.indexOf(worker) < rest ? 1 : 0);
}
