import type { Day, Instant } from "../../core/time/day.ts";
import type { Access } from "./rows.ts";
import type { AuditEntry } from "./store.ts";

/** `write` ingests, `api` reads and does, `widget` signs users, `admin` is the operator's own token. */
export type KeyKind = "write" | "api" | "widget" | "admin";
export type KeyScope = "read" | "write" | "admin";

/** A key as it is kept: of its secret there is only a hash. */
export interface StoredKey {
  readonly id: string;
  readonly kind: KeyKind;
  readonly name: string;
  readonly scopes: readonly KeyScope[];
  /** The most that it may do; null: all that its scopes allow. */
  readonly access: Access | null;
  readonly hash: string;
  readonly createdAt: Instant;
  readonly createdBy: string | null;
  readonly lastUsedOn: Day | null;
  readonly revokedAt: Instant | null;
}

/** Who a session or a sign-in link belongs to; member null: the administrator without a name. */
export interface Person {
  readonly member: string | null;
  readonly name: string | null;
  readonly access: Access | null;
}

export interface NewSession {
  readonly hash: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
}

/** Who may come in: keys, one-time links and sessions, each known by the hash of its secret. */
export interface AccessStore {
  /** With its audit entry. */
  addKey(key: StoredKey, entry: AuditEntry): Promise<void>;
  key(id: string): Promise<StoredKey | null>;
  /** Newest first. */
  keys(): Promise<StoredKey[]>;
  /** Answers whether there was one to revoke. */
  revokeKey(id: string, at: Instant, entry: AuditEntry): Promise<boolean>;
  keyUsedOn(id: string, day: Day): Promise<void>;
  /** The member with this address, in any case; null: nobody, or several. */
  memberByEmail(email: string): Promise<Person | null>;
  addSignIn(hash: string, member: string | null, expiresAt: Instant): Promise<void>;
  /** Whether a link is still good; using it is another thing. */
  isSignInOpen(hash: string, now: Instant): Promise<boolean>;
  /** Uses a link up and opens the session, in one transaction; null: unknown, expired or used. */
  openSession(signIn: string, session: NewSession, now: Instant): Promise<Person | null>;
  /** null: none, expired, or its member is no longer of the team. */
  session(hash: string, now: Instant): Promise<(Person & { readonly expiresAt: Instant }) | null>;
  closeSession(hash: string): Promise<void>;
  /** Who looks after an account; undefined: there is no such account. */
  ownerOf(account: string): Promise<string | null | undefined>;
  /** Removes what has expired; answers how many. */
  tidy(now: Instant): Promise<number>;
}
