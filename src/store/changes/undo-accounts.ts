import type { StagedAccount } from "../../engine/ports.ts";
import { bucketOf } from "../bucket.ts";
import type { Session } from "../db/database.ts";
import { lockRows } from "../lock-rows.ts";
import { hasLeft } from "../outbox/has-left.ts";
import { dropUses, lockReceivers } from "../outbox/receiver-uses.ts";

/**
 * Takes out of accounts what a version that is rolled back has put there: touches that have not
 * left, their messages that wait, and events of its own making. The accounts are locked, and no
 * message of these touches has left.
 */
export async function undoAccounts(tx: Session, page: readonly StagedAccount[]): Promise<void> {
  const of = (what: "touches" | "events" | "pending"): Keys => {
    const pairs = page.flatMap(({ evaluated, undo }) =>
      (undo?.[what] ?? []).map((key) => [evaluated.id, key] as const),
    );
    const accounts = pairs.map(([account]) => account);
    return [accounts.map(bucketOf), accounts, pairs.map(([, key]) => key)];
  };
  const touches = of("touches");
  await withdrawMessages(tx, touches);
  await run(tx, touches, "DELETE FROM touch t USING", "t.key = k.key");
  await run(tx, of("events"), "DELETE FROM event t USING", "t.id = k.key AND t.engine");
  await run(tx, of("pending"), "UPDATE event t SET pending = true FROM", "t.id = k.key");
}

type Keys = readonly [buckets: number[], accounts: string[], keys: string[]];

const KEYS = "unnest($1::int2[], $2::text[], $3::text[]) AS k (bucket, account, key)";

async function run(tx: Session, keys: Keys, verb: string, which: string): Promise<void> {
  if (keys[0].length === 0) return;
  await tx.q(
    `${verb} ${KEYS} WHERE t.bucket = k.bucket AND t.account = k.account AND ${which}`,
    keys,
  );
}

/** Whoever sends locks a message's row before it hands it over: it finds it gone, or came first. */
async function withdrawMessages(tx: Session, keys: Keys): Promise<void> {
  if (keys[0].length === 0) return;
  const from = `outgoing o JOIN ${KEYS} ON o.bucket = k.bucket AND o.account = k.account AND o.touch = k.key`;
  const found = await tx.q<{ account: string; touch: string; receiver: string | null }>(
    `SELECT o.account, o.touch, o.counted_as AS receiver FROM ${from}`,
    keys,
  );
  if (found.length === 0) return;
  const uses = found.flatMap(({ account, touch, receiver }) =>
    receiver === null ? [] : [{ account, touch, receiver }],
  );
  await lockReceivers(tx, [...new Set(uses.map(({ receiver }) => receiver))]);
  const locked = await lockRows(tx, keys, (some, only) =>
    tx.q<{ account: string; id: string; has_left: boolean }>(
      `SELECT o.account, o.id, ${hasLeft("o")} AS has_left FROM ${from}
       WHERE ${only("o")} ORDER BY o.bucket, o.account, o.id FOR UPDATE OF o`,
      some,
    ),
  );
  if (locked.some((one) => one.has_left))
    throw new Error("a message left while its touch was taken back");
  await dropUses(tx, uses);
  const ids: Keys = [
    locked.map(({ account }) => bucketOf(account)),
    locked.map(({ account }) => account),
    locked.map(({ id }) => id),
  ];
  await run(tx, ids, "DELETE FROM in_app t USING", "t.id = k.key");
  await run(tx, ids, "DELETE FROM outgoing t USING", "t.id = k.key");
}
