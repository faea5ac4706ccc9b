import type { Channel as ChannelName } from "../../core/model/types.ts";
import type { EngineEvent, SentRecord, Touch } from "../../core/schedule/index.ts";
import type { Day, Instant } from "../../core/time/day.ts";
import type { RenderedMessage } from "./channel.ts";
import type { LoadedMark } from "./accounts.ts";
import type { AuditEntry, Moment } from "./store.ts";
import type { Notice } from "./webhooks.ts";

export const OUTGOING_STATUSES = [
  "queued",
  "sending",
  "sent",
  "dry_run",
  "uncertain",
  "failed",
  /** Given up after all retries: may be played again by hand. */
  "dead",
] as const;
export type OutgoingStatus = (typeof OUTGOING_STATUSES)[number];

/** One attempt to reach somebody, as the outbox keeps and shows it. */
export interface Outgoing {
  /** `TOUCHID.1`: touch and attempt; `TOUCHID.inv.0`: invitation and its sequence number. */
  readonly id: string;
  readonly account: string;
  readonly kind: "touch" | "invitation" | "withdrawal";
  /** The touch's key and id. */
  readonly touch: string | null;
  readonly touchId: string | null;
  readonly touchpoint: string | null;
  readonly program: string | null;
  readonly attempt: number;
  readonly channel: ChannelName;
  readonly contact: string | null;
  readonly userId: string | null;
  /** Mail address, user id or URL. */
  readonly receiver: string | null;
  /** As whom it counts against contact caps; null: it does not. */
  readonly countedAs: string | null;
  readonly status: OutgoingStatus;
  readonly messageId: string | null;
  readonly message: RenderedMessage;
  readonly error: string | null;
  readonly madeAt: Instant;
  readonly tryAt: Instant | null;
  readonly sentAt: Instant | null;
  /** When its end became known, or was settled. */
  readonly settledAt: Instant | null;
  /** Who is sending it, and until when nobody else may touch it. */
  readonly worker: string | null;
  readonly leaseUntil: Instant | null;
}

export interface OutboxFilter {
  readonly account?: string;
  readonly channel?: ChannelName;
  readonly contact?: string;
  readonly program?: string;
  readonly statuses?: readonly OutgoingStatus[];
  readonly touchId?: string;
  readonly messageId?: string;
}

/** Where a page of the outbox ended: the next one begins with what was made before it. */
export interface OutboxPlace {
  readonly madeAt: Instant;
  readonly id: string;
}

/** A touch whose day has come, as delivery finds it. */
export interface TouchToSend {
  readonly account: string;
  readonly key: string;
  readonly attempts: number;
  /** Human: the day it last passed the caps. Automated: the day on which it was spread. */
  readonly passedOn: Day | null;
  readonly tryAt: Instant | null;
}

/** One use of a receiver's caps. */
export interface ReceiverUse extends SentRecord {
  readonly receiver: string;
  /** Key of the touch. */
  readonly touch: string;
}

/** An address that must not be written to. */
export interface Suppression {
  /** Its hash. */
  readonly address: string;
  /** A channel, or `all`. */
  readonly channel: string;
  readonly reason: string;
}

/** What the claiming transaction knows once all locks are held. */
export interface ClaimFacts {
  /** Accounts of which nothing has changed since they were loaded, and that are decided up to now. */
  readonly unchanged: ReadonlySet<string>;
  /** What the receivers had in the caps' windows, over all accounts. */
  readonly uses: readonly ReceiverUse[];
  readonly suppressed: readonly Suppression[];
  readonly pauses: readonly Pause[];
}

/** What delivery decided for one touch under the locks. */
export interface Claim {
  readonly account: string;
  readonly key: string;
  /** As it stands now; null: nothing about it changed (it only waits, or passed the caps). */
  readonly touch: Touch | null;
  readonly events: readonly (EngineEvent & { readonly id: string; readonly account: string })[];
  /** The attempt, recorded before anything leaves; null: it waits or is given up. */
  readonly outgoing: Outgoing | null;
  /** When to look at it next, where it waits. */
  readonly tryAt: Instant | null;
  readonly passedOn: Day | null;
  readonly attempts: number;
  /** How it counts against the receiver's caps. */
  readonly use: ReceiverUse | null;
  readonly notices: readonly Notice[];
}

/** An attempt as it stands, with its touch. */
export interface Attempt {
  readonly outgoing: Outgoing;
  /** null: it belongs to none that is still there. */
  readonly touch: Touch | null;
  /** Of the account: whoever settles says what it had seen. */
  readonly stateRev: number;
  /** false: it surely has not left. */
  readonly isHanded: boolean;
}

/** What became of an attempt. */
export interface Settlement {
  readonly account: string;
  /** Of the attempt. */
  readonly id: string;
  /** What it was worked out from. */
  readonly stateRev: number;
  readonly from: OutgoingStatus;
  /** As it was seen; left out: it does not matter. */
  readonly isHanded?: boolean;
  readonly outgoing: Outgoing;
  /** Its touch, whole; null: nothing about it changed. */
  readonly touch: Touch | null;
  readonly events: readonly (EngineEvent & { readonly id: string; readonly account: string })[];
  /** When the touch is to be looked at next, where it waits. */
  readonly tryAt: Instant | null;
  /** It surely did not arrive: it no longer counts against the receiver's caps. */
  readonly releases: boolean;
  readonly suppression: Suppression | null;
  readonly notices: readonly Notice[];
  readonly audit: AuditEntry | null;
}

export interface Lease {
  readonly worker: string;
  readonly until: Instant;
}

/**
 * What goes out. A claim is one transaction: it locks the accounts and the receivers, hands
 * over what they had, lets `choose` (pure, quick) decide, and writes touches, attempts, uses
 * and events; nothing leaves before it has committed.
 */
export interface OutboxStore {
  /**
   * Open touches, human ones too, of accounts that are decided up to now and have one whose time
   * has come, oldest first; null buckets: all. With the account's other open touches of that day.
   */
  toSend(
    buckets: readonly number[] | null,
    now: Instant,
    today: Day,
    limit: number,
  ): Promise<TouchToSend[]>;
  claim(
    wanted: {
      readonly accounts: readonly { readonly id: string; readonly loaded: LoadedMark }[];
      readonly receivers: readonly string[];
      /** Hashes of the receivers' addresses. */
      readonly addresses: readonly string[];
      /** From which day on uses count. */
      readonly since: Day;
    },
    choose: (facts: ClaimFacts) => readonly Claim[],
    moment: Moment,
  ): Promise<readonly Claim[]>;
  /** Only says when touches are to be looked at again: their window is closed, or they are spread. */
  postpone(
    touches: readonly {
      readonly account: string;
      readonly key: string;
      readonly tryAt: Instant;
      readonly spreadOn: Day | null;
    }[],
  ): Promise<void>;
  /** What was held for this reason is looked at again, and spread. */
  release(held: {
    readonly reason: string;
    readonly channels?: readonly ChannelName[];
  }): Promise<number>;

  /**
   * Said before attempts are handed to their channels. Answers the ids of those that are still
   * this worker's to send: of the others somebody else has said what became of them, or their
   * receivers were erased.
   */
  hand(
    attempts: readonly Pick<Outgoing, "account" | "id" | "receiver">[],
    worker: string,
    now: Instant,
  ): Promise<readonly string[]>;
  /** Attempts that a dead worker left behind, and uncertain ones made before `settleBefore`. */
  unsettled(
    buckets: readonly number[] | null,
    now: Instant,
    settleBefore: Instant,
    limit: number,
  ): Promise<{ readonly account: string; readonly id: string }[]>;
  /** Those that are there, in the order asked for. */
  attempts(keys: readonly { readonly account: string; readonly id: string }[]): Promise<Attempt[]>;
  /** Answers the attempts that were not stored, since something had changed: look again. */
  settle(settlements: readonly Settlement[], now: Instant): Promise<readonly string[]>;

  /** Puts invitations and withdrawals in the queue; the same id again changes nothing. */
  queue(messages: readonly Outgoing[]): Promise<void>;
  /** Takes queued messages for sending, in the order of each touch. */
  takeQueued(
    buckets: readonly number[] | null,
    except: { readonly channels: readonly ChannelName[]; readonly programs: readonly string[] },
    lease: Lease,
    now: Instant,
    limit: number,
  ): Promise<Outgoing[]>;

  /** Newest first. */
  list(filter: OutboxFilter, limit: number, after?: OutboxPlace): Promise<Outgoing[]>;
  byId(id: string): Promise<Outgoing | null>;
  /** Attempts that went out under this Message-ID. */
  byMessageId(messageId: string): Promise<Outgoing[]>;
  /** What accounts are called. */
  names(
    accounts: readonly string[],
  ): Promise<readonly { readonly id: string; readonly name: string | null }[]>;
  /** How many there are of each channel and status. */
  counts(): Promise<
    readonly {
      readonly channel: ChannelName;
      readonly status: OutgoingStatus;
      readonly messages: number;
    }[]
  >;
}

// ---- pauses

export const PAUSE_SCOPES = ["all", "channel", "program"] as const;
export type PauseScope = (typeof PAUSE_SCOPES)[number];

/** What is held: everything (scope `all`, name empty), a channel or a program. */
export interface Pause {
  readonly scope: PauseScope;
  readonly name: string;
  readonly since: Instant;
  readonly by: string | null;
  readonly reason: string | null;
}

export interface PauseStore {
  list(): Promise<Pause[]>;
  /** With its audit entry. False: it was so already, and stays as it was. */
  add(pause: Pause, audit: AuditEntry): Promise<boolean>;
  /** False: there was none. */
  remove(pause: Pick<Pause, "scope" | "name">, audit: AuditEntry, now: Instant): Promise<boolean>;
}
