import type {
  GroupMessage,
  IdentifyMessage,
  IngestMessage,
  Taken,
  TrackMessage,
} from "../../engine/ports/ingest.ts";
import { bareAccount, bareContact } from "../../engine/bare-rows.ts";
import type { AccountRow, EventRow, Moment } from "../../engine/ports.ts";
import type { AccountForEvents } from "../account-keys.ts";
import type { Session } from "../db/database.ts";
import { writeAccounts } from "../intake/write-accounts.ts";
import { writeContacts } from "../intake/write-contacts.ts";
import { writeEvents } from "../intake/write-events.ts";
import { contactRows, markUsersKnown, type UserInAccount } from "./contact-rows.ts";
import { fieldsOf, holdMessages, releaseIdentifies, type ToHold } from "./held-messages.ts";
import type { UserAccounts } from "./user-accounts.ts";

/** A message that has not come before, and whose it is. */
export interface Fresh<M extends IngestMessage> {
  /** Place in the batch. */
  readonly index: number;
  readonly message: M;
  readonly user: string | null;
  /** The same, but null where all that is known of the user is an anonymous id. */
  readonly known: string | null;
}

type Held = Fresh<TrackMessage | IdentifyMessage> & Pick<ToHold, "reason">;

/** What `group` calls say of accounts; one that was only named exists from now on. */
export async function writeGroups(
  tx: Session,
  groups: readonly Fresh<GroupMessage>[],
  made: ReadonlySet<string>,
  moment: Moment,
): Promise<void> {
  const rows = groups.map(({ message: { accountId, fields, asOf } }): AccountRow => ({
    ...fields,
    accountId,
    asOf,
    outcome: {},
  }));
  const told = new Set(rows.map(({ accountId }) => accountId));
  for (const accountId of made) if (!told.has(accountId)) rows.push(bareAccount(accountId));
  if (rows.length > 0) await writeAccounts(tx, rows, moment, made);
}

/** What there is about users: links to accounts, what they say of themselves, other names. */
export async function writeUsers(
  tx: Session,
  {
    groups,
    identifies,
    renamed,
  }: {
    readonly groups: readonly Fresh<GroupMessage>[];
    readonly identifies: readonly Fresh<IdentifyMessage>[];
    readonly renamed: readonly string[];
  },
  accounts: UserAccounts,
  moment: Moment,
): Promise<{ readonly linked: boolean; readonly homeless: readonly Held[] }> {
  const links: UserInAccount[] = [];
  for (const { known, message } of [...groups, ...identifies]) {
    const { accountId: account, asOf } = message;
    if (known === null || account === null) continue;
    links.push({ account, user: known, fields: null, asOf });
    if (!accounts.accountsOf(known).includes(account))
      accounts.add(known, { account, contact: known, userId: known, closed: false });
  }
  const said: UserInAccount[] = [];
  const homeless: Held[] = [];
  for (const fresh of identifies) {
    const { user, message } = fresh;
    const own = user === null ? [] : accounts.accountsOf(user);
    if (user === null || own.length === 0) homeless.push({ ...fresh, reason: "no_account" });
    else said.push(...inEach(own, user, message));
  }
  const earlier = await saidBefore(tx, [...links, ...said], accounts);
  const rows = await contactRows(tx, [...links, ...earlier, ...said]);
  rows.push(...renames(renamed, accounts));
  if (rows.length > 0) await writeContacts(tx, rows, moment);
  await markUsersKnown(tx, rows);
  return { linked: rows.some(({ userId }) => userId !== undefined), homeless };
}

function inEach(
  accounts: readonly string[],
  user: string,
  { fields, asOf }: Pick<IdentifyMessage, "fields" | "asOf">,
): UserInAccount[] {
  return accounts.map((account) => ({ account, user, fields, asOf }));
}

/** What these users said of themselves while nobody knew their account counts from now. */
async function saidBefore(
  tx: Session,
  wanted: readonly UserInAccount[],
  accounts: UserAccounts,
): Promise<UserInAccount[]> {
  const held = await releaseIdentifies(
    tx,
    wanted.map(({ user }) => user),
  );
  return held.flatMap((one) =>
    inEach(accounts.accountsOf(one.root), one.root, { fields: fieldsOf(one), asOf: null }),
  );
}

/** Contacts that have a former name of their user get the present one, where no other has it. */
function renames(users: readonly string[], accounts: UserAccounts) {
  return users.flatMap((user) => {
    const own = accounts.of(user);
    return own
      .filter(
        ({ account, userId }) =>
          userId !== user &&
          !own.some((other) => other.account === account && other.userId === user),
      )
      .map(({ account, contact }) => ({ ...bareContact(account, contact), userId: user }));
  });
}

export interface Homes {
  readonly accounts: UserAccounts;
  /** Accounts that this transaction holds: all that may be written. */
  readonly locked: ReadonlyMap<string, AccountForEvents>;
}

/** Events go to the account that they name, else to their user's only one; the others wait. */
export async function writeTracks(
  tx: Session,
  tracks: readonly Fresh<TrackMessage>[],
  { accounts, locked }: Homes,
  results: (Taken | undefined)[],
  moment: Moment,
): Promise<Held[]> {
  const homeless: Held[] = [];
  const written: number[] = [];
  const rows: EventRow[] = [];
  for (const fresh of tracks) {
    const { index, message, user } = fresh;
    const home =
      message.accountId === null
        ? accounts.onlyAccountOf(user ?? "")
        : { account: message.accountId };
    if ("reason" in home) homeless.push({ ...fresh, reason: home.reason });
    else {
      rows.push(eventRow(home.account, user, message));
      written.push(index);
    }
  }
  if (rows.length === 0) return homeless;
  const { refused } = await writeEvents(tx, rows, moment, locked);
  for (const { index, reason } of refused) {
    results[written[index] ?? -1] = { status: "refused", reason };
  }
  return homeless;
}

export function eventRow(
  accountId: string,
  userId: string | null,
  { id, event, at, properties }: Pick<TrackMessage, "id" | "event" | "at" | "properties">,
): EventRow {
  return { accountId, event, at, userId, messageId: id, properties, outcome: {} };
}

export async function holdFresh(
  tx: Session,
  held: readonly Held[],
  results: (Taken | undefined)[],
  { now }: Moment,
): Promise<void> {
  for (const { index, reason } of held) results[index] = { status: "held", reason };
  await holdMessages(
    tx,
    held.map(({ message, user, reason }) => ({ message, user: user ?? "", reason })),
    now,
  );
}
