import type { Json } from "../../core/facts/types.ts";
import { type Day, formatDay } from "../../core/time/day.ts";
import type {
  ContactKey,
  ContactListFilter,
  KnownContact,
  ListedContact,
} from "../../engine/ports.ts";
import { bucketOf } from "../bucket.ts";
import type { Database } from "../db/database.ts";
import { RecordShape } from "../db/record-shape.ts";
import { Conditions, likeText } from "./conditions.ts";

const LISTED = new RecordShape<ListedContact>({
  account: ["account", "text"],
  id: ["id", "text"],
  user: ["user_id", "text"],
  email: ["email", "text"],
  name: ["name", "text"],
  role: ["role", "text"],
  timezone: ["timezone", "text"],
  locale: ["locale", "text"],
  createdAt: ["created_at", "day"],
  from: ["from_on", "day"],
  optOuts: ["opt_outs", "texts"],
  accountName: ["account_name", "text"],
  accountOwner: ["account_owner", "text"],
});

function source(where: Conditions, limit: number): string {
  return `FROM (SELECT c.*, a.name AS account_name, a.owner AS account_owner FROM contact c
      JOIN account a ON a.bucket = c.bucket AND a.id = c.account
      WHERE ${where.sql} ORDER BY c.bucket, c.account, c.id LIMIT ${where.param(limit)}) l`;
}

export function contactPage(
  db: Database,
  { account, email, user, text, optedOut }: ContactListFilter,
  after: ContactKey | null,
  limit: number,
): Promise<ListedContact[]> {
  const where = new Conditions();
  if (account !== undefined)
    where
      .add(bucketOf(account), (param) => `c.bucket = ${param}`)
      .add(account, (param) => `c.account = ${param}`);
  where.add(email?.trim().toLowerCase(), (param) => `c.email = ${param}`);
  where.add(user, (param) => `c.user_id = ${param}`);
  if (text !== undefined) {
    const begins = where.param(`${likeText(text)}%`);
    const holds = where.param(`%${likeText(text)}%`);
    where.also(`(c.id LIKE ${begins} OR c.name ILIKE ${holds} OR c.email ILIKE ${holds})`);
  }
  if (optedOut !== undefined)
    where.also(optedOut ? "cardinality(c.opt_outs) > 0" : "cardinality(c.opt_outs) = 0");
  if (after) {
    const key = [bucketOf(after.account), after.account, after.id].map((part) => where.param(part));
    where.also(`(c.bucket, c.account, c.id) > (${key.join(", ")})`);
  }
  return LISTED.read(db, "l", source(where, limit), where.params);
}

const TRAIT = new RecordShape<{ trait: string; value: Json; from: Day }>({
  trait: ["trait", "text"],
  value: ["value", "jsonb"],
  from: ["from_on", "day"],
});

export async function knownContact(
  db: Database,
  { account, id }: ContactKey,
  today: Day,
): Promise<KnownContact | null> {
  const key = [bucketOf(account), account, id] as const;
  const where = new Conditions();
  where.also(`(c.bucket, c.account, c.id) = (${key.map((part) => where.param(part)).join(", ")})`);
  const [known] = await LISTED.read(db, "l", source(where, 1), where.params);
  if (!known) return null;
  const traits = await TRAIT.read(
    db,
    "t",
    `FROM (SELECT DISTINCT ON (trait) trait, value, from_on FROM contact_trait
      WHERE bucket = $1 AND account = $2 AND contact = $3 AND from_on <= $4
        AND trait NOT IN ('email', 'name', 'role', 'timezone', 'locale')
      ORDER BY trait, from_on DESC) t`,
    [...key, formatDay(today)],
  );
  return { ...known, traits: traits.filter(({ value }) => value !== null) };
}
