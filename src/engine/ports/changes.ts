import type { AccountState } from "../../core/account/state.ts";
import type { Decision } from "../../core/decide/decision.ts";
import type { Json } from "../../core/facts/types.ts";
import type { Touch } from "../../core/schedule/types.ts";
import type { Day, Instant } from "../../core/time/day.ts";
import type { Existing } from "../plan/types.ts";
import type { EvaluatedAccount, StoredAccount } from "./accounts.ts";
import type { Moment, StoredModel } from "./store.ts";

/** One time that a version went live. */
export interface LiveChange {
  readonly seq: number;
  readonly at: Instant;
  readonly kind: "apply" | "rollback";
  readonly version: number;
  /** The version that was live before; null: none. */
  readonly before: number | null;
  readonly by: string | null;
  readonly reason: string | null;
  readonly existing: Existing;
  readonly details: Json;
}

/** Where the models stand: what a change is prepared on. */
export interface ModelHead {
  /** Of the last change; 0: no model is live yet. */
  readonly seq: number;
  readonly live: number | null;
  /** The number that the next model gets. */
  readonly next: number;
}

/** What a rollback takes out of an account before it is stored as it was. */
export interface Undo {
  /** Keys of touches that go, with their messages that have not left. */
  readonly touches: readonly string[];
  /** Ids of the engine's own events that go. */
  readonly events: readonly string[];
  /** Events that are news again. */
  readonly pending: readonly string[];
  /**
   * It is again just as it was found: its `stateRev` then, so that the version before may bring
   * back what it found in turn. null: something has happened since.
   */
  readonly foundAt: number | null;
}

/** An account as it will be, put aside until all of them are. */
export interface StagedAccount {
  readonly evaluated: EvaluatedAccount;
  readonly undo?: Undo;
}

/** What goes live, and what it was prepared on. */
export interface ChangeToMake {
  /** Of the head it was prepared on. */
  readonly seq: number;
  readonly by: string | null;
  readonly reason: string | null;
  readonly existing: Existing;
  readonly details: Json;
  readonly goal:
    | {
        readonly kind: "apply";
        /** The number it was evaluated with. */
        readonly version: number;
        readonly model: Pick<StoredModel, "name" | "hash" | "source" | "messages">;
      }
    | { readonly kind: "rollback"; readonly version: number };
}

export type ChangeMade =
  | { readonly kind: "made" }
  /** These have changed since, or were not put aside: nothing was stored, look again at them. */
  | { readonly kind: "raced"; readonly ids: readonly string[] }
  /** Another model went live, or another change was begun: nothing was stored. */
  | { readonly kind: "overtaken" };

/** A touch as a version found it and what it made of it. */
export interface TouchImage {
  /** null: it was made. */
  readonly before: Touch | null;
  readonly after: Touch;
}

/** An account as a version found it when it went live, and what has come since. */
export interface AccountImage {
  readonly id: string;
  /** Right after the version went live. */
  readonly stateRev: number;
  readonly decidedOn: Day;
  readonly state: AccountState;
  /** null: it was closed. */
  readonly decision: Decision | null;
  readonly touches: readonly TouchImage[];
  /** Ids of events that it took notice of. */
  readonly handled: readonly string[];
}

/** Accounts of a version that is to be taken back. */
export interface AccountsSince {
  readonly accounts: readonly StoredAccount[];
  /** By account; those without one became known later, or it is no longer kept. */
  readonly images: ReadonlyMap<string, AccountImage>;
  /** Ids of the events that came or were made since, by account. */
  readonly events: ReadonlyMap<string, ReadonlySet<string>>;
  /** Accounts with decisions stored since. */
  readonly decided: ReadonlySet<string>;
  /** Accounts of which a person has set the stage, or started or stopped a program, since. */
  readonly byHand: ReadonlySet<string>;
  /** Keys of touches a message of which has left, or may have. */
  readonly left: ReadonlySet<string>;
  /** Current decisions; those of closed accounts are left out. */
  readonly decisions: ReadonlyMap<string, Decision>;
}

/**
 * A change of the model: put aside account by account, then made in one transaction or not at
 * all. What is left of one that was never made goes when the next begins.
 */
export interface ChangeStore {
  head(): Promise<ModelHead>;
  /** Newest first. */
  list(): Promise<LiveChange[]>;
  /** Begins one: whatever others had put aside is gone. Answers its number. */
  begin(now: Instant): Promise<number>;
  /** Puts accounts aside; one that was put aside before is replaced. */
  stage(staging: number, batch: readonly StagedAccount[]): Promise<void>;
  /** Until then only this change stores decisions: others find theirs raced. */
  hold(staging: number, until: Instant): Promise<void>;
  /** One transaction. */
  make(staging: number, change: ChangeToMake, moment: Moment): Promise<ChangeMade>;
  /** Gives up. */
  drop(staging: number): Promise<void>;
  /** Removes what was put aside before that by somebody who never came back. */
  tidy(before: Instant): Promise<void>;
  /** Accounts as the version that is live found them, and what has happened since. */
  since(version: number, ids: readonly string[]): Promise<AccountsSince>;
  /** Whether the version's images are kept still. */
  hasImages(version: number): Promise<boolean>;
}
