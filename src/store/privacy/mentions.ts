import type { Json } from "../../core/facts/types.ts";
import { accountKeys } from "../account-keys.ts";
import { quoteName } from "../db/copy-sql.ts";
import type { Session } from "../db/database.ts";
import { Conditions, likeText } from "../reading/conditions.ts";
import type { KnownPerson } from "./person.ts";
import type { Place } from "./places.ts";

/** `FROM … WHERE …` of the rows of a place in which the person may be named. */
export function mentionsIn(place: Place, person: KnownPerson): { sql: string; where: Conditions } {
  const where = new Conditions();
  where.also(ofAccounts(place, person, where));
  const { ids = [], texts = [], jsons = {} } = place;
  const any: string[] = [];
  if (ids.length > 0) {
    const known = where.param([...person.ids, ...person.receivers]);
    any.push(...ids.map((column) => `t.${column} = ANY(${known}::text[])`));
  }
  if (ids.length + texts.length > 0) {
    const named = where.param([...person.texts, ...keyParts(person)].map(asPattern));
    any.push(...[...ids, ...texts].map((column) => `t.${column} ILIKE ANY(${named}::text[])`));
  }
  const columns = Object.keys(jsons);
  if (columns.length > 0) {
    // as JSON writes them
    const all = [...person.texts, ...person.ids].map((text) => JSON.stringify(text).slice(1, -1));
    const named = where.param(all.map(asPattern));
    any.push(...columns.map((column) => `t.${column}::text ILIKE ANY(${named}::text[])`));
  }
  where.also(`(${any.join(" OR ")})`);
  return { sql: `FROM ${quoteName(place.table)} t WHERE ${where.sql}`, where };
}

/** Rows of the accounts in which the person is a contact. */
function ofAccounts(place: Place, person: KnownPerson, where: Conditions): string {
  if (place.accounts !== undefined) {
    const ids = where.param(person.accounts);
    return `EXISTS (SELECT 1 FROM json_array_elements_text(t.${place.accounts}) AS a (id) WHERE a.id = ANY(${ids}::text[]))`;
  }
  const [buckets, accounts] = accountKeys(person.accounts);
  const own = `(t.bucket, t.account) IN (SELECT * FROM unnest(${where.param(buckets)}::int2[], ${where.param(accounts)}::text[]))`;
  return place.isBookWide === true ? `(t.account IS NULL OR ${own})` : own;
}

function asPattern(text: string): string {
  return `%${likeText(text)}%`;
}

/** As a contact's id stands in the keys of its touches. */
function keyParts({ ids }: KnownPerson): string[] {
  return [...ids].map((id) => `/for:${id.replaceAll("%", "%25").replaceAll("/", "%2F")}`);
}

/** Those rows, whole, but for a list of accounts: what other customers there are is nobody's affair. */
export async function readMentions(
  tx: Session,
  place: Place,
  person: KnownPerson,
): Promise<Record<string, Json>[]> {
  const { sql, where } = mentionsIn(place, person);
  const columns =
    place.accounts === undefined
      ? ["*"]
      : [...Object.keys(place.key), ...(place.ids ?? []), ...(place.texts ?? [])];
  const shown = columns.map((column) => `t.${column}`).join(", ");
  const [found] = await tx.q<{ rows: Record<string, Json>[] }>(
    `SELECT coalesce(json_agg(to_json(l)), '[]') AS rows FROM (SELECT ${shown} ${sql}) l`,
    where.params,
  );
  return found?.rows ?? [];
}
