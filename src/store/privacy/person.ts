import type { ContactKey } from "../../engine/ports.ts";
import { bucketOf } from "../bucket.ts";
import type { Session } from "../db/database.ts";
import { CONTACT, CONTACT_TRAIT } from "../shapes.ts";
import type { ContactRecord } from "../shapes.ts";

/** By what a person is known: to find what is kept about it. */
export interface KnownPerson {
  readonly contacts: readonly ContactRecord[];
  readonly accounts: readonly string[];
  /** Contact ids, user ids, and the names its users had before. */
  readonly ids: ReadonlySet<string>;
  readonly emails: ReadonlySet<string>;
  /** Addresses and names, present and former. */
  readonly texts: ReadonlySet<string>;
  /** Under what contact caps count it. */
  readonly receivers: ReadonlySet<string>;
}

/** null: there is no such contact. */
export async function findPerson(tx: Session, key: ContactKey): Promise<KnownPerson | null> {
  const [first] = await CONTACT.read(
    tx,
    "c",
    "FROM contact c WHERE c.bucket = $1 AND c.account = $2 AND c.id = $3",
    [bucketOf(key.account), key.account, key.id],
  );
  if (!first) return null;
  const contacts = await sameContacts(tx, first);
  const users = contacts.flatMap(({ user }) => user ?? []);
  const aliases = await tx.q<{ alias: string; user: string }>(
    `SELECT alias, user_id AS user FROM user_alias WHERE user_id = ANY($1::text[]) OR alias = ANY($1::text[])`,
    [users],
  );
  const former = await formerTexts(tx, contacts);
  const emails = new Set([...contacts.flatMap(({ email }) => email ?? []), ...former.emails]);
  return {
    contacts,
    accounts: [...new Set(contacts.map(({ account }) => account))],
    ids: new Set([
      ...contacts.map(({ id }) => id),
      ...users,
      ...aliases.flatMap(({ alias, user }) => [alias, user]),
    ]),
    emails,
    texts: new Set(
      [...emails, ...former.names, ...contacts.flatMap(({ name }) => name ?? [])].filter(
        (text) => text.trim().length > 1,
      ),
    ),
    receivers: new Set([
      ...emails,
      ...contacts.map(({ account, id }) => JSON.stringify([account, id])),
    ]),
  };
}

/** Contacts with its address or user id, in whichever accounts, and those that are theirs in turn. */
async function sameContacts(tx: Session, first: ContactRecord): Promise<ContactRecord[]> {
  let found = [first];
  for (;;) {
    const more = await CONTACT.read(
      tx,
      "c",
      `FROM contact c WHERE c.email = ANY($1::text[]) OR c.user_id = ANY($2::text[])
         OR (c.bucket = $3 AND c.account = $4 AND c.id = $5)
       ORDER BY c.bucket, c.account, c.id`,
      [
        found.flatMap(({ email }) => email ?? []),
        found.flatMap(({ user }) => user ?? []),
        first.bucket,
        first.account,
        first.id,
      ],
    );
    if (more.length <= found.length) return more;
    found = more;
  }
}

async function formerTexts(tx: Session, contacts: readonly ContactRecord[]) {
  const rows = await CONTACT_TRAIT.read(
    tx,
    "t",
    `FROM contact_trait t JOIN unnest($1::int2[], $2::text[], $3::text[]) AS k (bucket, account, contact)
       ON t.bucket = k.bucket AND t.account = k.account AND t.contact = k.contact
     WHERE t.trait IN ('email', 'name')`,
    [
      contacts.map(({ bucket }) => bucket),
      contacts.map(({ account }) => account),
      contacts.map(({ id }) => id),
    ],
  );
  const of = (trait: string) =>
    rows.flatMap((row) => (row.trait === trait && typeof row.value === "string" ? row.value : []));
  return { emails: of("email"), names: of("name") };
}
