import type { Day } from "../../core/time/day.ts";
import type { ContactRow, Moment, WriteCounts } from "../../engine/ports.ts";
import { accountKeys, lockAccounts, markFacts } from "../account-keys.ts";
import { bucketOf } from "../bucket.ts";
import type { Session } from "../db/database.ts";
import { CONTACT } from "../shapes.ts";
import type { AccountRecord, ContactRecord } from "../shapes.ts";
import { IntakeCounts } from "./intake-counts.ts";
import { CONTACT_TRAITS, writeTraits } from "./write-traits.ts";
import type { TraitWrite } from "./write-traits.ts";

/** Known fields whose history is kept, as that of traits of these names. */
const REMEMBERED = ["email", "name", "role", "timezone", "locale"] as const;

export async function writeContacts(
  tx: Session,
  rows: readonly ContactRow[],
  moment: Moment,
): Promise<WriteCounts> {
  const counts = new IntakeCounts(rows.length);
  const accounts = await lockAccounts(
    tx,
    rows.map(({ accountId }) => accountId),
  );
  const before = await loadContacts(tx, rows);
  const after = new Map<string, ContactRecord>();
  const traits: TraitWrite[] = [];
  rows.forEach((row, index) => {
    const account = accounts.get(row.accountId);
    if (!account) {
      counts.refuse(index, `there is no account ${row.accountId}`);
      return;
    }
    const key = keyOf(row.accountId, row.contactId);
    const present = after.get(key) ?? before.get(key);
    const next = present
      ? withKnown(present, row, moment.today)
      : newContact(account, row, moment.today);
    if (next !== present) {
      after.set(key, next);
      counts.changed([index]);
    }
    const isNew = !before.has(key);
    traits.push(...traitsOf(row, index, row.asOf ?? (isNew ? next.from : moment.today)));
  });
  await upsert(tx, [...after.values()]);
  counts.changed(await writeTraits(tx, CONTACT_TRAITS, traits, moment));
  await markFacts(
    tx,
    new Set([...counts.changedRows].flatMap((row) => rows[row]?.accountId ?? [])),
  );
  return counts.result();
}

async function loadContacts(
  tx: Session,
  rows: readonly ContactRow[],
): Promise<Map<string, ContactRecord>> {
  const [buckets, accounts] = accountKeys(rows.map(({ accountId }) => accountId));
  const found = await CONTACT.read(
    tx,
    "c",
    `FROM contact c JOIN (SELECT DISTINCT * FROM unnest($1::int2[], $2::text[], $3::text[])) AS k (bucket, account, id)
       ON c.bucket = k.bucket AND c.account = k.account AND c.id = k.id`,
    [buckets, accounts, rows.map(({ contactId }) => contactId)],
  );
  return new Map(found.map((contact) => [keyOf(contact.account, contact.id), contact]));
}

function keyOf(account: string, contact: string): string {
  return JSON.stringify([account, contact]);
}

/**
 * A contact that comes with its account has been there as long as the account says; a later one
 * is known from its row's day, else from now.
 */
function newContact(account: AccountRecord, row: ContactRow, today: Day): ContactRecord {
  const isWithAccount = account.firstSeen === today;
  const since = isWithAccount ? (row.createdAt ?? account.createdAt ?? today) : (row.asOf ?? today);
  return {
    bucket: bucketOf(row.accountId),
    account: row.accountId,
    id: row.contactId,
    // A contact's id is its user id where the source tells of no other.
    user: row.userId === undefined ? row.contactId : row.userId,
    email: foldEmail(row.email) ?? null,
    name: row.name ?? null,
    role: row.role ?? null,
    timezone: row.timezone ?? null,
    locale: row.locale ?? null,
    createdAt: row.createdAt ?? null,
    from: Math.min(since, row.asOf ?? today, today),
    knownAsOf: row.asOf ?? today,
    optOuts: [],
  };
}

/** The contact with the row's known columns; the same object when they change nothing. */
function withKnown(present: ContactRecord, row: ContactRow, today: Day): ContactRecord {
  const asOf = row.asOf ?? today;
  const from = Math.min(present.from, asOf);
  const known =
    asOf < present.knownAsOf
      ? {}
      : {
          ...given("user", row.userId),
          ...given("email", foldEmail(row.email)),
          ...given("name", row.name),
          ...given("role", row.role),
          ...given("timezone", row.timezone),
          ...given("locale", row.locale),
          ...given("createdAt", row.createdAt),
        };
  const isChanged =
    from !== present.from ||
    Object.entries(known).some(([field, value]) => present[field as keyof ContactRecord] !== value);
  return isChanged
    ? { ...present, ...known, from, knownAsOf: Math.max(asOf, present.knownAsOf) }
    : present;
}

function given<F extends keyof ContactRecord>(
  field: F,
  value: ContactRecord[F] | undefined,
): { [K in F]?: ContactRecord[F] } {
  return value === undefined ? {} : ({ [field]: value } as { [K in F]: ContactRecord[F] });
}

function foldEmail(email: string | null | undefined): string | null | undefined {
  return email?.trim().toLowerCase() ?? email;
}

function traitsOf(row: ContactRow, index: number, from: Day): TraitWrite[] {
  const known = REMEMBERED.flatMap((field) => {
    const value = field === "email" ? foldEmail(row.email) : row[field];
    return value === undefined ? [] : [[field, value] as const];
  });
  return [...known, ...Object.entries(row.traits)].map(([trait, value]) => ({
    row: index,
    account: row.accountId,
    contact: row.contactId,
    trait,
    from,
    stated: row.asOf !== null,
    value,
  }));
}

async function upsert(tx: Session, contacts: readonly ContactRecord[]): Promise<void> {
  await tx.q(
    `INSERT INTO contact (${CONTACT.names()}) SELECT ${CONTACT.names("n.")} FROM ${CONTACT.table("$1", "n")}
     ON CONFLICT (bucket, account, id) DO UPDATE SET ${CONTACT.updates("bucket", "account", "id")}`,
    [CONTACT.encode(contacts)],
  );
}
