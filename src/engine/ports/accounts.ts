import type { AccountState } from "../../core/account/state.ts";
import type { Decision } from "../../core/decide/decision.ts";
import type { ContactInput, EventInput, Json, TraitChange } from "../../core/facts/types.ts";
import type { EngineEvent, Touch } from "../../core/schedule/types.ts";
import type { Day, Instant } from "../../core/time/day.ts";
import type { AuditEntry, Moment } from "./store.ts";
import type { Notice } from "./webhooks.ts";

export interface StoredEvent extends EventInput {
  readonly id: string;
  /** Came in after the account was last evaluated. False for all events of one never evaluated. */
  readonly pending: boolean;
}

/** How far an account had come when it was loaded: whoever saves says what it had seen. */
export interface LoadedMark {
  /** Goes up with every change of state, decision or touches. */
  readonly stateRev: number;
  /** Goes up with every change of traits, contacts or known fields. */
  readonly factsRev: number;
  /** Goes up with everything that arrives. */
  readonly news: number;
  /** The newest of its events, by arrival. */
  readonly lastSeq: number;
}

/** All that deciding an account needs. */
export interface StoredAccount {
  readonly id: string;
  readonly loaded: LoadedMark;
  readonly name: string | null;
  readonly createdAt: Day | null;
  readonly firstSeen: Day;
  readonly firstSeenAt: Instant;
  readonly timezone: string | null;
  readonly owner: string | null;
  /** null: never evaluated. */
  readonly state: AccountState | null;
  /** Day of the last evaluation. */
  readonly decidedOn: Day | null;
  /** What `news` was at the last evaluation. */
  readonly decidedNews: number;
  /** The model version of the last evaluation; null: none, or nobody knows. */
  readonly decidedModel: number | null;
  /** A person's own doing is among what is new. */
  readonly byHand: boolean;
  readonly traits: readonly TraitChange[];
  readonly contacts: readonly ContactInput[];
  readonly contactTraits: readonly (TraitChange & { readonly contact: string })[];
  /** By time, then arrival. */
  readonly events: readonly StoredEvent[];
  readonly touches: readonly Touch[];
  /** Of one loaded without traits and events: `factValues` of its latest decision. */
  readonly facts?: readonly (string | number | boolean | null)[];
}

/**
 * Who was decided on this day by this model, with nothing new since, is loaded without traits and
 * events, the most of what there is: `facts` says what they came to.
 */
export interface ToldBy {
  readonly day: Day;
  readonly modelVersion: number;
}

export interface DecisionRecord {
  readonly day: Day;
  readonly at: Instant;
  /** `event`, `midnight`, `model`, `person`, `first`. */
  readonly cause: string;
  readonly decision: Decision;
  /** What was remembered right after it: a later day without a decision is worked out from here. */
  readonly state: AccountState;
  readonly modelVersion: number;
}

/** An account that somebody holds in memory, as far as it has come there. */
export interface HeldAccount {
  readonly id: string;
  readonly loaded: LoadedMark;
  readonly decidedNews: number;
  readonly decidedOn: Day | null;
}

/** What is new about an account that somebody holds. */
export interface AccountChanges {
  readonly id: string;
  /** As of now; `lastSeq` as it was held. */
  readonly loaded: LoadedMark;
  /** Its facts are others, or somebody else has decided it: it has to be loaded whole. */
  readonly isOther: boolean;
  readonly byHand: boolean;
  /** Only where state or touches changed. */
  readonly state?: AccountState | null;
  readonly touches?: readonly Touch[];
  /** All events that no evaluation has taken notice of, also those that were known. */
  readonly pending: readonly StoredEvent[];
}

/** What evaluating one account came to, to be stored whole. */
export interface EvaluatedAccount {
  readonly id: string;
  /** What it was evaluated from. */
  readonly loaded: LoadedMark;
  readonly day: Day;
  /** By which it was evaluated. */
  readonly modelVersion: number;
  readonly state: AccountState;
  /** The latest decision, complete; null once the account is closed. */
  readonly decision: Decision | null;
  /** Those that differ from the one before, oldest first: kept for ever. */
  readonly history: readonly DecisionRecord[];
  /** With their ids. */
  readonly events: readonly (EngineEvent & { readonly id: string })[];
  /** New and changed ones, whole. */
  readonly touches: readonly Touch[];
  /** Ids of the pending events it took notice of. */
  readonly handled: readonly string[];
  /** What others are told of it, in the same transaction. */
  readonly notices?: readonly Notice[];
}

/** What became of a saved batch. */
export interface SaveResult {
  /** State or touches had changed since they were loaded: nothing of these was stored, look again. */
  readonly raced: readonly string[];
  /** By account that was stored: its `stateRev` now. */
  readonly stateRevs: ReadonlyMap<string, number>;
}

/** What a person decides about an account: pin, stage, run. */
export interface StateChange {
  readonly state: AccountState;
  /** Of the account that it was worked out from. */
  readonly stateRev: number;
  readonly audit: AuditEntry;
}

export interface AccountFilter {
  readonly ids?: readonly string[];
  /** Only those with something to do: news, never decided, or last decided before this day. */
  readonly toDecideOn?: Day;
}

/** Which accounts a worker is to take up. */
export interface WorkFilter {
  /** null: all. */
  readonly buckets: readonly number[] | null;
  readonly limit: number;
  /** Not these: they are set aside. */
  readonly except: readonly string[];
}

export interface AccountStore {
  /** Ids in a fixed order, grouped by bucket. Exact ids that do not exist are left out. */
  ids(filter: AccountFilter): Promise<string[]>;
  /** Those with news, in the order of ids() from the one after `after` on. */
  withNews(
    filter: WorkFilter & {
      readonly after: string | null;
      /** Also those that were never decided. */
      readonly withNew: boolean;
    },
  ): Promise<string[]>;
  /** Those last decided before a day. */
  behind(filter: WorkFilter, today: Day): Promise<string[]>;
  /** In the order asked for; a few hundred at a time. */
  load(ids: readonly string[], told?: ToldBy): Promise<StoredAccount[]>;
  /** What is new about decided accounts that are held in memory: one statement, which reads no more than that. */
  changes(held: readonly HeldAccount[]): Promise<AccountChanges[]>;
  /** One transaction for the whole batch. */
  save(batch: readonly EvaluatedAccount[], moment: Moment): Promise<SaveResult>;
  /**
   * A person's change to what is remembered, with its audit entry: marks the account to be
   * decided. False: the account has changed since it was loaded and nothing is stored; look again.
   */
  putState(id: string, change: StateChange, moment: Moment): Promise<boolean>;
  count(): Promise<number>;
  /** How many no model has decided yet. */
  neverDecided(): Promise<number>;
  /** Ids that begin with, or names that contain, the text: for "did you mean". At most 10. */
  find(text: string): Promise<{ readonly id: string; readonly name: string | null }[]>;
  /** What data there is, for `facts` and `doctor`. */
  traitNames(): Promise<
    { readonly trait: string; readonly accounts: number; readonly newest: Day }[]
  >;
  /** Different values of traits that are not of the JSON type given for each ('': of all types). */
  oddValues(
    of: "accounts" | "contacts",
    traits: ReadonlyMap<string, string>,
  ): Promise<{ readonly trait: string; readonly value: Json; readonly count: number }[]>;
  contactTraitNames(): Promise<{ readonly trait: string; readonly contacts: number }[]>;
  eventNames(): Promise<
    {
      readonly name: string;
      readonly events: number;
      readonly accounts: number;
      readonly newest: Instant;
      readonly properties: readonly string[];
    }[]
  >;
  counts(): Promise<{
    readonly accounts: number;
    readonly contacts: number;
    readonly events: number;
    readonly touches: number;
    readonly decisions: number;
  }>;
}
