import { BUCKETS } from "./bucket.ts";
import type { Param, Session } from "./db/database.ts";

/** Keys of rows as arrays for `unnest`, the rows' buckets first. */
export type RowKeys = readonly [
  buckets: readonly number[],
  ...others: readonly (readonly Param[])[],
];

/** A condition that the statement has to have: on the alias of the table whose rows it locks. */
export type OnlyBucket = (alias: string) => string;

/**
 * Locks rows by a statement that orders them by their bucket first. Where rows are spread over
 * servers a statement can lock those of one bucket only: it is run for each, in that order, so
 * that locks are taken in the same order everywhere.
 */
export async function lockRows<R>(
  tx: Session,
  keys: RowKeys,
  lock: (keys: RowKeys, only: OnlyBucket) => Promise<readonly R[]>,
): Promise<readonly R[]> {
  if (!tx.isSpread) return lock(keys, () => "true");
  const [buckets, ...others] = keys;
  const places = new Map<number, number[]>();
  for (const [place, bucket] of buckets.entries()) {
    const own = places.get(bucket);
    if (own) own.push(place);
    else places.set(bucket, [place]);
  }
  const found: R[] = [];
  for (const [bucket, own] of [...places].toSorted(([a], [b]) => a - b)) {
    const of = <V>(list: readonly V[]): V[] => own.map((place) => list[place] as V);
    const rest = others.map((list) => of(list));
    found.push(...(await lock([of(buckets), ...rest], (alias) => `${alias}.bucket = ${bucket}`)));
  }
  return found;
}

/** All accounts there are, in the order in which others lock some of them. */
export async function lockBook(tx: Session): Promise<void> {
  const lock = (where: string): Promise<void> =>
    tx.exec(
      `SELECT count(*) FROM (SELECT 1 FROM account a ${where} ORDER BY a.bucket, a.id FOR UPDATE) locked`,
    );
  if (!tx.isSpread) return lock("");
  for (let bucket = 0; bucket < BUCKETS; bucket++) await lock(`WHERE a.bucket = ${bucket}`);
}
