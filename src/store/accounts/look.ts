import { type Day, type Instant } from "../../core/time/day.ts";
import type { AccountStore } from "../../engine/ports.ts";
import type { Database } from "../db/database.ts";

type Answer<M extends keyof AccountStore> = ReturnType<AccountStore[M]>;

const MOST_FOUND = 10;
const DAY_NUMBER = (column: string): string => `(${column} - date '1970-01-01')`;

/** Ids that begin with the text first, then names that contain it. */
export function findAccounts(db: Database, text: string): Answer<"find"> {
  const wanted = text.toLowerCase();
  return db.q<{ id: string; name: string | null }>(
    `SELECT id, name FROM account
     WHERE starts_with(lower(id), $1) OR strpos(lower(name), $1) > 0
     ORDER BY NOT starts_with(lower(id), $1), id LIMIT ${MOST_FOUND}`,
    [wanted],
  );
}

export function traitNames(db: Database): Answer<"traitNames"> {
  return db.q<{ trait: string; accounts: number; newest: Day }>(
    `SELECT trait, count(DISTINCT (bucket, account)) AS accounts, max(${DAY_NUMBER("from_on")}) AS newest
     FROM account_trait WHERE value <> 'null' GROUP BY trait ORDER BY trait`,
  );
}

export function contactTraitNames(db: Database): Answer<"contactTraitNames"> {
  return db.q<{ trait: string; contacts: number }>(
    `SELECT trait, count(DISTINCT (bucket, account, contact)) AS contacts
     FROM contact_trait WHERE value <> 'null' GROUP BY trait ORDER BY trait`,
  );
}

export function eventNames(db: Database): Answer<"eventNames"> {
  return db.q<{
    name: string;
    events: number;
    accounts: number;
    newest: Instant;
    properties: string[];
  }>(
    `WITH by_account AS (
       SELECT name, bucket, account, count(*) AS events, max(at) AS newest FROM event GROUP BY name, bucket, account
     ), seen AS (
       SELECT name, sum(events)::int8 AS events, count(*) AS accounts, max(newest) AS newest FROM by_account GROUP BY name
     )
     SELECT s.name, s.events, s.accounts, s.newest,
       ARRAY(SELECT p.property FROM event_property p WHERE p.name = s.name ORDER BY p.property) AS properties
     FROM seen s ORDER BY s.name`,
  );
}

export async function countAll(db: Database): Answer<"counts"> {
  const [counts] = await db.q<Awaited<Answer<"counts">>>(
    `SELECT (SELECT count(*) FROM account) AS accounts, (SELECT count(*) FROM contact) AS contacts,
       (SELECT count(*) FROM event) AS events, (SELECT count(*) FROM touch) AS touches,
       (SELECT count(*) FROM decision) AS decisions`,
  );
  if (!counts) throw new Error("counting gave nothing");
  return counts;
}
