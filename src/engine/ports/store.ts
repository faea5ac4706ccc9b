import type { ByHandStore } from "./by-hand.ts";
import type { IdempotencyStore } from "./idempotency.ts";
import type { PrivacyStore } from "./privacy.ts";
import type { BulkStore, ViewStore } from "./portfolio.ts";
import type { ReadingStore } from "./reading.ts";
import type { AccountState } from "../../core/account/state.ts";
import type { Decision } from "../../core/decide/decision.ts";
import type { Json } from "../../core/facts/types.ts";
import type { EngineEvent, Touch, TouchStatus } from "../../core/schedule/types.ts";
import type { Day, Instant } from "../../core/time/day.ts";
import type { AccessStore } from "./access.ts";
import type { Existing } from "../plan/types.ts";
import type { DetailStore } from "./account-detail.ts";
import type { AccountStore, DecisionRecord } from "./accounts.ts";
import type { ChangeStore } from "./changes.ts";
import type { DraftStore } from "./drafts.ts";
import type { GaugeStore } from "./gauges.ts";
import type { HistoryStore } from "./history.ts";
import type { InAppStore } from "./in-app.ts";
import type { ImportRunStore } from "./import-runs.ts";
import type { LeaseStore } from "./leases.ts";
import type { QualityStore } from "./quality.ts";
import type { IngestStore } from "./ingest.ts";
import type { AppointmentChange, AppointmentStore } from "./appointments.ts";
import type { OutboxStore, PauseStore } from "./outbox.ts";
import type { NoteStore } from "./notes.ts";
import type { OwnerStore } from "./owners.ts";
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
  readonly changes: ChangeStore;
  readonly drafts: DraftStore;
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
  readonly owners: OwnerStore;
  readonly appointments: AppointmentStore;
  readonly ingest: IngestStore;
  readonly persons: PersonStore;
  readonly hits: HitStore;
  readonly surveys: SurveyStore;
  readonly webhooks: WebhookStore;
  readonly leases: LeaseStore;
  readonly inApp: InAppStore;
  readonly pauses: PauseStore;
  readonly views: ViewStore;
  readonly bulk: BulkStore;
  readonly reading: ReadingStore;
  readonly detail: DetailStore;
  readonly notes: NoteStore;
  readonly byHand: ByHandStore;
  readonly idempotency: IdempotencyStore;
  readonly privacy: PrivacyStore;
  readonly importRuns: ImportRunStore;
  readonly quality: QualityStore;
  readonly history: HistoryStore;

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
  /** The version that was live when it was applied: where a rollback goes. */
  readonly parent: number | null;
  /** Whether accounts that matched already started its programs. */
  readonly existing: Existing;
}

export interface StoredModel extends ModelVersion {
  readonly source: string;
  /** Message files beside the model: `welcome.en` → text. */
  readonly messages: Readonly<Record<string, string>>;
}

export type NewModel = Omit<StoredModel, "version" | "parent" | "existing"> & {
  readonly existing?: Existing;
};

export interface ModelStore {
  /** The version that went live last: the newest, unless it was rolled back. */
  live(): Promise<StoredModel | null>;
  /** Its number alone: cheap enough to be asked for all the time. */
  liveVersion(): Promise<number | null>;
  version(version: number): Promise<StoredModel | null>;
  list(): Promise<ModelVersion[]>;
  /**
   * Makes a model live as the next version and marks every account to be decided; the audit log
   * records it in the same transaction. For a book's first model: later ones go live by `changes`.
   */
  add(model: NewModel): Promise<number>;
}

// ---- bringing data in

export type IntakeBatch =
  | { readonly of: "accounts"; readonly rows: readonly AccountRow[] }
  | { readonly of: "contacts"; readonly rows: readonly ContactRow[] }
  | { readonly of: "events"; readonly rows: readonly EventRow[] }
  | { readonly of: "team"; readonly rows: readonly TeamRow[] };

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
  /** What writing these would come to; nothing of it stays. */
  rehearse(batch: IntakeBatch, moment: Moment): Promise<WriteCounts>;
  /** What an earlier import of this source left (`shiftDays` and the like); null: never imported. */
  memory(source: string): Promise<Json | null>;
  remember(source: string, memory: Json): Promise<void>;
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
  /** By account: the newest stored decision made on or before a day; a few hundred at a time. */
  on(ids: readonly string[], day: Day): Promise<ReadonlyMap<string, DecisionRecord>>;
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
  /** Accounts that went from one stage to another on or after a day; `from` null: they were new. */
  stageMoves(since: Day): Promise<StageMove[]>;
}

/** Accounts that made the same move after as many days in the stage that they left. */
export interface StageMove {
  readonly from: string | null;
  readonly to: string;
  /** Days in `from`; null: there was none. */
  readonly days: number | null;
  readonly accounts: number;
}

// ---- touches

export interface TouchFilter {
  readonly account?: string;
  readonly owner?: string;
  /** Of any of these people. */
  readonly owners?: readonly string[];
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
  /** Until when the touches are out of sight; null: they are shown again; left out: as it was. */
  readonly snoozedUntil?: Instant | null;
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
