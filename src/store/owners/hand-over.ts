import type { Moment, OwnerChange } from "../../engine/ports.ts";
import { lockAccounts, mark } from "../account-keys.ts";
import { followTouches } from "../appointments/appointment-rows.ts";
import { addAudits } from "../audit-store.ts";
import { bucketOf } from "../bucket.ts";
import type { Session } from "../db/database.ts";
import { putTouches } from "../touch-rows.ts";
import { addNotices } from "../webhook-notices.ts";

/** Gives accounts to other owners, with their touches. Answers those that have changed meanwhile. */
export async function handOver(
  tx: Session,
  changes: readonly OwnerChange[],
  moment: Moment,
): Promise<string[]> {
  const present = await lockAccounts(
    tx,
    changes.map(({ account }) => account),
  );
  const isRaced = ({ account, stateRev }: OwnerChange): boolean =>
    present.get(account)?.stateRev !== stateRev;
  const made = changes.filter((change) => !isRaced(change));
  const touches = made.flatMap((change) => change.touches);
  await putOwners(tx, made);
  await putTouches(tx, touches);
  await followTouches(tx, touches, moment.now, { byHand: true });
  await addAudits(
    tx,
    made.map(({ audit }) => audit),
    moment.now,
  );
  await addNotices(
    tx,
    made.flatMap(({ notices }) => notices),
  );
  await mark(
    tx,
    made.map(({ account }) => account),
    { news: true, state: true, facts: true, byHand: true },
  );
  return changes.filter(isRaced).map(({ account }) => account);
}

/** What the imports had said stays known, so that their saying it once more changes nothing. */
async function putOwners(tx: Session, changes: readonly OwnerChange[]): Promise<void> {
  await tx.q(
    `UPDATE account a SET owner = k.owner, owner_by_hand = true,
       owner_said = CASE WHEN a.owner_by_hand THEN a.owner_said ELSE a.owner END
     FROM unnest($1::int2[], $2::text[], $3::text[]) AS k (bucket, id, owner)
     WHERE a.bucket = k.bucket AND a.id = k.id`,
    [
      changes.map(({ account }) => bucketOf(account)),
      changes.map(({ account }) => account),
      changes.map(({ to }) => to),
    ],
  );
}
