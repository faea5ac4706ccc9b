import type { Json } from "../../core/facts/types.ts";
import { type Day, formatDay } from "../../core/time/day.ts";
import type {
  AccountAfter,
  AccountListFilter,
  AccountOrder,
  AccountStateChoice,
  KnownAccount,
  ListedAccount,
} from "../../engine/ports.ts";
import { accountKeys } from "../account-keys.ts";
import { bucketOf } from "../bucket.ts";
import type { Database } from "../db/database.ts";
import { RecordShape } from "../db/record-shape.ts";
import { Conditions, likeText } from "./conditions.ts";

const LISTED = new RecordShape<ListedAccount>({
  id: ["id", "text"],
  name: ["name", "text"],
  owner: ["owner", "text"],
  createdAt: ["created_at", "day"],
  closedAt: ["closed_at", "day"],
  decidedOn: ["decided_on", "day"],
  decision: ["decision", "json"],
  orderValue: ["order_value", "text"],
});

const STATES: { readonly [S in AccountStateChoice]: string } = {
  open: "(s.decision IS NOT NULL OR s.account IS NULL)",
  decided: "s.decision IS NOT NULL",
  closed: "(s.account IS NOT NULL AND s.decision IS NULL)",
  undecided: "s.account IS NULL",
  all: "true",
};

/** Each order as text, so that a cursor can hold where it is; what is unknown comes last. */
const ORDERS: { readonly [O in AccountOrder]: string } = {
  id: "a.id",
  name: `lower(a.name) COLLATE "C"`,
  owner: "a.owner",
  created_at: `to_char(a.created_at, 'YYYY-MM-DD') COLLATE "C"`,
};

/**
 * Accounts after the one seen last. Without an order a page costs what its rows cost, however
 * large the book; with one, the small columns of all accounts are looked through.
 */
export function accountPage(
  db: Database,
  filter: AccountListFilter,
  after: AccountAfter | null,
  limit: number,
): Promise<ListedAccount[]> {
  const where = new Conditions();
  const { id, ids, level, stage, owner, text, state, order } = filter;
  where.also(STATES[state]);
  if (id !== undefined)
    where.also(`(a.bucket, a.id) = (${where.param(bucketOf(id))}, ${where.param(id)})`);
  if (ids) {
    const [buckets, names] = accountKeys(ids);
    where.also(
      `(a.bucket, a.id) IN (SELECT * FROM unnest(${where.param(buckets)}::int2[], ${where.param(names)}::text[]))`,
    );
  }
  where.add(level, (param) => `s.decision #>> '{level,name}' = ${param}`);
  where.add(stage, (param) => `s.decision #>> '{stage,name}' = ${param}`);
  if (owner === null) where.also("a.owner IS NULL");
  else where.add(owner, (param) => `a.owner = ${param}`);
  if (text !== undefined) {
    const begins = where.param(`${likeText(text)}%`);
    const holds = where.param(`%${likeText(text)}%`);
    where.also(`(a.id LIKE ${begins} OR a.name ILIKE ${holds})`);
  }
  const direction = order?.descending === true ? "DESC" : "ASC";
  let sorted = "a.bucket, a.id";
  if (order) {
    const value = ORDERS[order.by];
    sorted = `${value} ${direction} NULLS LAST, a.id`;
    if (after) goOn(where, value, after, order.descending);
  } else if (after) {
    where.also(`(a.bucket, a.id) > (${where.param(bucketOf(after.id))}, ${where.param(after.id)})`);
  }
  const rows = `FROM (SELECT a.id, a.name, a.owner, a.created_at, a.closed_at, a.decided_on, s.decision,
        ${order ? ORDERS[order.by] : "a.id"} AS order_value
      FROM account a LEFT JOIN account_state s ON s.bucket = a.bucket AND s.account = a.id
      WHERE ${where.sql} ORDER BY ${sorted} LIMIT ${where.param(limit)}) l`;
  return LISTED.read(db, "l", rows, where.params);
}

function goOn(where: Conditions, value: string, after: AccountAfter, descending: boolean): void {
  const id = where.param(after.id);
  if (after.value === null || after.value === undefined) {
    where.also(`(${value} IS NULL AND a.id > ${id})`);
    return;
  }
  const seen = where.param(after.value);
  const beyond = descending ? "<" : ">";
  where.also(
    `(${value} ${beyond} ${seen} OR (${value} = ${seen} AND a.id > ${id}) OR ${value} IS NULL)`,
  );
}

type Known = Omit<KnownAccount, "traits">;
const KNOWN = LISTED.with(
  new RecordShape<Omit<Known, keyof ListedAccount>>({
    parent: ["parent", "text"],
    timezone: ["timezone", "text"],
    firstSeenAt: ["first_seen_at", "instant"],
    factsRev: ["facts_rev", "int8"],
    stateRev: ["state_rev", "int8"],
    contacts: ["contacts", "int8"],
    openTouches: ["open_touches", "int8"],
    waiting: ["waiting", "bool"],
  }),
);
const TRAIT = new RecordShape<{ trait: string; value: Json; from: Day }>({
  trait: ["trait", "text"],
  value: ["value", "jsonb"],
  from: ["from_on", "day"],
});

export function knownAccount(db: Database, id: string, today: Day): Promise<KnownAccount | null> {
  const key = [bucketOf(id), id] as const;
  return db.tx(
    async (tx) => {
      const [known] = await KNOWN.read(
        tx,
        "l",
        `FROM (SELECT a.*, s.decision, a.id AS order_value,
            (SELECT count(*) FROM contact c WHERE c.bucket = a.bucket AND c.account = a.id) AS contacts,
            (SELECT count(*) FROM touch t WHERE t.bucket = a.bucket AND t.account = a.id
              AND t.status IN ('planned', 'due', 'deferred', 'sending', 'uncertain')) AS open_touches
          FROM account a LEFT JOIN account_state s ON s.bucket = a.bucket AND s.account = a.id
          WHERE a.bucket = $1 AND a.id = $2) l`,
        key,
      );
      if (!known) return null;
      const traits = await TRAIT.read(
        tx,
        "t",
        `FROM (SELECT DISTINCT ON (trait) trait, value, from_on FROM account_trait
          WHERE bucket = $1 AND account = $2 AND from_on <= $3 ORDER BY trait, from_on DESC) t`,
        [...key, formatDay(today)],
      );
      return { ...known, traits: traits.filter(({ value }) => value !== null) };
    },
    { snapshot: true },
  );
}
