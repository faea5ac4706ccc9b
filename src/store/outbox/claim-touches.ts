import { type Day, formatDay } from "../../core/time/day.ts";
import type { Claim, ClaimFacts, Moment, OutboxStore } from "../../engine/ports.ts";
import { accountKeys, mark } from "../account-keys.ts";
import type { Session } from "../db/database.ts";
import { lockRows } from "../lock-rows.ts";
import { addEngineEvents } from "../engine-events.ts";
import { readPauses } from "../pause-store.ts";
import { putTouches } from "../touch-rows.ts";
import { addNotices } from "../webhook-notices.ts";
import { putOutgoing } from "./outgoing-rows.ts";
import { lockReceivers, putUses, suppressedAmong, usesOf } from "./receiver-uses.ts";
import { putMarks } from "./touch-marks.ts";

type Wanted = Parameters<OutboxStore["claim"]>[0];

/**
 * Accounts are locked before receivers, each in a fixed order, so that no two claims wait for
 * each other; whatever is decided under the locks is written before they are let go.
 */
export async function claimTouches(
  tx: Session,
  wanted: Wanted,
  choose: (facts: ClaimFacts) => readonly Claim[],
  moment: Moment,
): Promise<readonly Claim[]> {
  const unchanged = await lockUnchanged(tx, wanted.accounts, moment.today);
  await lockReceivers(tx, wanted.receivers);
  const claims = choose({
    unchanged,
    uses: await usesOf(tx, wanted.receivers, wanted.since),
    suppressed: await suppressedAmong(tx, wanted.addresses),
    pauses: await readPauses(tx),
  });
  await writeClaims(tx, claims, moment);
  return claims;
}

/** Locks the accounts; answers those that are as they were loaded, and decided up to now. */
async function lockUnchanged(
  tx: Session,
  accounts: Wanted["accounts"],
  today: Day,
): Promise<Set<string>> {
  const loaded = new Map(accounts.map((account) => [account.id, account.loaded]));
  const found = await lockRows(tx, accountKeys(loaded.keys()), (keys, only) =>
    tx.q<{ id: string; state: number; facts: number; news: number; ok: boolean }>(
      `SELECT a.id, a.state_rev AS state, a.facts_rev AS facts, a.news,
         coalesce(a.news = a.decided_news AND a.decided_on >= $3, false) AS ok
       FROM account a JOIN unnest($1::int2[], $2::text[]) AS k (bucket, id) ON a.bucket = k.bucket AND a.id = k.id
       WHERE ${only("a")} ORDER BY a.bucket, a.id FOR UPDATE OF a`,
      [...keys, formatDay(today)],
    ),
  );
  const isSame = ({ id, state, facts, news, ok }: (typeof found)[number]): boolean => {
    const before = loaded.get(id);
    return ok && before?.stateRev === state && before.factsRev === facts && before.news === news;
  };
  return new Set(found.filter(isSame).map(({ id }) => id));
}

async function writeClaims(tx: Session, claims: readonly Claim[], moment: Moment): Promise<void> {
  const changed = claims.flatMap(({ touch }) => (touch ? [touch] : []));
  await putTouches(tx, changed);
  await putMarks(tx, claims);
  await addEngineEvents(
    tx,
    claims.flatMap(({ events }) => events),
    { pending: true, arrived: moment.now },
  );
  await putOutgoing(
    tx,
    claims.flatMap(({ outgoing }) => (outgoing ? [outgoing] : [])),
  );
  await putUses(
    tx,
    claims.flatMap(({ use }) => (use ? [use] : [])),
  );
  await addNotices(
    tx,
    claims.flatMap(({ notices }) => notices),
  );
  await mark(tx, new Set(changed.map(({ account }) => account)), { state: true });
  // That something is on its way is no news yet: what becomes of it will be.
  const over = claims.filter(
    ({ touch, events }) => events.length > 0 && touch?.status !== "sending",
  );
  await mark(tx, new Set(over.map(({ account }) => account)), { news: true });
}
