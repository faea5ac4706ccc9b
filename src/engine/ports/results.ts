import type { ContactInput, Json } from "../../core/facts/types.ts";
import type { Instant } from "../../core/time/day.ts";
import type { Suppression } from "./outbox.ts";
import type { AuditEntry, Moment } from "./store.ts";

// ---- persons: what one of them wants holds wherever it is a contact

/** A person by its mail address (folded), which may be a contact of several accounts, or by the one contact. */
export type PersonKey =
  | { readonly email: string }
  | { readonly account: string; readonly contact: string };

export interface PersonContact {
  readonly account: string;
  readonly contact: ContactInput;
  /** Present values of its traits. */
  readonly traits: Readonly<Record<string, Json>>;
}

export interface PersonChange {
  /** Channels that it does not want any more, and those that it wants again. */
  readonly optOut: readonly string[];
  readonly optIn: readonly string[];
  readonly traits: Readonly<Record<string, string | number | boolean | null>>;
  readonly suppress: readonly Suppression[];
  /** Suppressions that hold no longer. */
  readonly lift: readonly Pick<Suppression, "address" | "channel">[];
  /** null: the person did it, not one of us. */
  readonly audit: AuditEntry | null;
}

export interface PersonStore {
  find(key: PersonKey): Promise<PersonContact[]>;
  /** All its contacts at once; they are marked to be decided where anything changed. Answers how many did. */
  change(key: PersonKey, change: PersonChange, moment: Moment): Promise<number>;
  suppressions(addresses: readonly string[]): Promise<Suppression[]>;
  /** In the order of their keys, of one address or all. */
  listSuppressions(
    address: string | null,
    after: SuppressionPlace | null,
    limit: number,
  ): Promise<ListedSuppression[]>;
}

export interface SuppressionPlace {
  readonly bucket: number;
  readonly address: string;
  readonly channel: string;
}

export interface ListedSuppression extends SuppressionPlace {
  readonly reason: string;
  readonly at: Instant;
}

// ---- hits: links and pictures of messages that were asked for

export type HitKind = "open" | "click";

export interface MessageHit {
  readonly account: string;
  /** Id of the attempt. */
  readonly outgoing: string;
  readonly kind: HitKind;
  /** Number of the link; -1: the picture. */
  readonly link: number;
  readonly at: Instant;
  /** Why it is no person's doing, as far as one request shows it. */
  readonly weak: string | null;
}

export interface HitStore {
  /** The same hit again, and those beyond the first few hundred of a message, change nothing. */
  add(hit: MessageHit): Promise<void>;
  /** Attempts with hits made before a time that nobody has judged; null buckets: all. */
  unjudged(
    buckets: readonly number[] | null,
    before: Instant,
    limit: number,
  ): Promise<{ readonly account: string; readonly id: string }[]>;
  /** All hits of an attempt, by time. */
  of(account: string, outgoing: string): Promise<MessageHit[]>;
  /** They have been looked at: those that turned out to be nobody's doing say why. */
  judged(hits: readonly MessageHit[]): Promise<void>;
}

// ---- surveys

export interface SurveyAnswer {
  readonly account: string;
  /** The same for the same question asked of the same person. */
  readonly id: string;
  readonly survey: string;
  readonly score: number;
  readonly comment: string | null;
  readonly user: string | null;
  readonly contact: string | null;
  readonly touchId: string | null;
  readonly at: Instant;
}

export interface SurveyFilter {
  readonly survey?: string;
  readonly account?: string;
}

/** Where a page of answers ended: the next one begins with what is older. */
export interface SurveyPlace {
  readonly at: Instant;
  readonly id: string;
}

export interface SurveyStore {
  /**
   * Keeps answers, each with its event; one with the same id takes the place of the one before.
   * Answers the ids of those that are new or different.
   */
  put(answers: readonly SurveyAnswer[], moment: Moment): Promise<ReadonlySet<string>>;
  one(account: string, id: string): Promise<SurveyAnswer | null>;
  /** Newest first. */
  list(filter: SurveyFilter, limit: number, after?: SurveyPlace): Promise<SurveyAnswer[]>;
  /** By survey: how many answers, and of what score. */
  counts(): Promise<
    readonly { readonly survey: string; readonly score: number; readonly answers: number }[]
  >;
}
