import type { AccountState } from "../../core/account/state.ts";
import type { Touch } from "../../core/schedule/types.ts";
import type { StoredAccount } from "../../engine/ports.ts";
import { accountKeys } from "../account-keys.ts";
import type { Session } from "../db/database.ts";
import { RecordShape } from "../db/record-shape.ts";
import { ACCOUNT, ACCOUNT_TRAIT, CONTACT, CONTACT_TRAIT, EVENT, TOUCH } from "../shapes.ts";
import type { EventRecord, TouchRecord } from "../shapes.ts";

const STATE = new RecordShape<{ account: string; state: AccountState }>({
  account: ["account", "text"],
  state: ["state", "json"],
});

/** Events read in one piece: JSON of a few megabytes. */
const EVENTS_AT_ONCE = 20_000;

const JOIN = "JOIN unnest($1::int2[], $2::text[]) AS k (bucket, id)";

/** All that deciding them needs, in the order asked for; ids that do not exist are left out. */
export async function loadAccounts(tx: Session, ids: readonly string[]): Promise<StoredAccount[]> {
  const keys = accountKeys(new Set(ids));
  const of = (table: string, alias: string): string =>
    `FROM ${table} ${alias} ${JOIN} ON ${alias}.bucket = k.bucket AND ${alias}.account = k.id`;
  const accounts = await ACCOUNT.read(
    tx,
    "a",
    `FROM account a ${JOIN} ON a.bucket = k.bucket AND a.id = k.id`,
    keys,
  );
  const states = await STATE.read(tx, "s", of("account_state", "s"), keys);
  const traits = await ACCOUNT_TRAIT.read(
    tx,
    "t",
    `${of("account_trait", "t")} ORDER BY t.bucket, t.account, t.trait, t.from_on`,
    keys,
  );
  const contacts = await CONTACT.read(
    tx,
    "c",
    `${of("contact", "c")} ORDER BY c.bucket, c.account, c.id`,
    keys,
  );
  const contactTraits = await CONTACT_TRAIT.read(
    tx,
    "t",
    `${of("contact_trait", "t")} ORDER BY t.bucket, t.account, t.contact, t.trait, t.from_on`,
    keys,
  );
  const events = await loadEvents(tx, keys);
  const touches = await TOUCH.read(
    tx,
    "t",
    `${of("touch", "t")} ORDER BY t.bucket, t.account, t.due, t.key`,
    keys,
  );

  const stateOf = new Map(states.map(({ account, state }) => [account, state]));
  const traitsOf = byAccount(traits);
  const contactsOf = byAccount(contacts);
  const contactTraitsOf = byAccount(contactTraits);
  const touchesOf = byAccount(touches);
  const accountOf = new Map(accounts.map((account) => [account.id, account]));
  return ids.flatMap((id): StoredAccount[] => {
    const account = accountOf.get(id);
    if (!account) return [];
    const own = events.get(id);
    const { name, createdAt, firstSeen, firstSeenAt, timezone, owner, decidedOn } = account;
    const { stateRev, factsRev, news, decidedNews, decidedModel } = account;
    return [
      {
        id,
        loaded: { stateRev, factsRev, news, lastSeq: own?.lastSeq ?? 0 },
        name,
        createdAt,
        firstSeen,
        firstSeenAt,
        timezone,
        owner,
        decidedOn,
        decidedNews,
        decidedModel,
        byHand: account.byHandNews > decidedNews,
        state: stateOf.get(id) ?? null,
        traits: traitsOf.get(id) ?? [],
        contacts: contactsOf.get(id) ?? [],
        contactTraits: (contactTraitsOf.get(id) ?? []).map((one) => ({
          ...one,
          contact: one.contact ?? "",
        })),
        events: own?.events ?? [],
        touches: (touchesOf.get(id) ?? []).map(withoutBucket),
      },
    ];
  });
}

export function withoutBucket(record: TouchRecord): Touch {
  const { bucket: _, ...touch } = record;
  return touch;
}

interface OwnEvents {
  readonly events: EventRecord[];
  readonly lastSeq: number;
}

async function loadEvents(
  tx: Session,
  keys: readonly [number[], string[]],
): Promise<Map<string, OwnEvents>> {
  const sizes = await tx.q<{ bucket: number; id: string; events: number; lastSeq: number }>(
    `SELECT e.bucket, e.account AS id, count(*) AS events, max(e.seq) AS "lastSeq"
     FROM event e ${JOIN} ON e.bucket = k.bucket AND e.account = k.id GROUP BY e.bucket, e.account`,
    keys,
  );
  const found = new Map<string, OwnEvents>();
  for (const group of groupsOf(sizes)) {
    const rows = await EVENT.read(
      tx,
      "e",
      `FROM event e ${JOIN} ON e.bucket = k.bucket AND e.account = k.id ORDER BY e.bucket, e.account, e.at, e.seq`,
      [group.map(({ bucket }) => bucket), group.map(({ id }) => id)],
    );
    const eventsOf = byAccount(rows);
    for (const { id, lastSeq } of group) found.set(id, { events: eventsOf.get(id) ?? [], lastSeq });
  }
  return found;
}

export function byAccount<R extends { readonly account: string }>(
  rows: readonly R[],
): Map<string, R[]> {
  const groups = new Map<string, R[]>();
  for (const row of rows) {
    const group = groups.get(row.account);
    if (group) group.push(row);
    else groups.set(row.account, [row]);
  }
  return groups;
}

/** Accounts whose events are read together. */
function groupsOf<A extends { readonly events: number }>(accounts: readonly A[]): A[][] {
  const groups: A[][] = [];
  let room = 0;
  for (const account of accounts) {
    const last = groups.at(-1);
    if (last && account.events <= room) last.push(account);
    else {
      groups.push([account]);
      room = EVENTS_AT_ONCE;
    }
    room -= account.events;
  }
  return groups;
}
