import type { AccountState } from "../../core/account/state.ts";
import type { Touch } from "../../core/schedule/types.ts";
import type { StoredAccount } from "../../engine/ports.ts";
import { accountKeys } from "../account-keys.ts";
import type { Database, Session } from "../db/database.ts";
import { RecordShape } from "../db/record-shape.ts";
import { ACCOUNT, ACCOUNT_TRAIT, CONTACT, CONTACT_TRAIT, EVENT, TOUCH } from "../shapes.ts";
import type {
  AccountRecord,
  ContactRecord,
  EventRecord,
  TouchRecord,
  TraitRecord,
} from "../shapes.ts";

const STATE = new RecordShape<{ account: string; state: AccountState }>({
  account: ["account", "text"],
  state: ["state", "json"],
});

/** Events read in one piece: JSON of a few megabytes. */
const EVENTS_AT_ONCE = 20_000;

interface Size {
  readonly bucket: number;
  readonly id: string;
  readonly events: number;
  readonly lastSeq: number;
}

const SIZE = new RecordShape<Size>({
  bucket: ["bucket", "int2"],
  id: ["account", "text"],
  events: ["events", "int8"],
  lastSeq: ["last_seq", "int8"],
});

const JOIN = "JOIN unnest($1::int2[], $2::text[]) AS k (bucket, id)";
const of = (table: string, alias: string): string =>
  `FROM ${table} ${alias} ${JOIN} ON ${alias}.bucket = k.bucket AND ${alias}.account = k.id`;
const ACCOUNTS = `FROM account a ${JOIN} ON a.bucket = k.bucket AND a.id = k.id`;
const TRAITS = `${of("account_trait", "t")} ORDER BY t.bucket, t.account, t.trait, t.from_on`;
const CONTACTS = `${of("contact", "c")} ORDER BY c.bucket, c.account, c.id`;
const CONTACT_TRAITS = `${of("contact_trait", "t")} ORDER BY t.bucket, t.account, t.contact, t.trait, t.from_on`;
const TOUCHES = `${of("touch", "t")} ORDER BY t.bucket, t.account, t.due, t.key`;
const EVENTS = `${of("event", "e")} ORDER BY e.bucket, e.account, e.at, e.seq`;
const SIZES = `SELECT e.bucket, e.account, count(*) AS events, max(e.seq) AS last_seq
  ${of("event", "e")} GROUP BY e.bucket, e.account`;

/** What is read of every account. */
const KNOWN = `
  (${ACCOUNT.page("a", ACCOUNTS)}) AS accounts,
  (${STATE.page("s", of("account_state", "s"))}) AS states,
  (${CONTACT.page("c", CONTACTS)}) AS contacts,
  (${CONTACT_TRAIT.page("t", CONTACT_TRAITS)}) AS "contactTraits",
  (${TOUCH.page("t", TOUCHES)}) AS touches`;

/** All but events where there are very many; `events` is null then. */
const STATEMENT = `WITH sizes AS MATERIALIZED (${SIZES})
  SELECT ${KNOWN},
  (${ACCOUNT_TRAIT.page("t", TRAITS)}) AS traits,
  (${SIZE.page("z", "FROM sizes z")}) AS sizes,
  CASE WHEN (SELECT coalesce(sum(events), 0) FROM sizes) <= ${EVENTS_AT_ONCE}
    THEN (${EVENT.page("e", EVENTS)}) END AS events`;

type KnownPages = Readonly<
  Record<"accounts" | "states" | "contacts" | "contactTraits" | "touches", string>
>;
type Pages = KnownPages &
  Readonly<Record<"traits" | "sizes", string>> & { readonly events: string | null };

interface Known {
  readonly accounts: readonly AccountRecord[];
  readonly states: readonly { readonly account: string; readonly state: AccountState }[];
  readonly contacts: readonly ContactRecord[];
  readonly contactTraits: readonly TraitRecord[];
  readonly touches: readonly TouchRecord[];
}

/** What was read of some accounts. */
interface Found extends Known {
  readonly traits: readonly Omit<TraitRecord, "contact">[];
  readonly sizes: readonly Size[];
  /** null: there are too many for one piece. */
  readonly events: readonly EventRecord[] | null;
}

/**
 * All that deciding them needs, in the order asked for; ids that do not exist are left out. One
 * statement, so that the server works on while nobody here has time for its answer, and all of it
 * is as of one moment; a transaction only where there are very many events, or several servers.
 */
export async function loadAccounts(db: Database, ids: readonly string[]): Promise<StoredAccount[]> {
  if (!db.isSpread) {
    const found = await readTogether(db, accountKeys(new Set(ids)));
    if (found.events !== null) return accountsOf(ids, found, found.events);
  }
  return db.tx((tx) => loadInside(tx, ids), { snapshot: true });
}

/** The same in a transaction that is under way. */
export async function loadInside(tx: Session, ids: readonly string[]): Promise<StoredAccount[]> {
  const keys = accountKeys(new Set(ids));
  const found = await (tx.isSpread ? readByTable(tx, keys) : readTogether(tx, keys));
  return accountsOf(ids, found, found.events ?? (await readInPieces(tx, found.sizes)));
}

/** The same of accounts of which traits and events are not asked for. */
export async function loadKnown(tx: Session, ids: readonly string[]): Promise<StoredAccount[]> {
  const keys = accountKeys(new Set(ids));
  const known = await (tx.isSpread ? readKnownByTable(tx, keys) : readKnownTogether(tx, keys));
  return accountsOf(ids, { ...known, traits: [], sizes: [], events: [] }, []);
}

type Keys = ReturnType<typeof accountKeys>;

async function readTogether(session: Session, keys: Keys): Promise<Found> {
  const pages = await pagesOf<Pages>(session, STATEMENT, keys);
  return {
    ...decodeKnown(pages),
    traits: ACCOUNT_TRAIT.decode(pages.traits),
    sizes: SIZE.decode(pages.sizes),
    events: pages.events === null ? null : EVENT.decode(pages.events),
  };
}

async function readKnownTogether(session: Session, keys: Keys): Promise<Known> {
  return decodeKnown(await pagesOf<KnownPages>(session, `SELECT ${KNOWN}`, keys));
}

async function pagesOf<P>(session: Session, statement: string, keys: Keys): Promise<P> {
  const [pages] = await session.q<P>(statement, keys);
  if (!pages) throw new Error("asking for accounts gave nothing");
  return pages;
}

function decodeKnown({ accounts, states, contacts, contactTraits, touches }: KnownPages): Known {
  return {
    accounts: ACCOUNT.decode(accounts),
    states: STATE.decode(states),
    contacts: CONTACT.decode(contacts),
    contactTraits: CONTACT_TRAIT.decode(contactTraits),
    touches: TOUCH.decode(touches),
  };
}

/** Rows that are spread over servers are read table by table. */
async function readByTable(tx: Session, keys: Keys): Promise<Found> {
  return {
    ...(await readKnownByTable(tx, keys)),
    traits: await ACCOUNT_TRAIT.read(tx, "t", TRAITS, keys),
    sizes: await SIZE.read(tx, "z", `FROM (${SIZES}) z`, keys),
    events: null,
  };
}

async function readKnownByTable(tx: Session, keys: Keys): Promise<Known> {
  return {
    accounts: await ACCOUNT.read(tx, "a", ACCOUNTS, keys),
    states: await STATE.read(tx, "s", of("account_state", "s"), keys),
    contacts: await CONTACT.read(tx, "c", CONTACTS, keys),
    contactTraits: await CONTACT_TRAIT.read(tx, "t", CONTACT_TRAITS, keys),
    touches: await TOUCH.read(tx, "t", TOUCHES, keys),
  };
}

async function readInPieces(tx: Session, sizes: readonly Size[]): Promise<EventRecord[]> {
  const events: EventRecord[] = [];
  for (const group of groupsOf(sizes)) {
    const keys = [group.map(({ bucket }) => bucket), group.map(({ id }) => id)];
    for (const event of await EVENT.read(tx, "e", EVENTS, keys)) events.push(event);
  }
  return events;
}

function accountsOf(
  ids: readonly string[],
  found: Found,
  events: readonly EventRecord[],
): StoredAccount[] {
  const stateOf = new Map(found.states.map(({ account, state }) => [account, state] as const));
  const traitsOf = byAccount(found.traits);
  const contactsOf = byAccount(found.contacts);
  const contactTraitsOf = byAccount(found.contactTraits);
  const touchesOf = byAccount(found.touches);
  const eventsOf = byAccount(events);
  const lastSeqOf = new Map(found.sizes.map(({ id, lastSeq }) => [id, lastSeq]));
  const accountOf = new Map(found.accounts.map((account) => [account.id, account]));
  return ids.flatMap((id): StoredAccount[] => {
    const account = accountOf.get(id);
    if (!account) return [];
    const { name, createdAt, firstSeen, firstSeenAt, timezone, owner, decidedOn } = account;
    const { stateRev, factsRev, news, decidedNews, decidedModel } = account;
    return [
      {
        id,
        loaded: { stateRev, factsRev, news, lastSeq: lastSeqOf.get(id) ?? 0 },
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
        events: eventsOf.get(id) ?? [],
        touches: (touchesOf.get(id) ?? []).map(withoutBucket),
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
