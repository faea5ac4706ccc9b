import type { WorkTouch } from "../../core/allocate/planned-work.ts";
import type { Decision } from "../../core/decide/index.ts";
import type { Json } from "../../core/facts/types.ts";
import type { Channel } from "../../core/model/types.ts";
import type { AccountState } from "../../core/account/state.ts";
import type { Touch, TouchStatus } from "../../core/schedule/types.ts";
import type { Day, Instant } from "../../core/time/day.ts";
import type { AuditEntry, ListedTouch } from "./store.ts";

/**
 * Pages of what is kept, for lists that people and programs leaf through. Every list has a fixed
 * order and goes on after the key of the last row seen, so that rows that arrive meanwhile
 * neither repeat nor hide any.
 */
export interface ReadingStore {
  accounts(
    filter: AccountListFilter,
    after: AccountAfter | null,
    limit: number,
  ): Promise<ListedAccount[]>;
  /** What is known of one account beside its decision. */
  account(id: string, today: Day): Promise<KnownAccount | null>;
  contacts(
    filter: ContactListFilter,
    after: ContactKey | null,
    limit: number,
  ): Promise<ListedContact[]>;
  contact(key: ContactKey, today: Day): Promise<KnownContact | null>;
  /** By due day, then account and key. */
  touches(filter: TouchListFilter, after: TouchAfter | null, limit: number): Promise<ListedTouch[]>;
  /** Touches that people have still to do and when each comes back in sight, by due day. */
  toDo(filter: ToDoFilter, limit: number): Promise<ToDoTouch[]>;
  /** What people have done since an instant, the latest first. */
  doneSince(owners: Owners, since: Instant, limit: number): Promise<ListedTouch[]>;
  /** Touches that people have still to do, in the order in which they are kept. */
  work(after: WorkAfter | null, limit: number): Promise<OpenWork[]>;
  /**
   * All accounts as they stand, with what is still to happen to each: what a plan compares.
   * @param inDetail touchpoints of whose touches there is `detail`
   */
  wholeBook(inDetail?: readonly string[]): AsyncIterable<BookPage>;
  /** Per bucket, how far its accounts have come: equal to before, nothing of them has changed. */
  bookMarks(): Promise<readonly BookMark[]>;
  /** The accounts of some buckets, and how far each has come. */
  bookRevs(buckets: readonly number[]): Promise<readonly BookRev[]>;
  /** Some accounts as they stand, for lists; those that are not there are left out. */
  bookRows(ids: readonly string[]): Promise<readonly BookRow[]>;
  /** All accounts of some buckets: a whole book is read so, a part after the other. */
  bookOf(buckets: readonly number[]): Promise<readonly BookRow[]>;
  /** Stored decisions of an account, newest first. */
  decisions(account: string, after: number | null, limit: number): Promise<PastDecision[]>;
  /** What happened to an account and what was done, newest first. */
  timeline(
    account: string,
    filter: TimelineFilter,
    after: TimelineAfter | null,
    limit: number,
  ): Promise<TimelineEntry[]>;
  /** Newest first. */
  audit(filter: AuditListFilter, after: AuditAfter | null, limit: number): Promise<ListedAudit[]>;
}

// ---- accounts

export const ACCOUNT_ORDERS = ["id", "name", "owner", "created_at"] as const;
export type AccountOrder = (typeof ACCOUNT_ORDERS)[number];

export interface AccountListFilter {
  /** Exactly this one. */
  readonly id?: string;
  /** These, as far as they are there; a few hundred at most. */
  readonly ids?: readonly string[];
  readonly level?: string;
  readonly stage?: string;
  /** null: those of nobody. */
  readonly owner?: string | null;
  /** Beginning of an id, or part of a name. */
  readonly text?: string;
  readonly state: AccountStateChoice;
  /** undefined: the order in which they are kept, which costs nothing. */
  readonly order?: { readonly by: AccountOrder; readonly descending: boolean };
}
/** `open`: decided, or to be decided soon; `closed`: decided no more. */
export type AccountStateChoice = "open" | "decided" | "undecided" | "closed" | "all";

/** Key of the last account seen; `value` with an order. */
export interface AccountAfter {
  readonly id: string;
  readonly value?: string | null;
}

export interface ListedAccount {
  readonly id: string;
  readonly name: string | null;
  readonly owner: string | null;
  readonly createdAt: Day | null;
  readonly closedAt: Day | null;
  readonly decidedOn: Day | null;
  /** null: not decided yet, or closed. */
  readonly decision: Decision | null;
  /** What it is ordered by. */
  readonly orderValue: string | null;
}

export interface KnownAccount extends ListedAccount {
  readonly parent: string | null;
  readonly timezone: string | null;
  readonly firstSeenAt: Instant;
  /** They go up with every change: what an ETag is made of. */
  readonly factsRev: number;
  readonly stateRev: number;
  /** As of today. */
  readonly traits: readonly { readonly trait: string; readonly value: Json; readonly from: Day }[];
  readonly contacts: number;
  readonly openTouches: number;
  readonly waiting: boolean;
}

// ---- contacts

export interface ContactListFilter {
  readonly account?: string;
  readonly email?: string;
  readonly user?: string;
  /** Part of a name or address, beginning of an id. */
  readonly text?: string;
  readonly optedOut?: boolean;
}
export interface ContactKey {
  readonly account: string;
  readonly id: string;
}
export interface ListedContact {
  readonly account: string;
  readonly id: string;
  readonly user: string | null;
  readonly email: string | null;
  readonly name: string | null;
  readonly role: string | null;
  readonly timezone: string | null;
  readonly locale: string | null;
  readonly createdAt: Day | null;
  readonly from: Day;
  readonly optOuts: readonly string[];
  readonly accountName: string | null;
  readonly accountOwner: string | null;
}
export interface KnownContact extends ListedContact {
  readonly traits: readonly { readonly trait: string; readonly value: Json; readonly from: Day }[];
}

// ---- touches

export interface TouchListFilter {
  readonly account?: string;
  readonly contact?: string;
  readonly owner?: string | null;
  /** Of any of these people. */
  readonly owners?: readonly string[];
  readonly statuses?: readonly TouchStatus[];
  readonly from?: Day;
  readonly to?: Day;
  readonly human?: boolean;
  readonly program?: string;
  readonly touchpoint?: string;
  readonly channel?: Channel;
}
export interface TouchAfter {
  readonly due: Day;
  readonly account: string;
  readonly key: string;
}

/** Whose touches: of any of these people (null: of nobody in particular); `all`. */
export type Owners = readonly (string | null)[] | "all";

export interface ToDoFilter {
  readonly owners: Owners;
  /** Due on or after, and on or before these days. */
  readonly from?: Day;
  readonly to?: Day;
  /** Exactly this one. */
  readonly id?: string;
}
export interface ToDoTouch extends ListedTouch {
  /** Put out of sight by hand until then; null: it is not. */
  readonly snoozedUntil: Instant | null;
}

/** An open human touch, as far as hours go. */
export interface OpenWork extends WorkTouch {
  readonly key: string;
}
export interface WorkAfter {
  readonly account: string;
  readonly key: string;
}

/** Some accounts, and at the same place the open touches of each. */
export interface BookPage {
  readonly accounts: readonly BookAccount[];
  readonly touches: readonly (readonly BookTouch[])[];
}
export interface BookAccount {
  readonly id: string;
  readonly name: string | null;
  readonly owner: string | null;
  readonly decidedOn: Day | null;
  readonly decidedModel: number | null;
  /** Something is new that no evaluation has taken notice of. */
  readonly waiting: boolean;
  /** null: never decided. */
  readonly state: AccountState | null;
  /** `factValues` of the latest decision; null: none, or closed. */
  readonly facts: readonly (string | number | boolean | null)[] | null;
}
export interface BookMark {
  readonly bucket: number;
  readonly accounts: number;
  /** The sum of their `rev`. */
  readonly revs: number;
}
export interface BookRev {
  readonly id: string;
  readonly bucket: number;
  /** Goes up with every change of what is known or decided of it, and of its touches. */
  readonly rev: number;
}
export interface BookRow extends BookRev {
  readonly name: string | null;
  readonly owner: string | null;
  readonly createdAt: Day | null;
  readonly decidedOn: Day | null;
  /** It was evaluated at least once: without a decision it is closed. */
  readonly isEvaluated: boolean;
  /** null: not decided yet, or closed. */
  readonly decision: Decision | null;
  /** Its first open touch for which a person is needed, and the first of all. */
  readonly nextHuman: BookNext | null;
  readonly next: BookNext | null;
}
export interface BookNext {
  readonly due: Day;
  readonly touchpoint: string;
}
export type BookTouch = Pick<
  Touch,
  | "account"
  | "touchpoint"
  | "program"
  | "contact"
  | "due"
  | "channel"
  | "by"
  | "owner"
  | "human"
  | "must"
  | "minutes"
  | "purpose"
  | "priority"
  | "status"
> & {
  /** Its contact's mail address as it is stored. */
  readonly email: string | null;
  /** Where it was asked for. */
  readonly detail?: TouchDetail;
};
export type TouchDetail = Pick<
  Touch,
  "key" | "run" | "step" | "title" | "accountable" | "drives" | "reason"
>;

// ---- decisions, timeline, audit

export interface PastDecision {
  readonly seq: number;
  readonly day: Day;
  readonly at: Instant;
  readonly cause: string;
  readonly modelVersion: number;
  readonly decision: Decision;
  /** The stored decision before it. */
  readonly before: Decision | null;
}

/**
 * Which tracked events are told: those of `names` (`*` at the end: all that begin so) and the first
 * of each of `firsts`; all; or none.
 */
export type EventChoice =
  | { readonly names: readonly string[]; readonly firsts: readonly string[] }
  | "all"
  | "none";

export interface TimelineFilter {
  readonly events: EventChoice;
  readonly from?: Instant;
  /** Before this instant. */
  readonly until?: Instant;
}

export type TimelineKind = "event" | "decision" | "audit";
export interface TimelineAfter {
  readonly at: Instant;
  readonly kind: TimelineKind;
  readonly seq: number;
}
export type TimelineEntry = { readonly at: Instant; readonly seq: number } & (
  | { readonly kind: "event"; readonly event: TimelineEvent }
  | { readonly kind: "decision"; readonly decision: PastDecision }
  | { readonly kind: "audit"; readonly audit: AuditEntry }
);
export interface TimelineEvent {
  readonly name: string;
  readonly user: string | null;
  readonly engine: boolean;
  readonly properties: { readonly [key: string]: Json };
  /** Of a touch's event: what the touch is called and what was noted. */
  readonly touch: {
    readonly id: string;
    readonly title: string;
    readonly owner: string | null;
    readonly note: string | null;
    readonly minutesSpent: number | null;
    /** Why it was cancelled, dropped or skipped, where it was. */
    readonly reason: string | null;
  } | null;
}

export interface AuditListFilter {
  readonly account?: string;
  readonly by?: string;
  /** Part of what was done. */
  readonly what?: string;
  readonly from?: Instant;
  readonly to?: Instant;
}
export interface AuditAfter {
  readonly at: Instant;
  readonly bucket: number;
  readonly id: number;
}
export interface ListedAudit extends AuditEntry {
  readonly at: Instant;
  readonly bucket: number;
  readonly id: number;
}
