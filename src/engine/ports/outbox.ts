import type { Channel as ChannelName } from "../../core/model/types.ts";
import type { EngineEvent, SentRecord, Touch } from "../../core/schedule/index.ts";
import type { Day, Instant } from "../../core/time/day.ts";
import type { RenderedMessage } from "./channel.ts";
import type { LoadedMark, Moment } from "./store.ts";
import type { Notice } from "./webhooks.ts";

export type OutgoingStatus =
  | "queued"
  | "sending"
  | "sent"
  | "dry_run"
  | "uncertain"
  | "failed"
  /** Given up after all retries: may be played again by hand. */
  | "dead";

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
  readonly receiver: string | null;
  readonly status: OutgoingStatus;
  readonly messageId: string | null;
  readonly message: RenderedMessage;
  readonly error: string | null;
  readonly madeAt: Instant;
  readonly tryAt: Instant | null;
  readonly sentAt: Instant | null;
}

export interface OutboxFilter {
  readonly account?: string;
  readonly channel?: ChannelName;
  readonly statuses?: readonly OutgoingStatus[];
  readonly touchId?: string;
  readonly messageId?: string;
}

/** A touch whose day has come, as delivery finds it. */
export interface TouchToSend {
  readonly account: string;
  readonly key: string;
  readonly attempts: number;
  readonly passedOn: Day | null;
  readonly tryAt: Instant | null;
}

/** What the claiming transaction knows once all locks are held. */
export interface ClaimFacts {
  /** Accounts of which nothing has changed since they were loaded and decided. */
  readonly unchanged: ReadonlySet<string>;
  /** What the receivers had in the caps' windows, over all accounts. */
  readonly sent: readonly SentRecord[];
  /** Hashes of addresses that are suppressed → why. */
  readonly suppressed: ReadonlyMap<string, string>;
}

/** What delivery decided for one touch under the locks. */
export interface Claim {
  readonly touch: Touch;
  readonly events: readonly (EngineEvent & { readonly id: string; readonly account: string })[];
  /** The attempt, recorded before anything leaves; null: it waits or is given up. */
  readonly outgoing: Outgoing | null;
  /** When to look at it next, where it waits. */
  readonly tryAt: Instant | null;
  readonly passedOn: Day | null;
  readonly attempts: number;
  /** How it counts against the receiver's caps. */
  readonly use: SentRecord | null;
  readonly notices: readonly Notice[];
}

/**
 * What goes out. A claim is one transaction: it locks the accounts and the receivers, hands
 * over what they had, lets `choose` (pure, quick) decide, and writes touches, attempts, uses
 * and events; nothing leaves before it has committed.
 */
export interface OutboxStore {
  /** Open touches whose time has come, oldest first; null buckets: all. */
  toSend(
    buckets: readonly number[] | null,
    now: Instant,
    today: Day,
    limit: number,
  ): Promise<TouchToSend[]>;
  claim(
    accounts: readonly { readonly id: string; readonly loaded: LoadedMark }[],
    receivers: readonly string[],
    /** Hashes of the receivers' addresses. */
    addresses: readonly string[],
    since: Day,
    lease: { readonly worker: string; readonly until: Instant },
    choose: (facts: ClaimFacts) => readonly Claim[],
    moment: Moment,
  ): Promise<readonly Claim[]>;
  /** Only says when a touch is to be looked at again (its window is closed). */
  postpone(
    touches: readonly { readonly account: string; readonly key: string; readonly tryAt: Instant }[],
  ): Promise<void>;
}
