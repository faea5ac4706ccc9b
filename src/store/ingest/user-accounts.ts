import { type Day, formatDay } from "../../core/time/day.ts";
import type { HeldReason } from "../../engine/ports/ingest.ts";
import type { Session } from "../db/database.ts";

/** A contact that is a user. */
export interface UserContact {
  readonly account: string;
  readonly contact: string;
  /** As the contact has it: it may be a former name. */
  readonly userId: string;
  readonly closed: boolean;
}

/** Which accounts users are in, as contacts, also under former names. */
export class UserAccounts {
  readonly #contacts: Map<string, UserContact[]>;

  constructor(contacts: Map<string, UserContact[]>) {
    this.#contacts = contacts;
  }

  of(user: string): readonly UserContact[] {
    return this.#contacts.get(user) ?? [];
  }

  accountsOf(user: string): string[] {
    return [...new Set(this.of(user).map(({ account }) => account))];
  }

  add(user: string, contact: UserContact): void {
    const own = this.#contacts.get(user);
    if (own) own.push(contact);
    else this.#contacts.set(user, [contact]);
  }

  /** The user's only account, else why there is none. One that is closed counts where none is open. */
  onlyAccountOf(user: string): { readonly account: string } | { readonly reason: HeldReason } {
    const own = this.of(user);
    const open = new Set(own.filter(({ closed }) => !closed).map(({ account }) => account));
    const counted = open.size > 0 ? open : new Set(own.map(({ account }) => account));
    const [account, other] = counted;
    if (account === undefined) return { reason: "no_account" };
    return other === undefined ? { account } : { reason: "several_accounts" };
  }
}

export async function loadUserAccounts(
  tx: Session,
  users: Iterable<string>,
  today: Day,
): Promise<UserAccounts> {
  const names = [...new Set(users)];
  if (names.length === 0) return new UserAccounts(new Map());
  const found = await tx.q<UserContact & { user: string }>(
    `SELECT k.root AS user, c.account, c.id AS contact, c.user_id AS "userId",
       coalesce(a.closed_at <= $2::date, false) AS closed
     FROM (SELECT name, name AS root FROM unnest($1::text[]) AS n (name)
           UNION ALL SELECT u.alias, u.user_id FROM user_alias u WHERE u.user_id = ANY ($1::text[])) k
     JOIN contact c ON c.user_id = k.name
     JOIN account a ON a.bucket = c.bucket AND a.id = c.account
     ORDER BY c.bucket, c.account, c.id`,
    [names, formatDay(today)],
  );
  const accounts = new UserAccounts(new Map());
  for (const { user, ...contact } of found) accounts.add(user, contact);
  return accounts;
}
