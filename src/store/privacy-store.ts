import type { Json } from "../core/facts/types.ts";
import type {
  Erasure,
  ErasureOrder,
  Moment,
  PersonRecords,
  PrivacyStore,
} from "../engine/ports.ts";
import { lockAccounts, mark } from "./account-keys.ts";
import { addAudit } from "./audit-store.ts";
import { quoteName } from "./db/copy-sql.ts";
import type { Database, Session } from "./db/database.ts";
import { json } from "./db/send-value.ts";
import { forgetRejects } from "./import-run-store.ts";
import { addSuppressions } from "./outbox/receiver-uses.ts";
import { readMentions } from "./privacy/mentions.ts";
import { findPerson, type KnownPerson } from "./privacy/person.ts";
import { CHANGED, type Place, REMOVED } from "./privacy/places.ts";
import { Redaction } from "./privacy/redact.ts";

export function privacyStore(db: Database): PrivacyStore {
  return {
    gather: (key) =>
      db.tx(
        async (tx) => {
          const person = await findPerson(tx, key);
          return person ? gather(tx, person) : null;
        },
        { snapshot: true },
      ),
    erase: (key, order, moment) =>
      db.tx(async (tx) => {
        const before = await findPerson(tx, key);
        if (!before) return null;
        await lockAccounts(tx, before.accounts);
        // as it stands under the locks
        const person = (await findPerson(tx, key)) ?? before;
        return erase(tx, person, order, moment);
      }),
  };
}

const OF_CONTACT = `JOIN unnest($1::int2[], $2::text[], $3::text[]) AS k (bucket, account, contact)
  ON t.bucket = k.bucket AND t.account = k.account`;

function contactKeys({ contacts }: KnownPerson): readonly [number[], string[], string[]] {
  return [
    contacts.map(({ bucket }) => bucket),
    contacts.map(({ account }) => account),
    contacts.map(({ id }) => id),
  ];
}

async function gather(tx: Session, person: KnownPerson): Promise<PersonRecords> {
  const records: Record<string, readonly Json[]> = {};
  const put = (table: string, rows: readonly Json[]): void => {
    if (rows.length > 0) records[table] = rows;
  };
  const own = async (table: string, column: string): Promise<Json[]> => {
    const [found] = await tx.q<{ rows: Json[] }>(
      `SELECT coalesce(json_agg(to_json(t)), '[]') AS rows FROM ${table} t ${OF_CONTACT} AND t.${column} = k.contact`,
      contactKeys(person),
    );
    return found?.rows ?? [];
  };
  put("contact", await own("contact", "id"));
  put("contact_trait", await own("contact_trait", "contact"));
  for (const place of CHANGED) put(place.table, await readMentions(tx, place, person));
  for (const [table, { by, of }] of Object.entries(REMOVED)) {
    const condition = by.map((column) => `t.${column} = ANY($1::text[])`).join(" OR ");
    const [found] = await tx.q<{ rows: Json[] }>(
      `SELECT coalesce(json_agg(to_json(t)), '[]') AS rows FROM ${quoteName(table)} t WHERE ${condition}`,
      [[...person[of]]],
    );
    put(table, found?.rows ?? []);
  }
  return { contacts: person.contacts.map(({ account, id }) => ({ account, id })), records };
}

async function erase(
  tx: Session,
  person: KnownPerson,
  order: ErasureOrder,
  moment: Moment,
): Promise<Erasure> {
  const rows: Record<string, number> = {};
  const redaction = new Redaction(person, order.pseudonym);
  await suppress(tx, person, order, moment);
  await addAudit(tx, order.audit, moment.now);
  for (const place of CHANGED) {
    const changed = await redactPlace(tx, place, person, redaction);
    if (changed > 0) rows[place.table] = changed;
  }
  for (const [table, { by, of }] of Object.entries(REMOVED)) {
    const condition = by.map((column) => `${column} = ANY($1::text[])`).join(" OR ");
    const gone = await tx.q(`DELETE FROM ${quoteName(table)} WHERE ${condition} RETURNING bucket`, [
      [...person[of]],
    ]);
    if (gone.length > 0) rows[table] = gone.length;
  }
  const forgotten = await forgetRejects(tx, [...person.ids, ...person.texts]);
  if (forgotten > 0) rows["import_run"] = forgotten;
  // its traits go with it
  const gone = await tx.q(
    `DELETE FROM contact t USING unnest($1::int2[], $2::text[], $3::text[]) AS k (bucket, account, contact)
     WHERE t.bucket = k.bucket AND t.account = k.account AND t.id = k.contact RETURNING t.id`,
    contactKeys(person),
  );
  rows["contact"] = gone.length;
  await mark(tx, person.accounts, { news: true, state: true, facts: true });
  return { contacts: person.contacts.map(({ account, id }) => ({ account, id })), rows };
}

/** What it did not want has to hold for its addresses should they ever come back. */
async function suppress(
  tx: Session,
  { contacts, emails }: KnownPerson,
  { hash, suppressAll }: ErasureOrder,
  { now }: Moment,
): Promise<void> {
  const refused = contacts.flatMap(({ optOuts }) => optOuts);
  const channels = [...new Set([...refused, ...(suppressAll ? ["all"] : [])])];
  const all = [...emails].flatMap((email) =>
    channels.map((channel) => ({ address: hash(email), channel, reason: "erased" })),
  );
  await addSuppressions(tx, all, now);
}

async function redactPlace(
  tx: Session,
  place: Place,
  person: KnownPerson,
  redaction: Redaction,
): Promise<number> {
  const rows = await readMentions(tx, place, person);
  const columns = [...(place.ids ?? []), ...(place.texts ?? []), ...Object.keys(place.jsons ?? {})];
  const changed = rows.flatMap((row) => {
    const after = redactRow(place, row, redaction);
    const isSame = columns.every((name) => json(row[name]) === json(after[name]));
    if (isSame) return [];
    const keys = Object.keys(place.key).map((name): [string, Json] => [
      `key_${name}`,
      row[name] ?? null,
    ]);
    return [{ ...Object.fromEntries(keys), ...after }];
  });
  if (changed.length === 0) return 0;
  const types = { ...Object.fromEntries(columns.map((name) => [name, "text"])), ...place.jsons };
  const given = [
    ...Object.entries(place.key).map(([name, type]) => `key_${name} ${type}`),
    ...columns.map((name) => `${name} ${types[name] ?? "text"}`),
  ];
  const same = Object.keys(place.key).map((name) => `t.${name} = n.key_${name}`);
  await tx.q(
    `UPDATE ${quoteName(place.table)} t SET ${columns.map((name) => `${name} = n.${name}`).join(", ")}
     FROM json_to_recordset($1::json) AS n (${given.join(", ")}) WHERE ${same.join(" AND ")}`,
    [json(changed)],
  );
  return changed.length;
}

function redactRow(
  { ids = [], texts = [], jsons = {}, isState = false, message }: Place,
  row: Readonly<Record<string, Json>>,
  redaction: Redaction,
): Record<string, Json> {
  const after: Record<string, Json> = {};
  for (const name of ids) {
    const value = row[name];
    after[name] = typeof value === "string" ? redaction.idOrAddress(value) : null;
  }
  for (const name of texts) {
    const value = row[name];
    after[name] = typeof value === "string" ? redaction.text(value) : null;
  }
  for (const name of Object.keys(jsons)) {
    const value = row[name] ?? null;
    const isToPerson = name === message && redaction.isId(row["contact"]);
    after[name] = isToPerson ? redaction.message() : redaction.json(value, isState);
  }
  return after;
}
