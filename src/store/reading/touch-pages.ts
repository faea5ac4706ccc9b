import { formatDay } from "../../core/time/day.ts";
import type { ListedTouch, TouchAfter, TouchListFilter } from "../../engine/ports.ts";
import { withoutBucket } from "../accounts/load-accounts.ts";
import { bucketOf } from "../bucket.ts";
import type { Database } from "../db/database.ts";
import { RecordShape } from "../db/record-shape.ts";
import { TOUCH } from "../shapes.ts";
import { Conditions } from "./conditions.ts";

const LISTED = TOUCH.with(
  new RecordShape<Omit<ListedTouch, "touch">>({
    stateRev: ["state_rev", "int8"],
    accountName: ["account_name", "text"],
    contactName: ["contact_name", "text"],
  }),
);

/** By due day, then account and key, after the touch seen last. */
export async function touchPage(
  db: Database,
  filter: TouchListFilter,
  after: TouchAfter | null,
  limit: number,
): Promise<ListedTouch[]> {
  const where = conditionsOf(filter);
  if (after) {
    const key = [formatDay(after.due), after.account, after.key].map((part) => where.param(part));
    where.also(`(t.due, t.account, t.key) > (${key.join(", ")})`);
  }
  const rows = `FROM (SELECT t.*, a.state_rev, a.name AS account_name, c.name AS contact_name
      FROM (SELECT t.* FROM touch t WHERE ${where.sql}
        ORDER BY t.due, t.account, t.key LIMIT ${where.param(limit)}) t
      JOIN account a ON a.bucket = t.bucket AND a.id = t.account
      LEFT JOIN contact c ON c.bucket = a.bucket AND c.account = a.id AND c.id = t.contact) l
    ORDER BY l.due, l.account, l.key`;
  const found = await LISTED.read(db, "l", rows, where.params);
  return found.map(({ stateRev, accountName, contactName, ...touch }) => ({
    touch: withoutBucket(touch),
    stateRev,
    accountName,
    contactName,
  }));
}

function conditionsOf(filter: TouchListFilter): Conditions {
  const { account, contact, owner, statuses, from, to, human, program, touchpoint, channel } =
    filter;
  const where = new Conditions();
  if (account !== undefined) where.add(bucketOf(account), (param) => `t.bucket = ${param}`);
  where.add(account, (param) => `t.account = ${param}`);
  where.add(contact, (param) => `t.contact = ${param}`);
  if (owner === null) where.also("t.owner IS NULL");
  else where.add(owner, (param) => `t.owner = ${param}`);
  where.add(filter.owners, (param) => `t.owner = ANY(${param}::text[])`);
  where.add(statuses, (param) => `t.status = ANY(${param}::text[])`);
  where.add(from === undefined ? from : formatDay(from), (param) => `t.due >= ${param}`);
  where.add(to === undefined ? to : formatDay(to), (param) => `t.due <= ${param}`);
  where.add(human, (param) => `t.human = ${param}`);
  where.add(program, (param) => `t.program = ${param}`);
  where.add(touchpoint, (param) => `t.touchpoint = ${param}`);
  where.add(channel, (param) => `t.channel = ${param}`);
  return where;
}
