import type { BookAccount, BookPage, BookTouch, TouchDetail } from "../../engine/ports.ts";
import { BUCKETS } from "../bucket.ts";
import type { Database, Session } from "../db/database.ts";
import { RecordShape } from "../db/record-shape.ts";

/** Accounts of a page, about: what is read of them is gone again before the memory is tidied up. */
const PAGE = 500;

const ACCOUNT = new RecordShape<BookAccount>({
  id: ["id", "text"],
  name: ["name", "text"],
  owner: ["owner", "text"],
  decidedOn: ["decided_on", "day"],
  decidedModel: ["decided_model", "int4"],
  waiting: ["waiting", "bool"],
  state: ["state", "json"],
  facts: ["facts", "json"],
});

/** Open touches that are alike but for their account, receiver and day. */
type Alike = Omit<BookTouch, "account" | "contact" | "email" | "due" | "detail"> & {
  /** Places in the page, and days, of each. */
  readonly places: string;
  readonly days: string;
  /** null: for the accounts as such. */
  readonly contacts: readonly string[] | null;
  readonly emails: readonly (string | null)[] | null;
};

const ALIKE = new RecordShape<Alike>({
  touchpoint: ["touchpoint", "text"],
  program: ["program", "text"],
  channel: ["channel", "text"],
  by: ["done_by", "text"],
  owner: ["owner", "text"],
  human: ["human", "bool"],
  must: ["must", "bool"],
  minutes: ["minutes", "number"],
  purpose: ["purpose", "text"],
  priority: ["priority", "text"],
  status: ["status", "text"],
  places: ["places", "text"],
  days: ["days", "text"],
  contacts: ["contacts", "json"],
  emails: ["emails", "json"],
});

/** One that is told in detail, and the place of its account in the page. */
type Detailed = Omit<BookTouch, "account" | "detail"> & TouchDetail & { readonly place: number };

const DETAILED = new RecordShape<Detailed>({
  place: ["place", "int4"],
  key: ["key", "text"],
  run: ["run", "int4"],
  step: ["step", "text"],
  title: ["title", "text"],
  accountable: ["accountable", "text"],
  drives: ["drives", "text"],
  reason: ["reason", "text"],
  touchpoint: ["touchpoint", "text"],
  program: ["program", "text"],
  contact: ["contact", "text"],
  email: ["email", "text"],
  due: ["due", "day"],
  channel: ["channel", "text"],
  by: ["done_by", "text"],
  owner: ["owner", "text"],
  human: ["human", "bool"],
  must: ["must", "bool"],
  minutes: ["minutes", "number"],
  purpose: ["purpose", "text"],
  priority: ["priority", "text"],
  status: ["status", "text"],
});

/** Pages under way at once: a server reads the next ones while somebody works on one. */
const UNDER_WAY = 3;

/** The whole book, read once along its keys: of each account what was decided, and no events. */
export async function* wholeBook(
  db: Database,
  inDetail: readonly string[] = [],
): AsyncGenerator<BookPage> {
  const [book] = await db.q<{ n: number }>("SELECT count(*) AS n FROM account");
  const atOnce = Math.min(BUCKETS, Math.max(1, Math.round((PAGE * BUCKETS) / (book?.n ?? 1))));
  const reading: Promise<PageAhead>[] = [];
  let bucket = 0;
  const readOn = (): void => {
    while (reading.length < UNDER_WAY && bucket < BUCKETS) {
      const page = readPage(db, [bucket, bucket + atOnce], inDetail);
      // one that fails does so when its turn comes
      page.catch(() => undefined);
      reading.push(page);
      bucket += atOnce;
    }
  };
  try {
    for (readOn(); reading.length > 0;) {
      const ahead = await (reading.shift() as Promise<PageAhead>);
      readOn();
      const page = takeApart(ahead);
      if (page.accounts.length > 0) yield page;
    }
  } finally {
    await Promise.allSettled(reading);
  }
}

type Range = readonly [from: number, to: number];

/**
 * A page as it came: one is taken apart only when its turn has come. Thousands of small values of
 * several pages at once would be moved about by each tidying up of the memory.
 */
interface PageAhead {
  readonly accounts: () => readonly BookAccount[];
  readonly alike: () => readonly Alike[];
  /** null: nothing was asked for in detail. */
  readonly detailed: (() => readonly Detailed[]) | null;
}

function readPage(db: Database, range: Range, inDetail: readonly string[]): Promise<PageAhead> {
  return db.tx(
    async (tx): Promise<PageAhead> => ({
      accounts: await readAccounts(tx, range),
      alike: await readAlike(tx, range, inDetail),
      detailed: inDetail.length > 0 ? await readDetailed(tx, range, inDetail) : null,
    }),
    { snapshot: true },
  );
}

function takeApart(ahead: PageAhead): BookPage {
  const accounts = ahead.accounts();
  const touches = accounts.map((): BookTouch[] => []);
  for (const one of ahead.alike()) spread(one, accounts, touches);
  for (const one of ahead.detailed?.() ?? []) addDetailed(one, accounts, touches);
  return { accounts, touches };
}

function readAccounts(tx: Session, range: Range): Promise<() => BookAccount[]> {
  return ACCOUNT.readAhead(
    tx,
    "b",
    `FROM (SELECT a.bucket, a.id, a.name, a.owner, a.decided_on, a.decided_model, a.waiting, s.state, s.facts
       FROM account a LEFT JOIN account_state s ON s.bucket = a.bucket AND s.account = a.id
       WHERE a.bucket >= $1 AND a.bucket < $2) b
     ORDER BY b.bucket, b.id`,
    range,
  );
}

/** Open touches of the accounts of a page, told by the place of each; `c` is who receives it. */
const OPEN = `(SELECT bucket, id, row_number() OVER (ORDER BY bucket, id) - 1 AS place
    FROM account WHERE bucket >= $1 AND bucket < $2) a
  JOIN touch t ON t.bucket = a.bucket AND t.account = a.id
  LEFT JOIN contact c ON c.bucket = t.bucket AND c.account = t.account AND c.id = t.contact
  WHERE t.bucket >= $1 AND t.bucket < $2 AND t.status IN ('planned', 'due', 'deferred')`;
const KIND = `t.touchpoint, t.program, t.channel, t.done_by, t.owner, t.human, t.must, t.minutes,
  t.purpose, t.priority, t.status`;

function readAlike(tx: Session, range: Range, apart: readonly string[]): Promise<() => Alike[]> {
  return ALIKE.readAhead(
    tx,
    "b",
    `FROM (SELECT ${KIND}, string_agg(a.place::text, ',') AS places,
         string_agg((t.due - date '1970-01-01')::text, ',') AS days,
         json_agg(t.contact) FILTER (WHERE t.contact IS NOT NULL) AS contacts,
         json_agg(c.email) FILTER (WHERE t.contact IS NOT NULL) AS emails
       FROM ${OPEN} AND NOT t.touchpoint = ANY ($3::text[])
       GROUP BY ${KIND}, t.contact IS NULL) b`,
    [...range, apart],
  );
}

/** In the order in which accounts are loaded with them. */
function readDetailed(
  tx: Session,
  range: Range,
  inDetail: readonly string[],
): Promise<() => Detailed[]> {
  return DETAILED.readAhead(
    tx,
    "b",
    `FROM (SELECT ${KIND}, a.place, t.key, t.run, t.step, t.title, t.accountable, t.drives, t.reason,
         t.contact, c.email, t.due
       FROM ${OPEN} AND t.touchpoint = ANY ($3::text[])) b
     ORDER BY b.place, b.due, b.key`,
    [...range, inDetail],
  );
}

function addDetailed(
  { place, key, run, step, title, accountable, drives, reason, ...touch }: Detailed,
  accounts: readonly BookAccount[],
  touches: readonly BookTouch[][],
): void {
  const detail = { key, run, step, title, accountable, drives, reason };
  touches[place]?.push({ ...touch, account: accounts[place]?.id ?? "", detail });
}

/** Each of them to its account. */
function spread(
  { places, days, contacts, emails, ...kind }: Alike,
  accounts: readonly BookAccount[],
  touches: readonly BookTouch[][],
): void {
  const due = days.split(",");
  for (const [index, text] of places.split(",").entries()) {
    const place = Number(text);
    touches[place]?.push({
      account: accounts[place]?.id ?? "",
      due: Number(due[index]),
      contact: contacts?.[index] ?? null,
      email: emails?.[index] ?? null,
      touchpoint: kind.touchpoint,
      program: kind.program,
      channel: kind.channel,
      by: kind.by,
      owner: kind.owner,
      human: kind.human,
      must: kind.must,
      minutes: kind.minutes,
      purpose: kind.purpose,
      priority: kind.priority,
      status: kind.status,
    });
  }
}
