import type { AccountState } from "../../core/account/state.ts";
import type { Touch } from "../../core/schedule/types.ts";
import type { StoredAccount } from "../../engine/ports.ts";
import { accountKeys } from "../account-keys.ts";
import type { Database, Session } from "../db/database.ts";
import { RecordShape } from "../db/record-shape.ts";
import { ACCOUNT, ACCOUNT_TRAIT, CONTACT, CONTACT_TRAIT, EVENT, TOUCH } from "../shapes.ts";
import type { AccountRecord, TouchRecord } from "../shapes.ts";

// Whose a row is, is told by a number: the account's place among those asked for.
const STATE = new RecordShape<{ state: AccountState }>({ state: ["state", "json"] });
const TRAIT = ACCOUNT_TRAIT.without("bucket", "account");
const PERSON = CONTACT.without("bucket", "account", "knownAsOf");
const PERSON_TRAIT = CONTACT_TRAIT.without("bucket", "account");
const PLANNED = TOUCH.without("bucket");
const HAPPENED = EVENT.without("bucket", "account");

/** Events read in one piece: JSON of a few megabytes. */
const EVENTS_AT_ONCE = 20_000;

interface Size {
  readonly place: number;
  readonly events: number;
  readonly lastSeq: number;
}

const SIZE = new RecordShape<Size>({
  place: ["place", "int4"],
  events: ["events", "int8"],
  lastSeq: ["last_seq", "int8"],
});

const KEYS = "unnest($1::int2[], $2::text[], $3::int4[]) AS k (bucket, id, place)";
const of = (table: string): string =>
  `FROM (SELECT k.place, o.* FROM ${table} o JOIN ${KEYS} ON o.bucket = k.bucket AND o.account = k.id) t`;
const ACCOUNTS = `FROM account a JOIN ${KEYS} ON a.bucket = k.bucket AND a.id = k.id`;
const STATES = of("account_state");
const TRAITS = `${of("account_trait")} ORDER BY t.place, t.trait, t.from_on`;
const CONTACTS = `${of("contact")} ORDER BY t.place, t.id`;
const CONTACT_TRAITS = `${of("contact_trait")} ORDER BY t.place, t.contact, t.trait, t.from_on`;
const TOUCHES = `${of("touch")} ORDER BY t.place, t.due, t.key`;
const EVENTS = `${of("event")} ORDER BY t.place, t.at, t.seq`;
const SIZES = `SELECT t.place, count(*) AS events, max(t.seq) AS last_seq ${of("event")} GROUP BY t.place`;

/** What is read of every account. */
const KNOWN = `
  (${ACCOUNT.page("a", ACCOUNTS)}) AS accounts,
  (${STATE.groupedPage("t", STATES)}) AS states,
  (${PERSON.groupedPage("t", CONTACTS)}) AS contacts,
  (${PERSON_TRAIT.groupedPage("t", CONTACT_TRAITS)}) AS "contactTraits",
  (${PLANNED.groupedPage("t", TOUCHES)}) AS touches`;

/** All but events where there are very many; `events` is null then. */
const STATEMENT = `WITH sizes AS MATERIALIZED (${SIZES})
  SELECT ${KNOWN},
  (${TRAIT.groupedPage("t", TRAITS)}) AS traits,
  (${SIZE.page("z", "FROM sizes z")}) AS sizes,
  CASE WHEN (SELECT coalesce(sum(events), 0) FROM sizes) <= ${EVENTS_AT_ONCE}
    THEN (${HAPPENED.groupedPage("t", EVENTS)}) END AS events`;

type KnownPages = Readonly<
  Record<"accounts" | "states" | "contacts" | "contactTraits" | "touches", string>
>;
type Pages = KnownPages &
  Readonly<Record<"traits" | "sizes", string>> & { readonly events: string | null };

/** Rows of each of the accounts asked for, by their places. */
type Grouped<R> = readonly (readonly R[])[];
type RowOf<S> = S extends RecordShape<infer R> ? R : never;

interface Known {
  readonly accounts: readonly AccountRecord[];
  readonly states: Grouped<RowOf<typeof STATE>>;
  readonly contacts: Grouped<RowOf<typeof PERSON>>;
  readonly contactTraits: Grouped<RowOf<typeof PERSON_TRAIT>>;
  readonly touches: Grouped<Touch>;
}

/** What was read of some accounts. */
interface Found extends Known {
  readonly traits: Grouped<RowOf<typeof TRAIT>>;
  readonly sizes: readonly Size[];
}

type Events = Grouped<RowOf<typeof HAPPENED>>;

/**
 * All that deciding them needs, each once, in the order asked for; ids that do not exist are left
 * out. One statement, so that the server works on while nobody here has time for its answer, and all of it
 * is as of one moment; a transaction only where there are very many events, or several servers.
 */
export async function loadAccounts(db: Database, ids: readonly string[]): Promise<StoredAccount[]> {
  if (!db.isSpread) {
    const asked = askedFor(ids);
    const found = await readTogether(db, asked);
    if (found.events !== null) return accountsOf(asked, found, found.events);
  }
  return db.tx((tx) => loadInside(tx, ids), { snapshot: true });
}

/** The same in a transaction that is under way. */
export async function loadInside(tx: Session, ids: readonly string[]): Promise<StoredAccount[]> {
  const asked = askedFor(ids);
  const found = await (tx.isSpread ? readByTable(tx, asked) : readTogether(tx, asked));
  return accountsOf(asked, found, found.events ?? (await readInPieces(tx, asked, found.sizes)));
}

/** The same of accounts of which traits and events are not asked for. */
export async function loadKnown(tx: Session, ids: readonly string[]): Promise<StoredAccount[]> {
  const asked = askedFor(ids);
  const known = await (tx.isSpread ? readKnownByTable(tx, asked) : readKnownTogether(tx, asked));
  return accountsOf(asked, { ...known, traits: [], sizes: [] }, []);
}

/** Each account once; its place is where it stands. */
interface Asked {
  readonly ids: readonly string[];
  readonly keys: readonly [buckets: number[], ids: string[], places: number[]];
}

function askedFor(all: readonly string[]): Asked {
  const ids = [...new Set(all)];
  return { ids, keys: [...accountKeys(ids), [...ids.keys()]] };
}

async function readTogether(
  session: Session,
  asked: Asked,
): Promise<Found & { readonly events: Events | null }> {
  const pages = await pagesOf<Pages>(session, STATEMENT, asked);
  const size = asked.ids.length;
  return {
    ...decodeKnown(pages, size),
    traits: TRAIT.decodeGroups(pages.traits, size),
    sizes: SIZE.decode(pages.sizes),
    events: pages.events === null ? null : HAPPENED.decodeGroups(pages.events, size),
  };
}

async function readKnownTogether(session: Session, asked: Asked): Promise<Known> {
  const pages = await pagesOf<KnownPages>(session, `SELECT ${KNOWN}`, asked);
  return decodeKnown(pages, asked.ids.length);
}

async function pagesOf<P>(session: Session, statement: string, { keys }: Asked): Promise<P> {
  const [pages] = await session.q<P>(statement, keys);
  if (!pages) throw new Error("asking for accounts gave nothing");
  return pages;
}

function decodeKnown(pages: KnownPages, size: number): Known {
  return {
    accounts: ACCOUNT.decode(pages.accounts),
    states: STATE.decodeGroups(pages.states, size),
    contacts: PERSON.decodeGroups(pages.contacts, size),
    contactTraits: PERSON_TRAIT.decodeGroups(pages.contactTraits, size),
    touches: PLANNED.decodeGroups(pages.touches, size),
  };
}

/** Rows that are spread over servers are read table by table. */
async function readByTable(
  tx: Session,
  asked: Asked,
): Promise<Found & { readonly events: Events | null }> {
  const { keys, ids } = asked;
  return {
    ...(await readKnownByTable(tx, asked)),
    traits: await TRAIT.readGroups(tx, "t", TRAITS, keys, ids.length),
    sizes: await SIZE.read(tx, "z", `FROM (${SIZES}) z`, keys),
    events: null,
  };
}

async function readKnownByTable(tx: Session, { keys, ids }: Asked): Promise<Known> {
  const size = ids.length;
  return {
    accounts: await ACCOUNT.read(tx, "a", ACCOUNTS, keys),
    states: await STATE.readGroups(tx, "t", STATES, keys, size),
    contacts: await PERSON.readGroups(tx, "t", CONTACTS, keys, size),
    contactTraits: await PERSON_TRAIT.readGroups(tx, "t", CONTACT_TRAITS, keys, size),
    touches: await PLANNED.readGroups(tx, "t", TOUCHES, keys, size),
  };
}

async function readInPieces(
  tx: Session,
  { ids, keys: [buckets] }: Asked,
  sizes: readonly Size[],
): Promise<Events> {
  const events: RowOf<typeof HAPPENED>[][] = ids.map(() => []);
  for (const group of groupsOf(sizes)) {
    const places = group.map(({ place }) => place);
    const keys = [
      places.map((place) => buckets[place] ?? null),
      places.map((place) => ids[place] ?? null),
      places,
    ];
    const found = await HAPPENED.readGroups(tx, "t", EVENTS, keys, ids.length);
    for (const place of places) events[place] = found[place] ?? [];
  }
  return events;
}

function accountsOf({ ids }: Asked, found: Found, events: Events): StoredAccount[] {
  const lastSeqs: number[] = [];
  for (const { place, lastSeq } of found.sizes) lastSeqs[place] = lastSeq;
  const accountOf = new Map(found.accounts.map((account) => [account.id, account]));
  return ids.flatMap((id, place): StoredAccount[] => {
    const account = accountOf.get(id);
    if (!account) return [];
    const { name, createdAt, firstSeen, firstSeenAt, timezone, owner, decidedOn } = account;
    const { stateRev, factsRev, news, decidedNews, decidedModel } = account;
    return [
      {
        id,
        loaded: { stateRev, factsRev, news, lastSeq: lastSeqs[place] ?? 0 },
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
        state: found.states[place]?.[0]?.state ?? null,
        traits: found.traits[place] ?? [],
        contacts: found.contacts[place] ?? [],
        contactTraits: found.contactTraits[place] ?? [],
        events: events[place] ?? [],
        touches: found.touches[place] ?? [],
      },
    ];
  });
}

export function withoutBucket(record: TouchRecord): Touch {
  const { bucket: _, ...touch } = record;
  return touch;
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
