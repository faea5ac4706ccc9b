import { formatDay, type Instant } from "../../core/time/day.ts";
import type { ListedTouch, Owners, ToDoFilter, ToDoTouch } from "../../engine/ports.ts";
import { withoutBucket } from "../accounts/load-accounts.ts";
import type { Database } from "../db/database.ts";
import { RecordShape } from "../db/record-shape.ts";
import { TOUCH } from "../shapes.ts";
import { Conditions } from "./conditions.ts";

const LISTED = TOUCH.with(
  new RecordShape<Omit<ToDoTouch, "touch">>({
    stateRev: ["state_rev", "int8"],
    accountName: ["account_name", "text"],
    contactName: ["contact_name", "text"],
    snoozedUntil: ["snoozed_until", "instant"],
  }),
);

/** What people have still to do, by due day: a day's list. */
export function toDo(
  db: Database,
  { owners, from, to, id }: ToDoFilter,
  limit: number,
): Promise<ToDoTouch[]> {
  const where = ofPeople(owners);
  where.also("t.status IN ('planned', 'due', 'deferred')");
  where.add(from === undefined ? from : formatDay(from), (param) => `t.due >= ${param}`);
  where.add(to === undefined ? to : formatDay(to), (param) => `t.due <= ${param}`);
  where.add(id, (param) => `t.id = ${param}`);
  return read(db, where, byDay, limit);
}

/** What they have done since then, the latest first. */
export function doneSince(
  db: Database,
  owners: Owners,
  since: Instant,
  limit: number,
): Promise<ListedTouch[]> {
  const where = ofPeople(owners);
  where.also("t.status = 'done'");
  where.add(new Date(since), (param) => `t.done_at >= ${param}`);
  return read(db, where, latestFirst, limit);
}

function ofPeople(owners: Owners): Conditions {
  const where = new Conditions();
  where.also("t.human");
  if (owners === "all") return where;
  const named = owners.filter((owner) => owner !== null);
  const list = where.param(named);
  where.also(
    owners.includes(null)
      ? `(t.owner IS NULL OR t.owner = ANY (${list}::text[]))`
      : `t.owner = ANY (${list}::text[])`,
  );
  return where;
}

const byDay = (alias: string): string => `${alias}.due, ${alias}.account, ${alias}.key`;
const latestFirst = (alias: string): string =>
  `${alias}.done_at DESC, ${alias}.account, ${alias}.key`;

async function read(
  db: Database,
  where: Conditions,
  order: (alias: string) => string,
  limit: number,
): Promise<ToDoTouch[]> {
  const rows = `FROM (SELECT t.*, a.state_rev, a.name AS account_name, c.name AS contact_name
      FROM (SELECT t.* FROM touch t WHERE ${where.sql} ORDER BY ${order("t")} LIMIT ${where.param(limit)}) t
      JOIN account a ON a.bucket = t.bucket AND a.id = t.account
      LEFT JOIN contact c ON c.bucket = a.bucket AND c.account = a.id AND c.id = t.contact) l
    ORDER BY ${order("l")}`;
  const found = await LISTED.read(db, "l", rows, where.params);
  return found.map(({ stateRev, accountName, contactName, snoozedUntil, ...touch }) => ({
    touch: withoutBucket(touch),
    stateRev,
    accountName,
    contactName,
    snoozedUntil,
  }));
}
