import type { AccountState } from "../../core/account/state.ts";
import type { Touch } from "../../core/schedule/types.ts";
import type { StoredAccount } from "../../engine/ports.ts";
import { accountKeys } from "../account-keys.ts";
import type { Database, Session } from "../db/database.ts";
import { RecordShape } from "../db/record-shape.ts";
import { ACCOUNT, ACCOUNT_TRAIT, CONTACT, CONTACT_TRAIT, EVENT, TOUCH } from "../shapes.ts";
import type { EventRecord, TouchRecord } from "../shapes.ts";

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
const EVENTS = EVENT.page("e", `${of("event", "e")} ORDER BY e.bucket, e.account, e.at, e.seq`);

/** What is read of every account. */
const KNOWN = `
  (${ACCOUNT.page("a", `FROM account a ${JOIN} ON a.bucket = k.bucket AND a.id = k.id`)}) AS accounts,
  (${STATE.page("s", of("account_state", "s"))}) AS states,
  (${CONTACT.page("c", `${of("contact", "c")} ORDER BY c.bucket, c.account, c.id`)}) AS contacts,
  (${CONTACT_TRAIT.page(
    "t",
    `${of("contact_trait", "t")} ORDER BY t.bucket, t.account, t.contact, t.trait, t.from_on`,
  )}) AS "contactTraits",
  (${TOUCH.page("t", `${of("touch", "t")} ORDER BY t.bucket, t.account, t.due, t.key`)}) AS touches`;

/** All but events where there are very many; `events` is null then. */
const STATEMENT = `WITH sizes AS MATERIALIZED (
    SELECT e.bucket, e.account, count(*) AS events, max(e.seq) AS last_seq
    ${of("event", "e")} GROUP BY e.bucket, e.account)
  SELECT ${KNOWN},
  (${ACCOUNT_TRAIT.page("t", `${of("account_trait", "t")} ORDER BY t.bucket, t.account, t.trait, t.from_on`)}) AS traits,
  (${SIZE.page("z", "FROM sizes z")}) AS sizes,
  CASE WHEN (SELECT coalesce(sum(events), 0) FROM sizes) <= ${EVENTS_AT_ONCE} THEN (${EVENTS}) END AS events`;

type Pages = Readonly<
  Record<
    "accounts" | "states" | "traits" | "contacts" | "contactTraits" | "touches" | "sizes",
    string
  >
> & { readonly events: string | null };

/**
 * All that deciding them needs, in the order asked for; ids that do not exist are left out. One
 * statement, so that the server works on while nobody here has time for its answer, and all of it
 * is as of one moment; only where there are very many events a transaction.
 */
export async function loadAccounts(db: Database, ids: readonly string[]): Promise<StoredAccount[]> {
  const pages = await readPages(db, ids);
  if (pages.events === null) return db.tx((tx) => loadInside(tx, ids), { snapshot: true });
  return accountsOf(ids, pages, EVENT.decode(pages.events));
}

/** The same in a transaction that is under way. */
export async function loadInside(tx: Session, ids: readonly string[]): Promise<StoredAccount[]> {
  const pages = await readPages(tx, ids);
  const events =
    pages.events === null ? await readInPieces(tx, pages.sizes) : EVENT.decode(pages.events);
  return accountsOf(ids, pages, events);
}

async function readPages(session: Session, ids: readonly string[]): Promise<Pages> {
  const [pages] = await session.q<Pages>(STATEMENT, accountKeys(new Set(ids)));
  if (!pages) throw new Error("asking for accounts gave nothing");
  return pages;
}

/** The same of accounts of which traits and events are not asked for. */
export async function loadKnown(tx: Session, ids: readonly string[]): Promise<StoredAccount[]> {
  const [known] = await tx.q<Omit<Pages, "traits" | "sizes" | "events">>(
    `SELECT ${KNOWN}`,
    accountKeys(new Set(ids)),
  );
  return known ? accountsOf(ids, { ...known, traits: "{}", sizes: "{}", events: null }, []) : [];
}

async function readInPieces(tx: Session, sizes: string): Promise<EventRecord[]> {
  const events: EventRecord[] = [];
  for (const group of groupsOf(SIZE.decode(sizes))) {
    const [found] = await tx.q<{ page: string }>(EVENTS, [
      group.map(({ bucket }) => bucket),
      group.map(({ id }) => id),
    ]);
    for (const event of EVENT.decode(found?.page ?? "{}")) events.push(event);
  }
  return events;
}

function accountsOf(
  ids: readonly string[],
  pages: Pages,
  events: readonly EventRecord[],
): StoredAccount[] {
  const stateOf = new Map(
    STATE.decode(pages.states).map(({ account, state }) => [account, state] as const),
  );
  const traitsOf = byAccount(ACCOUNT_TRAIT.decode(pages.traits));
  const contactsOf = byAccount(CONTACT.decode(pages.contacts));
  const contactTraitsOf = byAccount(CONTACT_TRAIT.decode(pages.contactTraits));
  const touchesOf = byAccount(TOUCH.decode(pages.touches));
  const eventsOf = byAccount(events);
  const lastSeqOf = new Map(SIZE.decode(pages.sizes).map(({ id, lastSeq }) => [id, lastSeq]));
  const accountOf = new Map(ACCOUNT.decode(pages.accounts).map((account) => [account.id, account]));
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
