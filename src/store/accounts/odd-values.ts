import type { Json } from "../../core/facts/types.ts";
import type { AccountStore } from "../../engine/ports.ts";
import type { Database } from "../db/database.ts";

/** Different values looked at: enough for every day and word that a book may hold. */
const MOST_VALUES = 100_000;

/** Values of traits that are not of the JSON type named for it, each with how many accounts or contacts have had it. */
export function oddValues(
  db: Database,
  of: "accounts" | "contacts",
  traits: ReadonlyMap<string, string>,
): ReturnType<AccountStore["oddValues"]> {
  const [table, owner] =
    of === "accounts"
      ? ["account_trait", "t.bucket, t.account"]
      : ["contact_trait", "t.bucket, t.account, t.contact"];
  return db.q<{ trait: string; value: Json; count: number }>(
    `SELECT t.trait, t.value, count(DISTINCT (${owner})) AS count
     FROM ${table} t JOIN unnest($1::text[], $2::text[]) AS k (trait, fits) ON t.trait = k.trait
     WHERE jsonb_typeof(t.value) NOT IN ('null', k.fits)
     GROUP BY t.trait, t.value ORDER BY t.trait, t.value LIMIT ${MOST_VALUES}`,
    [[...traits.keys()], [...traits.values()]],
  );
}
