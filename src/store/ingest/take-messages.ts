import type {
  GroupMessage,
  IdentifyMessage,
  IngestMessage,
  Taken,
  TakenBatch,
  TrackMessage,
} from "../../engine/ports/ingest.ts";
import type { Moment } from "../../engine/ports.ts";
import { lockForEvents } from "../account-keys.ts";
import type { Session } from "../db/database.ts";
import { insertMissing } from "../intake/write-accounts.ts";
import { forgetMessages, keepNew } from "./new-messages.ts";
import { type Fresh, holdFresh, writeGroups, writeTracks, writeUsers } from "./take-kinds.ts";
import { loadUserAccounts, type UserAccounts } from "./user-accounts.ts";
import { joinUsers, type Users } from "./users.ts";

/**
 * A batch of what clients sent, each message once. Locks are taken in one order by all who write
 * (ids of messages, joins of users, new accounts, accounts, the list of held messages), so that
 * nobody waits for somebody who waits for them.
 */
export async function takeMessages(
  tx: Session,
  messages: readonly IngestMessage[],
  moment: Moment,
): Promise<TakenBatch> {
  const results: (Taken | undefined)[] = messages.map(() => undefined);
  const isNew = await keepNew(tx, messages, results);
  if (isNew.length > 0) {
    const { users, joined } = await joinUsers(tx, messages, isNew, results);
    const linked = await takeFresh(tx, freshOf(messages, isNew, users), results, moment);
    const refused = isNew.filter((index) => results[index]?.status === "refused");
    await forgetMessages(
      tx,
      refused.flatMap((index) => messages[index]?.id ?? []),
    );
    return { results: results.map(orWritten), linked: linked || joined };
  }
  return { results: results.map(orWritten), linked: false };
}

function orWritten(result: Taken | undefined): Taken {
  return result ?? { status: "written" };
}

interface FreshByKind {
  readonly groups: Fresh<GroupMessage>[];
  readonly identifies: Fresh<IdentifyMessage>[];
  readonly tracks: Fresh<TrackMessage>[];
  /** Users who have another name now. */
  readonly renamed: string[];
}

/** By the time at which they happened: of two values the later one stays. */
function freshOf(
  messages: readonly IngestMessage[],
  isNew: readonly number[],
  users: Users,
): FreshByKind {
  const fresh: FreshByKind = { groups: [], identifies: [], tracks: [], renamed: [] };
  for (const index of isNew) {
    const message = messages[index] as IngestMessage;
    const user = users.of(message);
    const known = users.knownOf(message);
    if (message.kind === "group") fresh.groups.push({ index, message, user, known });
    else if (message.kind === "identify") fresh.identifies.push({ index, message, user, known });
    else if (message.kind === "track") fresh.tracks.push({ index, message, user, known });
    else if (user !== null) fresh.renamed.push(user);
  }
  const byTime = (a: Fresh<IngestMessage>, b: Fresh<IngestMessage>): number =>
    a.message.at - b.message.at || a.index - b.index;
  fresh.groups.sort(byTime);
  fresh.identifies.sort(byTime);
  return fresh;
}

async function takeFresh(
  tx: Session,
  fresh: FreshByKind,
  results: (Taken | undefined)[],
  moment: Moment,
): Promise<boolean> {
  const { groups, identifies, tracks, renamed } = fresh;
  const placed = [
    ...renamed,
    ...identifies.flatMap(({ user }) => user ?? []),
    ...tracks.flatMap(({ user, message }) => (message.accountId === null ? (user ?? []) : [])),
  ];
  const accounts = await loadUserAccounts(tx, placed, moment.today);
  const named = namedAccounts(fresh);
  const made = named.size === 0 ? named : await insertMissing(tx, named, moment);
  const locked = await lockForEvents(tx, [...named, ...accountsToWrite(placed, accounts)]);
  await writeGroups(tx, groups, made, moment);
  const users = await writeUsers(tx, { groups, identifies, renamed }, accounts, moment);
  const homeless = await writeTracks(tx, tracks, { accounts, locked }, results, moment);
  await holdFresh(tx, [...users.homeless, ...homeless], results, moment);
  return users.linked;
}

/** Accounts that messages name: those that nobody has seen yet are made. */
function namedAccounts({ groups, identifies, tracks }: FreshByKind): Set<string> {
  const named = new Set<string>();
  for (const { message } of groups) named.add(message.accountId);
  for (const { message } of tracks) if (message.accountId !== null) named.add(message.accountId);
  for (const { message, known } of identifies)
    if (message.accountId !== null && known !== null) named.add(message.accountId);
  return named;
}

function accountsToWrite(users: readonly string[], accounts: UserAccounts): string[] {
  return users.flatMap((user) => accounts.accountsOf(user));
}
