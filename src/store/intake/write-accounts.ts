import { type Day, formatDay } from "../../core/time/day.ts";
import type { AccountRow, Moment, WriteCounts } from "../../engine/ports.ts";
import { lockAccounts, markFacts } from "../account-keys.ts";
import { bucketOf } from "../bucket.ts";
import type { Session } from "../db/database.ts";
import { ACCOUNT } from "../shapes.ts";
import type { AccountRecord } from "../shapes.ts";
import { IntakeCounts } from "./intake-counts.ts";
import { ACCOUNT_OUTCOMES, ACCOUNT_TRAITS, writeTraits } from "./write-traits.ts";
import type { TraitWrite } from "./write-traits.ts";

const KNOWN = ["name", "createdAt", "closedAt", "timezone"] as const;

/** `made`: accounts that this transaction has made already, by `insertMissing`. */
export async function writeAccounts(
  tx: Session,
  rows: readonly AccountRow[],
  moment: Moment,
  made?: ReadonlySet<string>,
  isByHand = false,
): Promise<WriteCounts> {
  const counts = new IntakeCounts(rows.length);
  const named = rows.map(({ accountId }) => accountId);
  const isNew = made ?? (await insertMissing(tx, named, moment));
  const accounts = await lockAccounts(tx, named);
  const changed = new Map<string, AccountRecord>();
  rows.forEach((row, index) => {
    const before = changed.get(row.accountId) ?? accounts.get(row.accountId);
    if (!before) throw new Error(`account ${row.accountId} is gone`);
    const isFirst = isNew.has(row.accountId) && !changed.has(row.accountId);
    const after = withKnown(before, withOwner(before, row, isByHand), row, isFirst, moment.today);
    if (after) changed.set(row.accountId, after);
    if (after || isFirst) counts.changed([index]);
  });
  await updateKnown(tx, [...changed.values()]);

  const createdAt = (id: string): Day | null =>
    (changed.get(id) ?? accounts.get(id))?.createdAt ?? null;
  const traits = rows.flatMap((row, index) =>
    writesOf(row, index, row.traits, firstDay(row, isNew, createdAt, moment.today)),
  );
  const closings = rows.flatMap((row, index) => {
    const closed =
      row.closedAt === undefined
        ? {}
        : { closed_at: row.closedAt === null ? null : formatDay(row.closedAt) };
    return writesOf(row, index, closed, firstDay(row, isNew, createdAt, moment.today));
  });
  const outcomes = rows.flatMap((row, index) =>
    writesOf(row, index, row.outcome, firstDay(row, isNew, createdAt, moment.today)),
  );
  counts.changed(await writeTraits(tx, ACCOUNT_TRAITS, [...traits, ...closings], moment));
  counts.changed(await writeTraits(tx, ACCOUNT_OUTCOMES, outcomes, moment));
  await markFacts(
    tx,
    new Set([...counts.changedRows].flatMap((row) => rows[row]?.accountId ?? [])),
  );
  return counts.result();
}

/** Makes the accounts that are not there yet; answers which those were. */
export async function insertMissing(
  tx: Session,
  named: Iterable<string>,
  { now, today }: Moment,
): Promise<Set<string>> {
  const ids = [...new Set(named)].sort();
  const made = await tx.q<{ ids: string[] }>(
    `WITH made AS (
       INSERT INTO account (bucket, id, first_seen, first_seen_at, known_as_of, news, decided_news)
       SELECT k.bucket, k.id, $3::date, $4::timestamptz, '0001-01-01', 0, 0
       FROM unnest($1::int2[], $2::text[]) AS k (bucket, id)
       ON CONFLICT (bucket, id) DO NOTHING RETURNING id)
     SELECT coalesce(array_agg(id), '{}') AS ids FROM made`,
    [ids.map(bucketOf), ids, formatDay(today), new Date(now)],
  );
  return new Set(made[0]?.ids);
}

/**
 * An owner that was given here stays until the import says another than it had said before: the CRM
 * has changed its mind then, and its word counts.
 */
function withOwner(
  before: AccountRecord,
  { owner }: AccountRow,
  isByHand: boolean,
): Partial<AccountRecord> {
  if (owner === undefined) return {};
  if (isByHand) {
    if (owner === before.owner) return {};
    const ownerSaid = before.ownerByHand ? before.ownerSaid : before.owner;
    return { owner, ownerByHand: true, ownerSaid };
  }
  if (before.ownerByHand && owner === before.ownerSaid) return {};
  return { owner, ownerByHand: false, ownerSaid: null };
}

/** The account with the row's known columns; undefined when they change nothing. */
function withKnown(
  before: AccountRecord,
  owner: Partial<AccountRecord>,
  row: AccountRow,
  isFirst: boolean,
  today: Day,
): AccountRecord | undefined {
  const asOf = row.asOf ?? today;
  if (!isFirst && asOf < before.knownAsOf) return undefined;
  const after = { ...before, knownAsOf: asOf };
  let isChanged = isFirst;
  const take = <
    F extends (typeof KNOWN)[number] | "parent" | "owner" | "ownerByHand" | "ownerSaid",
  >(
    field: F,
    value: AccountRecord[F] | undefined,
  ): void => {
    if (value === undefined || value === before[field]) return;
    after[field] = value;
    isChanged = true;
  };
  for (const field of KNOWN) take(field, row[field]);
  take("owner", owner.owner);
  take("ownerByHand", owner.ownerByHand);
  take("ownerSaid", owner.ownerSaid);
  take("parent", row.parentId);
  return isChanged ? after : undefined;
}

async function updateKnown(tx: Session, accounts: readonly AccountRecord[]): Promise<void> {
  await tx.q(
    `UPDATE account a SET name = n.name, owner = n.owner,
       owner_by_hand = n.owner_by_hand, owner_said = n.owner_said, parent = n.parent, created_at = n.created_at,
       closed_at = n.closed_at, timezone = n.timezone, known_as_of = n.known_as_of
     FROM ${ACCOUNT.table("$1", "n")} WHERE a.bucket = n.bucket AND a.id = n.id`,
    [ACCOUNT.encode(accounts)],
  );
}

/** The day from which a row's values count where the row does not say (model.md §7.14). */
function firstDay(
  row: AccountRow,
  isNew: ReadonlySet<string>,
  createdAt: (id: string) => Day | null,
  today: Day,
): Day {
  return isNew.has(row.accountId) ? Math.min(createdAt(row.accountId) ?? today, today) : today;
}

function writesOf(
  { accountId, asOf }: AccountRow,
  row: number,
  values: AccountRow["traits"],
  otherwise: Day,
): TraitWrite[] {
  return Object.entries(values).map(([trait, value]) => ({
    row,
    account: accountId,
    trait,
    from: asOf ?? otherwise,
    stated: asOf !== null,
    value,
  }));
}
