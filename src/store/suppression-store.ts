import type { Json } from "../core/facts/types.ts";
import type { Instant } from "../core/time/day.ts";
import type {
  ListedSuppression,
  Moment,
  PersonChange,
  PersonContact,
  PersonKey,
  PersonStore,
  SuppressionPlace,
} from "../engine/ports.ts";
import { accountKeys, lockAccounts, markFacts } from "./account-keys.ts";
import { addAudit } from "./audit-store.ts";
import { bucketOf } from "./bucket.ts";
import type { Database, Session } from "./db/database.ts";
import { json } from "./db/send-value.ts";
import { CONTACT_TRAITS, writeTraits } from "./intake/write-traits.ts";
import { addSuppressions, suppressedAmong } from "./outbox/receiver-uses.ts";
import { CONTACT, CONTACT_TRAIT } from "./shapes.ts";
import type { ContactRecord } from "./shapes.ts";

/** What a person wants, and the addresses that are not written to, whoever has them. */
export function personStore(db: Database): PersonStore {
  return {
    find: (key) => findPerson(db, key),
    change: (key, change, moment) => db.tx((tx) => changePerson(tx, key, change, moment)),
    suppressions: (addresses) => suppressedAmong(db, addresses),
    listSuppressions: (address, after, limit) => listSuppressions(db, address, after, limit),
  };
}

async function listSuppressions(
  db: Database,
  address: string | null,
  after: SuppressionPlace | null,
  limit: number,
): Promise<ListedSuppression[]> {
  return db.q<{ bucket: number; address: string; channel: string; reason: string; at: Instant }>(
    `SELECT bucket, address, channel, reason, at FROM suppression
     WHERE (bucket, address, channel) > ($1::int2, $2::text, $3::text)
       AND ($4::text IS NULL OR (bucket = $5::int2 AND address = $4))
     ORDER BY bucket, address, channel LIMIT $6`,
    [
      after?.bucket ?? -1,
      after?.address ?? "",
      after?.channel ?? "",
      address,
      address === null ? null : bucketOf(address),
      limit,
    ],
  );
}

async function contactsOf(session: Session, key: PersonKey): Promise<ContactRecord[]> {
  return "email" in key
    ? CONTACT.read(
        session,
        "c",
        "FROM contact c WHERE c.email = $1 ORDER BY c.bucket, c.account, c.id",
        [key.email],
      )
    : CONTACT.read(
        session,
        "c",
        "FROM contact c WHERE c.bucket = $1 AND c.account = $2 AND c.id = $3",
        [bucketOf(key.account), key.account, key.contact],
      );
}

async function findPerson(db: Database, key: PersonKey): Promise<PersonContact[]> {
  const contacts = await contactsOf(db, key);
  const traits = await CONTACT_TRAIT.read(
    db,
    "t",
    `FROM contact_trait t JOIN unnest($1::int2[], $2::text[], $3::text[]) AS k (bucket, account, contact)
       ON t.bucket = k.bucket AND t.account = k.account AND t.contact = k.contact
     ORDER BY t.bucket, t.account, t.contact, t.trait, t.from_on`,
    [...accountKeys(contacts.map(({ account }) => account)), contacts.map(({ id }) => id)],
  );
  return contacts.map((record) => {
    const { bucket: _, knownAsOf: __, account, ...contact } = record;
    const own: Record<string, Json> = {};
    // of each trait the newest value comes last
    for (const trait of traits) {
      if (trait.account === account && trait.contact === contact.id) own[trait.trait] = trait.value;
    }
    return { account, contact, traits: own };
  });
}

async function changePerson(
  tx: Session,
  key: PersonKey,
  change: PersonChange,
  moment: Moment,
): Promise<number> {
  await addSuppressions(tx, change.suppress, moment.now);
  await lift(tx, change);
  const found = await contactsOf(tx, key);
  await lockAccounts(tx, new Set(found.map(({ account }) => account)));
  // what is changed are the contacts as they stand under the locks
  const contacts = await contactsOf(tx, key);
  const changed = contacts.filter(
    (contact) => optOutsAfter(contact, change).join("\n") !== contact.optOuts.join("\n"),
  );
  await tx.q(
    `UPDATE contact c SET opt_outs = n.opt_outs
     FROM json_to_recordset($1::json) AS n (bucket int2, account text, id text, opt_outs text[])
     WHERE c.bucket = n.bucket AND c.account = n.account AND c.id = n.id`,
    [
      json(
        changed.map((contact) => ({
          bucket: contact.bucket,
          account: contact.account,
          id: contact.id,
          opt_outs: optOutsAfter(contact, change),
        })),
      ),
    ],
  );
  const stated = await writeTraits(
    tx,
    CONTACT_TRAITS,
    contacts.flatMap(({ account, id }, row) =>
      Object.entries(change.traits).map(([trait, value]) => ({
        row,
        account,
        contact: id,
        trait,
        from: moment.today,
        stated: false,
        value,
      })),
    ),
    moment,
  );
  const touched = contacts.filter((contact, row) => changed.includes(contact) || stated.has(row));
  await markFacts(tx, new Set(touched.map(({ account }) => account)));
  if (change.audit) await addAudit(tx, change.audit, moment.now);
  return touched.length;
}

function optOutsAfter({ optOuts }: ContactRecord, { optOut, optIn }: PersonChange): string[] {
  const kept = optOuts.filter((channel) => !optIn.includes(channel));
  return [...new Set([...kept, ...optOut])].toSorted();
}

async function lift(tx: Session, change: PersonChange): Promise<void> {
  if (change.lift.length === 0) return;
  await tx.q(
    `DELETE FROM suppression s USING unnest($1::int2[], $2::text[], $3::text[]) AS k (bucket, address, channel)
     WHERE s.bucket = k.bucket AND s.address = k.address AND s.channel = k.channel`,
    [
      change.lift.map(({ address }) => bucketOf(address)),
      change.lift.map(({ address }) => address),
      change.lift.map(({ channel }) => channel),
    ],
  );
}
