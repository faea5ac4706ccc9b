import { type Day, formatDay } from "../../core/time/day.ts";
import type { Attribution } from "../../engine/ports/ingest.ts";
import type { EventRow, Moment } from "../../engine/ports.ts";
import { lockForEvents } from "../account-keys.ts";
import { bucketOf } from "../bucket.ts";
import type { Session } from "../db/database.ts";
import { writeContacts } from "../intake/write-contacts.ts";
import { writeEvents } from "../intake/write-events.ts";
import { contactRows, markUsersKnown } from "./contact-rows.ts";
import { dropHeld, fieldsOf, HELD, type HeldRecord, lockHeld } from "./held-messages.ts";
import { eventRow, type Homes } from "./take-kinds.ts";
import { loadUserAccounts, type UserAccounts } from "./user-accounts.ts";

const USERS_AT_ONCE = 500;

/**
 * Held messages of users who have got an account, some at a time: each is written to it and
 * taken off the list in this one transaction. Accounts are locked before the list, as by all
 * who write; the list is read again once it is locked.
 */
export async function attributeHeld(
  tx: Session,
  buckets: readonly number[] | null,
  limit: number,
  moment: Moment,
): Promise<Attribution> {
  const names = await namesWithAccounts(tx, buckets, moment.today);
  if (names.length === 0) return { attributed: 0, refused: 0, more: false };
  const rootOf = new Map(names.map(({ name, root }) => [name, root]));
  const accounts = await loadUserAccounts(tx, rootOf.values(), moment.today);
  const locked = await lockForEvents(
    tx,
    [...rootOf.values()].flatMap((user) => accounts.accountsOf(user)),
  );
  await lockHeld(tx);
  const held = await heldOf(tx, [...rootOf.keys()], limit);
  const users = [...rootOf.values()];
  const isPlaced = ({ user, kind }: HeldRecord): boolean =>
    kind === "identify" || "account" in accounts.onlyAccountOf(rootOf.get(user) ?? user);
  const placed = held.filter(isPlaced);
  await markSeveral(
    tx,
    held.filter((one) => !isPlaced(one)),
  );
  await writeIdentifies(tx, placed, rootOf, accounts, moment);
  const refused = await writeHeldEvents(tx, placed, rootOf, { accounts, locked }, moment);
  const done = placed.filter((one) => !refused.has(one));
  await dropHeld(tx, done);
  await setReason(tx, [...refused], "other_content");
  const more = held.length >= limit || users.length >= USERS_AT_ONCE;
  return { attributed: done.length, refused: refused.size, more };
}

/** Names on the list whose user is in an account now, and can be given something. */
function namesWithAccounts(
  tx: Session,
  buckets: readonly number[] | null,
  today: Day,
): Promise<{ name: string; root: string }[]> {
  return tx.q(
    `SELECT h.name, h.root
     FROM (SELECT m.user_id AS name, coalesce(u.user_id, m.user_id) AS root,
             bool_or(m.reason = 'no_account') AS is_new
           FROM (SELECT DISTINCT bucket, user_id, reason FROM held_message
                 WHERE reason <> 'other_content' AND ($1::int2[] IS NULL OR bucket = ANY ($1::int2[]))) m
           LEFT JOIN user_alias u ON u.bucket = m.bucket AND u.alias = m.user_id
           GROUP BY 1, 2) h
     JOIN contact c ON c.user_id = h.root
     JOIN account a ON a.bucket = c.bucket AND a.id = c.account
     GROUP BY h.name, h.root
     HAVING bool_or(h.is_new) OR count(DISTINCT c.account) = 1
       OR count(DISTINCT c.account) FILTER (WHERE coalesce(a.closed_at > $2::date, true)) = 1
     ORDER BY h.name LIMIT $3`,
    [buckets === null ? null : [...buckets], formatDay(today), USERS_AT_ONCE],
  );
}

function heldOf(tx: Session, names: readonly string[], limit: number): Promise<HeldRecord[]> {
  return HELD.read(
    tx,
    "h",
    `FROM (SELECT m.* FROM held_message m JOIN unnest($1::int2[], $2::text[]) AS k (bucket, name)
         ON m.bucket = k.bucket AND m.user_id = k.name
       WHERE m.reason <> 'other_content' ORDER BY m.seq LIMIT $3) h ORDER BY h.at, h.seq`,
    [names.map(bucketOf), names, limit],
  );
}

function markSeveral(tx: Session, held: readonly HeldRecord[]): Promise<void> {
  return setReason(
    tx,
    held.filter(({ reason }) => reason !== "several_accounts"),
    "several_accounts",
  );
}

async function setReason(
  tx: Session,
  held: readonly HeldRecord[],
  reason: HeldRecord["reason"],
): Promise<void> {
  if (held.length === 0) return;
  await tx.q(
    `UPDATE held_message h SET reason = $4
     FROM unnest($1::int2[], $2::text[], $3::text[]) AS k (bucket, user_id, id)
     WHERE h.bucket = k.bucket AND h.user_id = k.user_id AND h.id = k.id`,
    [
      held.map(({ bucket }) => bucket),
      held.map(({ user }) => user),
      held.map(({ id }) => id),
      reason,
    ],
  );
}

async function writeIdentifies(
  tx: Session,
  held: readonly HeldRecord[],
  rootOf: ReadonlyMap<string, string>,
  accounts: UserAccounts,
  moment: Moment,
): Promise<void> {
  const wanted = held
    .filter(({ kind }) => kind === "identify")
    .flatMap((one) => {
      const user = rootOf.get(one.user) ?? one.user;
      const fields = fieldsOf(one);
      return accounts.accountsOf(user).map((account) => ({ account, user, fields, asOf: null }));
    });
  if (wanted.length === 0) return;
  const rows = await contactRows(tx, wanted);
  await writeContacts(tx, rows, moment);
  await markUsersKnown(tx, rows);
}

/** Answers those whose id stands for another event of their account. */
async function writeHeldEvents(
  tx: Session,
  held: readonly HeldRecord[],
  rootOf: ReadonlyMap<string, string>,
  { accounts, locked }: Homes,
  moment: Moment,
): Promise<Set<HeldRecord>> {
  const written: HeldRecord[] = [];
  const rows: EventRow[] = [];
  for (const one of held) {
    const user = rootOf.get(one.user) ?? one.user;
    const home = accounts.onlyAccountOf(user);
    if (one.kind !== "track" || "reason" in home) continue;
    const { id, name, at, content } = one;
    const properties = content.properties ?? {};
    rows.push(eventRow(home.account, user, { id, event: name ?? "", at, properties }));
    written.push(one);
  }
  if (rows.length === 0) return new Set();
  const { refused } = await writeEvents(tx, rows, moment, locked);
  return new Set(refused.flatMap(({ index }) => written[index] ?? []));
}
