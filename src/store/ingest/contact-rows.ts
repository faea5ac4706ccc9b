import { NOTHING_SAID } from "../../engine/bare-rows.ts";
import type { ContactFields } from "../../engine/ports/ingest.ts";
import type { ContactRow } from "../../engine/ports.ts";
import { bucketOf } from "../bucket.ts";
import type { Session } from "../db/database.ts";

/** What is to be written about a user in one of its accounts; fields null: only that it is there. */
export interface UserInAccount {
  readonly account: string;
  readonly user: string;
  readonly fields: ContactFields | null;
  readonly asOf: number | null;
}

interface Candidate {
  readonly account: string;
  readonly id: string;
  readonly userId: string | null;
  readonly email: string | null;
  readonly userKnown: boolean;
}

/** Who a user is among the contacts of an account. */
interface Resolved {
  readonly id: string;
  /** The contact has to be told that it is this user. */
  readonly isNews: boolean;
}

/**
 * The contact rows that say so. A user is the contact with its user id, else the one whose id it
 * is, else one with its address that is no other user's (a CRM's import knows no user ids), else
 * a new contact. Whoever asks holds the accounts' locks.
 */
export async function contactRows(
  tx: Session,
  wanted: readonly UserInAccount[],
): Promise<ContactRow[]> {
  const pairs = pairsOf(wanted);
  const candidates = await candidatesFor(tx, [...pairs.values()]);
  const resolved = new Map<string, Resolved>();
  const used = new Set<string>();
  for (const [key, pair] of pairs) {
    const own = candidates.filter(({ account }) => account === pair.account);
    const found = resolve(pair, own, used);
    used.add(keyOf(pair.account, found.id));
    resolved.set(key, found);
  }
  const told = new Set<string>();
  return wanted.flatMap(({ account, user, fields, asOf }): ContactRow[] => {
    const key = keyOf(account, user);
    const { id, isNews } = resolved.get(key) as Resolved;
    const isFirst = isNews && !told.has(key);
    told.add(key);
    if (fields === null && !isFirst) return [];
    const userId = isFirst ? user : undefined;
    return [{ ...(fields ?? NOTHING_SAID), accountId: account, contactId: id, userId, asOf }];
  });
}

/** The product has told of these users: an address alone is no reason to take them for others. */
export async function markUsersKnown(tx: Session, rows: readonly ContactRow[]): Promise<void> {
  const told = rows.filter(({ userId }) => userId !== undefined);
  if (told.length === 0) return;
  await tx.q(
    `UPDATE contact c SET user_known = true FROM unnest($1::int2[], $2::text[], $3::text[]) AS k (bucket, account, id)
     WHERE c.bucket = k.bucket AND c.account = k.account AND c.id = k.id`,
    [
      told.map(({ accountId }) => bucketOf(accountId)),
      told.map(({ accountId }) => accountId),
      told.map(({ contactId }) => contactId),
    ],
  );
}

interface Pair {
  readonly account: string;
  readonly user: string;
  readonly email: string | null;
}

function keyOf(account: string, user: string): string {
  return JSON.stringify([account, user]);
}

/** Each user of each account once, with its newest address. */
function pairsOf(wanted: readonly UserInAccount[]): Map<string, Pair> {
  const pairs = new Map<string, Pair>();
  for (const { account, user, fields } of wanted) {
    const key = keyOf(account, user);
    const email = fields?.email?.trim().toLowerCase() ?? pairs.get(key)?.email ?? null;
    pairs.set(key, { account, user, email });
  }
  return pairs;
}

function resolve(pair: Pair, own: readonly Candidate[], used: ReadonlySet<string>): Resolved {
  const known = own.find(({ userId }) => userId === pair.user);
  if (known) return { id: known.id, isNews: !known.userKnown };
  const named = own.find(({ id }) => id === pair.user);
  if (named) return { id: named.id, isNews: named.userId === null };
  const addressed = own.find(
    ({ id, userId, email, userKnown }) =>
      email !== null &&
      email === pair.email &&
      !userKnown &&
      (userId === null || userId === id) &&
      !used.has(keyOf(pair.account, id)),
  );
  return { id: addressed?.id ?? pair.user, isNews: true };
}

/**
 * Contacts that may be them, by user id, id and address. Each way has an index of its own; with
 * `|| ''` no planner takes that of the account instead, which may have 100,000 contacts.
 */
async function candidatesFor(tx: Session, pairs: readonly Pair[]): Promise<Candidate[]> {
  if (pairs.length === 0) return [];
  const by = (condition: string, account: string): string =>
    `SELECT c.bucket, c.account, c.id, c.user_id, c.email, c.user_known FROM k JOIN contact c
       ON ${condition} AND ${account} = k.account`;
  return tx.q<Candidate>(
    `WITH k AS (SELECT * FROM unnest($1::int2[], $2::text[], $3::text[], $4::text[]) AS k (bucket, account, name, email))
     SELECT account, id, user_id AS "userId", email, user_known AS "userKnown" FROM (
       ${by("c.user_id = k.name", "c.account || ''")}
       UNION ${by("c.bucket = k.bucket AND c.id = k.name", "c.account")}
       UNION ${by("c.email = k.email", "c.account || ''")}) f
     ORDER BY bucket, account, id`,
    [
      pairs.map(({ account }) => bucketOf(account)),
      pairs.map(({ account }) => account),
      pairs.map(({ user }) => user),
      pairs.map(({ email }) => email),
    ],
  );
}
