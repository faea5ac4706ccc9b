import { type Day, formatDay } from "../core/time/day.ts";
import type { ListedTouch, Moment, TouchFilter, TouchRecord, TouchStore } from "../engine/ports.ts";
import { lockAccounts, mark } from "./account-keys.ts";
import { withoutBucket } from "./accounts/load-accounts.ts";
import { writeState } from "./accounts/put-state.ts";
import { followTouches, putAppointments } from "./appointments/appointment-rows.ts";
import { addAudit } from "./audit-store.ts";
import { bucketOf } from "./bucket.ts";
import type { Database, Param, Session } from "./db/database.ts";
import { RecordShape } from "./db/record-shape.ts";
import { addEngineEvents } from "./engine-events.ts";
import { ACCOUNT_TRAITS, writeTraits } from "./intake/write-traits.ts";
import { Conditions } from "./reading/conditions.ts";
import { TOUCH } from "./shapes.ts";
import { putSnooze, putTouches } from "./touch-rows.ts";
import { addNotices } from "./webhook-notices.ts";

const MOST_BY_ID = 5;

export function touchStore(db: Database): TouchStore {
  return {
    list: (filter, limit) => listTouches(db, filter, limit),
    byId: (text) =>
      readTouches(db, "t.id >= $1 AND t.id < $2", [text, `${text}\u{10FFFF}`], byId, MOST_BY_ID),
    record: (change, moment) => db.tx((tx) => recordChange(tx, change, moment)),
  };
}

const BESIDE = new RecordShape<Omit<ListedTouch, "touch">>({
  stateRev: ["state_rev", "int8"],
  accountName: ["account_name", "text"],
  contactName: ["contact_name", "text"],
});

type Order = (alias: string) => string;
const byId: Order = (alias) => `${alias}.id`;
const byDay: Order = (alias) => `${alias}.due, ${alias}.account, ${alias}.key`;

async function readTouches(
  db: Database,
  where: string,
  params: readonly Param[],
  order: Order,
  limit: number | undefined,
): Promise<ListedTouch[]> {
  const first = limit === undefined ? "" : `ORDER BY ${order("t")} LIMIT ${limit}`;
  const rows = `FROM (SELECT t.*, a.state_rev, a.name AS account_name, c.name AS contact_name FROM touch t
      JOIN account a ON a.bucket = t.bucket AND a.id = t.account
      LEFT JOIN contact c ON c.bucket = t.bucket AND c.account = t.account AND c.id = t.contact
      WHERE ${where} ${first}) l ORDER BY ${order("l")}`;
  const listed = TOUCH.with(BESIDE);
  const found = await listed.read(db, "l", rows, params);
  return found.map(({ stateRev, accountName, contactName, ...touch }) => ({
    touch: withoutBucket(touch),
    stateRev,
    accountName,
    contactName,
  }));
}

function listTouches(
  db: Database,
  filter: TouchFilter,
  limit: number | undefined,
): Promise<ListedTouch[]> {
  const { account, owner, owners, statuses, from, to, human } = filter;
  const day = (at: Day | undefined) => (at === undefined ? undefined : formatDay(at));
  const where = new Conditions()
    .add(account === undefined ? undefined : bucketOf(account), (p) => `t.bucket = ${p}`)
    .add(account, (p) => `t.account = ${p}`)
    .add(owner, (p) => `t.owner = ${p}`)
    .add(owners, (p) => `t.owner = ANY(${p}::text[])`)
    .add(statuses, (p) => `t.status = ANY(${p}::text[])`)
    .add(day(from), (p) => `t.due >= ${p}`)
    .add(day(to), (p) => `t.due <= ${p}`)
    .add(human, (p) => `t.human = ${p}`);
  const whole = limit === undefined ? undefined : Math.trunc(limit);
  return readTouches(db, where.sql, where.params, byDay, whole);
}

/** What was done to touches, with all that follows from it at once; false: it was worked out from older ones. */
async function recordChange(tx: Session, change: TouchRecord, moment: Moment): Promise<boolean> {
  const { touches, events, traits, audit, state, basedOn, notices, appointment } = change;
  const account = touches[0]?.account ?? events[0]?.account;
  const accounts = new Set([...touches, ...events].map((one) => one.account));
  const present = await lockAccounts(tx, accounts);
  for (const id of accounts) {
    if (!present.has(id)) throw new Error(`there is no account ${id}`);
  }
  const isStale = (id: string): boolean => {
    const rev = basedOn?.get(id);
    return rev !== undefined && rev !== present.get(id)?.stateRev;
  };
  if ([...accounts].some(isStale)) return false;
  await putTouches(tx, touches);
  if (change.snoozedUntil !== undefined) await putSnooze(tx, touches, change.snoozedUntil);
  if (appointment) await putAppointments(tx, [appointment]);
  else await followTouches(tx, touches, moment.now, { byHand: true });
  await addEngineEvents(tx, events, { pending: true, arrived: moment.now });
  const isAnswered = account !== undefined && Object.keys(traits).length > 0;
  if (isAnswered) await writeAnswers(tx, account, traits, moment);
  if (account !== undefined && state !== undefined) await writeState(tx, account, state);
  if (audit !== null) await addAudit(tx, audit, moment.now);
  await addNotices(tx, notices ?? []);
  const byHand = audit !== null;
  await mark(tx, accounts, { news: true, state: true, facts: isAnswered, byHand });
  return true;
}

async function writeAnswers(
  tx: Session,
  account: string,
  traits: TouchRecord["traits"],
  moment: Moment,
): Promise<void> {
  const writes = Object.entries(traits).map(([trait, value], row) => ({
    row,
    account,
    trait,
    from: moment.today,
    stated: false,
    value,
  }));
  await writeTraits(tx, ACCOUNT_TRAITS, writes, moment);
}
