import type { Json } from "../../core/facts/types.ts";
import { type Day, formatDay } from "../../core/time/day.ts";
import type { Moment } from "../../engine/ports.ts";
import { bucketOf } from "../bucket.ts";
import type { Session } from "../db/database.ts";
import { json } from "../db/send-value.ts";

/** A value on its way into a history of traits. */
export interface TraitWrite {
  /** Row of the batch it came with. */
  readonly row: number;
  readonly account: string;
  readonly contact?: string;
  readonly trait: string;
  /** The day it counts from. */
  readonly from: Day;
  /** `from` was given by the source: written even when it is the present value. */
  readonly stated: boolean;
  readonly value: Json;
}

interface TraitTable {
  readonly name: string;
  readonly keys: readonly string[];
}

export const ACCOUNT_TRAITS: TraitTable = {
  name: "account_trait",
  keys: ["bucket", "account", "trait"],
};
export const ACCOUNT_OUTCOMES: TraitTable = {
  name: "account_outcome",
  keys: ["bucket", "account", "name"],
};
export const CONTACT_TRAITS: TraitTable = {
  name: "contact_trait",
  keys: ["bucket", "account", "contact", "trait"],
};

/**
 * Writes what is new; answers the rows of the batch that changed something. A second value for
 * a day replaces the first; one without a stated day is written only when it differs from the
 * present value; never set and null are the same.
 */
export async function writeTraits(
  tx: Session,
  table: TraitTable,
  writes: readonly TraitWrite[],
  moment: Moment,
): Promise<Set<number>> {
  if (writes.length === 0) return new Set();
  // Of two values for one day in one batch the later one stays.
  const last = new Map(writes.map((write) => [keyOf(write), write]));
  const { name, keys } = table;
  const { present, isOther } = tx.isSpread ? presentTogether(table) : presentByRow(table);
  const same = sameKeys(keys);
  const changed = await tx.q<{ rows: number[] }>(
    `WITH n AS (
       SELECT row, ${keys.join(", ")}, from_on, stated, coalesce(value, 'null') AS value
       FROM json_to_recordset($1::json) AS n
         (row int4, bucket int2, account text, contact text, trait text, name text, from_on date, stated bool, value jsonb)
     ), ${present}written AS (
       INSERT INTO ${name} AS t (${keys.join(", ")}, from_on, arrived, value)
       SELECT ${keys.map((key) => `n.${key}`).join(", ")}, n.from_on, $2, n.value FROM n
       ${isOther}
       ON CONFLICT (${keys.join(", ")}, from_on) DO UPDATE SET value = excluded.value, arrived = excluded.arrived
         WHERE t.value <> excluded.value
       RETURNING ${keys.join(", ")}, from_on
     )
     SELECT coalesce(array_agg(DISTINCT n.row), '{}') AS rows
     FROM n JOIN written w ON ${same("w")} AND w.from_on = n.from_on`,
    [json([...last.values()].map(asRecord)), new Date(moment.now), formatDay(moment.today)],
  );
  return new Set(changed[0]?.rows);
}

function sameKeys(keys: readonly string[]): (other: string) => string {
  return (other) => keys.map((key) => `${other}.${key} = n.${key}`).join(" AND ");
}

/** How a statement finds the present value of each row, for its WITH and for its WHERE. */
interface PresentValue {
  readonly present: string;
  readonly isOther: string;
}

/** A look into the index for each row that needs it: nothing else costs less on one server. */
function presentByRow({ name, keys }: TraitTable): PresentValue {
  return {
    present: "",
    isOther: `WHERE n.stated OR n.value <> coalesce(
      (SELECT p.value FROM ${name} p WHERE ${sameKeys(keys)("p")} AND p.from_on <= $3
       ORDER BY p.from_on DESC LIMIT 1), 'null')`,
  };
}

/** All at once, as servers of a cluster can be asked. */
function presentTogether({ name, keys }: TraitTable): PresentValue {
  const columns = keys.map((key) => `p.${key}`).join(", ");
  return {
    present: `present AS (
      SELECT DISTINCT ON (${columns}) ${columns}, p.value FROM n JOIN ${name} p ON ${sameKeys(keys)("p")}
      WHERE p.from_on <= $3 ORDER BY ${columns}, p.from_on DESC
    ), `,
    isOther: `LEFT JOIN present v ON ${sameKeys(keys)("v")} WHERE n.stated OR n.value <> coalesce(v.value, 'null')`,
  };
}

function keyOf({ account, contact, trait, from }: TraitWrite): string {
  return JSON.stringify([account, contact, trait, from]);
}

function asRecord({ row, account, contact, trait, from, stated, value }: TraitWrite): object {
  const bucket = bucketOf(account);
  return {
    row,
    bucket,
    account,
    contact,
    trait,
    name: trait,
    from_on: formatDay(from),
    stated,
    value,
  };
}
