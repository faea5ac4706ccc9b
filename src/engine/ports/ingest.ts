import type { Json } from "../../core/facts/types.ts";
import type { Instant } from "../../core/time/day.ts";
import type { AccountRow, ContactRow } from "./rows.ts";
import type { Moment } from "./store.ts";

/** What a `group` call says of its account, as the columns of an import. */
export type AccountFields = Omit<AccountRow, "row" | "accountId" | "asOf" | "outcome">;
/** What an `identify` call says of its user, as the columns of an import. */
export type ContactFields = Omit<ContactRow, "row" | "contactId" | "accountId" | "userId" | "asOf">;

interface Message {
  /** The sender's message id, or one made from the content: good for one message for ever. */
  readonly id: string;
  /** Of what the message says: the same id with another hash is refused. */
  readonly hash: Uint8Array;
  /** When it happened, by our clock. */
  readonly at: Instant;
  readonly userId: string | null;
  readonly anonymousId: string | null;
  /** `groupId` of the call or of its context. */
  readonly accountId: string | null;
  /** The day from which its traits count, for one that comes late; null: from arrival. */
  readonly asOf: number | null;
}

export interface TrackMessage extends Message {
  readonly kind: "track";
  readonly event: string;
  readonly properties: Readonly<Record<string, Json>>;
}
export interface IdentifyMessage extends Message {
  readonly kind: "identify";
  readonly fields: ContactFields;
}
export interface GroupMessage extends Message {
  readonly kind: "group";
  readonly accountId: string;
  readonly fields: AccountFields;
}
export interface AliasMessage extends Message {
  readonly kind: "alias";
  /** Another name of `userId`. */
  readonly previousId: string;
}
export type IngestMessage = TrackMessage | IdentifyMessage | GroupMessage | AliasMessage;

/** Why a message waits: its user is in no account we know of, or in several. */
export const HELD_REASONS = {
  no_account: "its user belongs to no account yet",
  several_accounts: "its user belongs to several accounts, and it does not say which is meant",
  other_content: "its account has another event with this message id",
} as const;
export type HeldReason = keyof typeof HELD_REASONS;

export type Taken =
  | { readonly status: "written" }
  /** The same message came before. */
  | { readonly status: "duplicate" }
  | { readonly status: "held"; readonly reason: HeldReason }
  | { readonly status: "refused"; readonly reason: string };

export interface TakenBatch {
  /** One for each message, in order. */
  readonly results: readonly Taken[];
  /** Users got accounts: held messages may have found theirs. */
  readonly linked: boolean;
}

/** A message that waits for its user to be in exactly one account. */
export interface HeldMessage {
  readonly id: string;
  readonly userId: string;
  readonly kind: "track" | "identify";
  /** Name of the event; null: an `identify`. */
  readonly event: string | null;
  readonly at: Instant;
  readonly arrived: Instant;
  readonly reason: HeldReason;
  readonly content: {
    readonly properties?: Readonly<Record<string, Json>>;
    readonly fields?: ContactFields;
  };
}

export interface HeldFilter {
  readonly userId?: string;
  readonly reason?: HeldReason;
  /** Those after this one, in the order of arrival. */
  readonly after?: { readonly arrived: Instant; readonly id: string };
}

export interface HeldCount {
  readonly reason: HeldReason;
  readonly messages: number;
  readonly users: number;
  readonly oldest: Instant;
  readonly newest: Instant;
}

export interface HeldCounts {
  readonly messages: number;
  readonly reasons: readonly HeldCount[];
}

export interface Attribution {
  /** Messages that found their account. */
  readonly attributed: number;
  /** Messages that cannot go there: they stay, with the reason `other_content`. */
  readonly refused: number;
  /** There may be more to do. */
  readonly more: boolean;
}

/** What clients send, on its way in. */
export interface IngestStore {
  /** All of them in one transaction; each is taken once, however often it comes. */
  take(messages: readonly IngestMessage[], moment: Moment): Promise<TakenBatch>;
  /** Gives held messages to the account their user has got meanwhile, some at a time; null: all buckets. */
  attribute(buckets: readonly number[] | null, limit: number, moment: Moment): Promise<Attribution>;
  /** Held messages by arrival. */
  held(filter: HeldFilter, limit: number): Promise<HeldMessage[]>;
  heldCounts(): Promise<HeldCounts>;
}
