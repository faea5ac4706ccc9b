import type { DataGap, GapCounts, GapRow, QualityStore } from "../engine/ports.ts";
import type { Database } from "./db/database.ts";
import { RecordShape } from "./db/record-shape.ts";

const ROW = new RecordShape<GapRow>({
  account: ["account", "text"],
  accountName: ["account_name", "text"],
  owner: ["owner", "text"],
  contact: ["contact", "text"],
  contactName: ["contact_name", "text"],
});

const NO_CONTACTS =
  "NOT EXISTS (SELECT 1 FROM contact c WHERE c.bucket = a.bucket AND c.account = a.id)";
const NO_EMAIL = "(c.email IS NULL OR c.email = '')";

/** Rows of a gap, each with the fields of ROW; accounts that have ended are nobody's work. */
const SOURCES: { readonly [G in DataGap]: string } = {
  owner: accounts("a.owner IS NULL"),
  contacts: accounts(NO_CONTACTS),
  email: `SELECT a.id AS account, a.name AS account_name, a.owner, c.id AS contact, c.name AS contact_name
    FROM contact c JOIN account a ON a.bucket = c.bucket AND a.id = c.account
    WHERE a.closed_at IS NULL AND ${NO_EMAIL}`,
};

function accounts(missing: string): string {
  return `SELECT a.id AS account, a.name AS account_name, a.owner, NULL::text AS contact, NULL::text AS contact_name
    FROM account a WHERE a.closed_at IS NULL AND ${missing}`;
}

export function qualityStore(db: Database): QualityStore {
  return {
    async gaps() {
      const [found] = await db.q<GapCounts & Record<string, unknown>>(
        `SELECT x.accounts, x.without_owner AS "withoutOwner", x.without_contacts AS "withoutContacts",
           y.contacts, y.without_email AS "withoutEmail"
         FROM (SELECT count(*) AS accounts, count(*) FILTER (WHERE a.owner IS NULL) AS without_owner,
             count(*) FILTER (WHERE ${NO_CONTACTS}) AS without_contacts
           FROM account a WHERE a.closed_at IS NULL) x,
         (SELECT count(*) AS contacts, count(*) FILTER (WHERE ${NO_EMAIL}) AS without_email
           FROM contact c JOIN account a ON a.bucket = c.bucket AND a.id = c.account
           WHERE a.closed_at IS NULL) y`,
      );
      if (!found) throw new Error("counting gave nothing");
      return found;
    },
    rows: (gap, limit, after) =>
      ROW.read(
        db,
        "g",
        `FROM (${SOURCES[gap]}) g
         ${after ? "WHERE (g.account, coalesce(g.contact, '')) > ($1::text, $2::text)" : ""}
         ORDER BY g.account, coalesce(g.contact, '') LIMIT ${Math.trunc(limit)}`,
        after ? [after.account, after.contact ?? ""] : [],
      ),
  };
}
