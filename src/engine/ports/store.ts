import type { ByHandStore } from "./by-hand.ts";
import type { IdempotencyStore } from "./idempotency.ts";
import type { PrivacyStore } from "./privacy.ts";
import type { ReadingStore } from "./reading.ts";
import type { AccountState } from "../../core/account/state.ts";
import type { Decision } from "../../core/decide/decision.ts";
import type { ContactInput, EventInput, Json, TraitChange } from "../../core/facts/types.ts";
import type { EngineEvent, Touch, TouchStatus } from "../../core/schedule/types.ts";
import type { Day, Instant } from "../../core/time/day.ts";
import type { AccessStore } from "./access.ts";
import type { GaugeStore } from "./gauges.ts";
import type { InAppStore } from "./in-app.ts";
import type { LeaseStore } from "./leases.ts";
import type { IngestStore } from "./ingest.ts";
import type { AppointmentChange, AppointmentStore } from "./appointments.ts";
import type { OutboxStore, PauseStore } from "./outbox.ts";
import type { HitStore, PersonStore, SurveyStore } from "./results.ts";
import type { AccountRow, ContactRow, EventRow, TeamRow, WriteCounts } from "./rows.ts";
import type { Notice, WebhookStore } from "./webhooks.ts";

/** When things are written: the instant, and the workspace's day it falls on. */
export interface Moment {
  readonly now: Instant;
  readonly today: Day;
}

/**
 * All that is kept. Every method is one transaction: it is done whole when it answers and has
 * changed nothing when it throws.
 */
export interface Store {
  readonly kind: "pglite" | "postgres";
  /** For messages: the folder, or the server without its password. */
  readonly place: string;

  readonly models: ModelStore;
  readonly intake: IntakeStore;
  readonly accounts: AccountStore;
  readonly decisions: DecisionStore;
  readonly touches: TouchStore;
  readonly team: TeamStore;
  readonly settings: SettingStore;
  readonly audit: AuditStore;
  readonly access: AccessStore;
  readonly gauges: GaugeStore;
  readonly archive: ArchiveStore;
  readonly outbox: OutboxStore;
  readonly appointments: AppointmentStore;
  readonly ingest: IngestStore;
  readonly persons: PersonStore;
  readonly hits: HitStore;
  readonly surveys: SurveyStore;
  readonly webhooks: WebhookStore;
  readonly leases: LeaseStore;
  readonly inApp: InAppStore;
  readonly pauses: PauseStore;
  readonly reading: ReadingStore;
  readonly byHand: ByHandStore;
  readonly idempotency: IdempotencyStore;
  readonly privacy: PrivacyStore;

  close(): Promise<void>;
}

// ---- models

export interface ModelVersion {
  readonly version: number;
  readonly name: string;
  readonly hash: string;
  readonly appliedAt: Instant;
  readonly by: string | null;
  readonly reason: string | null;
}

export interface StoredModel extends ModelVersion {
  readonly source: string;
  /** Message files beside the model: `welcome.en` → text. */
  readonly messages: Readonly<Record<string, string>>;
}

export interface ModelStore {
  /** The newest version: the one in force. */
  live(): Promise<StoredModel | null>;
  /** Its number alone: cheap enough to be asked for all the time. */
  liveVersion(): Promise<number | null>;
  version(version: number): Promise<StoredModel | null>;
  list(): Promise<ModelVersion[]>;
  /**
   * Makes a model live as the next version and marks every account to be decided; the audit log
   * records it in the same transaction.
   */
  add(model: Omit<StoredModel, "version">): Promise<number>;
}

// ---- bringing data in

/**
 * Writes whole batches; the same batch again changes nothing. A trait's value without `asOf`
 * counts from the account's `created_at` when it comes with the account's first row, else from
 * `moment.today` (model.md §7.14); equal to the present value it is unchanged. With `asOf` it
 * counts from that day, and a second value for the same day replaces the first. A contact's
 * traits and known fields keep history the same way; a contact that arrives on the day its
 * account was first seen counts from its own `created_at`, else the account's. Accounts with
 * anything new are marked to be decided.
 */
export interface IntakeStore {
  accounts(rows: readonly AccountRow[], moment: Moment): Promise<WriteCounts>;
  /** Refuses rows of accounts that do not exist. */
  contacts(rows: readonly ContactRow[], moment: Moment): Promise<WriteCounts>;
  /** Refuses rows of accounts that do not exist, and a known id with other content. */
  events(rows: readonly EventRow[], moment: Moment): Promise<WriteCounts>;
  /** What an earlier import of this source left (`shiftDays` and the like); null: never imported. */
  memory(source: string): Promise<Json | null>;
  remember(source: string, memory: Json): Promise<void>;
}

// ---- accounts

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
  load(ids: readonly string[]): Promise<StoredAccount[]>;
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

// ---- decisions

export interface CurrentDecision {
  readonly id: string;
  readonly name: string | null;
  readonly owner: string | null;
  readonly decision: Decision;
}

export interface DecisionStore {
  /** Latest decisions of all decided, open accounts, a page at a time in the order of ids(). */
  current(ids?: readonly string[]): AsyncIterable<readonly CurrentDecision[]>;
  /** The newest stored decision made on or before a day; null when there is none. */
  on(account: string, day: Day): Promise<DecisionRecord | null>;
  /** Stored decisions of an account, newest first. */
  history(account: string, limit: number): Promise<DecisionRecord[]>;
  /** Where level or stage changed on or after a day: the decision before and after. First decisions are left out. */
  moves(since: Day): AsyncIterable<
    readonly {
      readonly before: DecisionRecord;
      readonly after: DecisionRecord;
      readonly name: string | null;
    }[]
  >;
}

// ---- touches

export interface TouchFilter {
  readonly account?: string;
  readonly owner?: string;
  readonly statuses?: readonly TouchStatus[];
  readonly from?: Day;
  readonly to?: Day;
  readonly human?: boolean;
}

export interface ListedTouch {
  readonly touch: Touch;
  /** Of its account: whoever changes the touch says what it had seen. */
  readonly stateRev: number;
  readonly accountName: string | null;
  readonly contactName: string | null;
}

export interface TouchStore {
  /** By due day, then account. */
  list(filter: TouchFilter, limit?: number): Promise<ListedTouch[]>;
  /** Touches whose id begins with the text; at most 5. */
  byId(text: string): Promise<ListedTouch[]>;
  /** False: an account has changed since it was loaded (`basedOn`) and nothing is stored; look again. */
  record(change: TouchRecord, moment: Moment): Promise<boolean>;
}

/** Changed touches, each whole, with the events that say so (news of their accounts) and what else follows. */
export interface TouchRecord {
  readonly touches: readonly Touch[];
  readonly events: readonly (EngineEvent & { readonly id: string; readonly account: string })[];
  /** Answers: traits of the (one) account. */
  readonly traits: Readonly<Record<string, RowScalarOrNull>>;
  /** null: nobody did it by hand. */
  readonly audit: AuditEntry | null;
  /** What is remembered of the (one) account from now on (a run was started or stopped). */
  readonly state?: AccountState;
  /** By account: the `stateRev` from which it was worked out. */
  readonly basedOn?: ReadonlyMap<string, number>;
  readonly notices?: readonly Notice[];
  /** A time was fixed for the touch. Any other change of a touch that has one is followed by itself. */
  readonly appointment?: AppointmentChange;
}

type RowScalarOrNull = string | number | boolean | null;

// ---- the rest

export interface TeamStore {
  /** By id; members that the rows leave out stay. */
  write(rows: readonly TeamRow[], moment: Moment): Promise<WriteCounts>;
  list(): Promise<TeamRow[]>;
}

export interface SettingStore {
  get(key: string): Promise<Json | null>;
  set(key: string, value: Json): Promise<void>;
  /** Keeps it unless there is one; answers what is kept. */
  keep(key: string, value: Json): Promise<Json>;
  remove(key: string): Promise<void>;
}

/** A person did something by hand. */
export interface AuditEntry {
  readonly by: string | null;
  readonly what: string;
  readonly account: string | null;
  readonly reason: string | null;
  readonly details: Json;
}

export interface AuditStore {
  add(entry: AuditEntry, moment: Moment): Promise<void>;
  list(filter: {
    readonly account?: string;
    readonly limit: number;
  }): Promise<(AuditEntry & { readonly at: Instant })[]>;
}

export interface ArchiveStore {
  /** Everything into one file; answers the rows of each table. */
  backup(file: string): Promise<Readonly<Record<string, number>>>;
  /** Into an empty database only. */
  restore(file: string): Promise<Readonly<Record<string, number>>>;
  /** Every table as CSV and JSON lines into a folder. */
  exportTo(folder: string): Promise<Readonly<Record<string, number>>>;
  /** Server version, size on disk, schema version, durability: for `doctor`. */
  health(): Promise<
    readonly {
      readonly name: string;
      readonly ok: boolean;
      readonly value: string;
      readonly mend?: string;
    }[]
  >;
}
