import type { ContactInput, Json } from "../facts/types.ts";
import type { Channel, Doer, Drive, TouchpointDef } from "../model/types.ts";
import type { Env } from "../rules/types.ts";
import type { Day, Instant } from "../time/day.ts";
import type { WorkCalendar } from "../time/work-calendar.ts";
import type { Rest } from "./resting.ts";
import type { TouchResult, TouchStatus } from "./touch-words.ts";

export type { TouchResult, TouchStatus, WorkCalendar };

/** Statuses in which a touch may still happen. `sending` and `uncertain` can no longer be stopped. */
export const OPEN_STATUSES: ReadonlySet<TouchStatus> = new Set([
  "planned",
  "due",
  "deferred",
  "sending",
  "uncertain",
]);

export interface ActionItem {
  readonly text: string;
  readonly owner: string | null;
  readonly due: Day | null;
  readonly done: boolean;
}

/** One planned or done interaction with an account (contracts.md §5). */
export interface Touch {
  /** Identity for ever: account, program, run, step, occurrence, contact. */
  readonly key: string;
  /** Short, made from the key. */
  readonly id: string;
  readonly account: string;
  readonly contact: string | null;
  readonly touchpoint: string;
  readonly title: string;
  /** null: logged by hand. */
  readonly program: string | null;
  readonly run: number | null;
  /** `check_in#1`: the touchpoint and its ordinal among that touchpoint's steps of the program. */
  readonly step: string | null;
  readonly occurrence: number;
  /** The day it falls on after moving to a working day. */
  readonly due: Day;
  /** The day before moving: series count from it. */
  readonly unshifted: Day;
  readonly startsAt: Instant | null;
  readonly channel: Channel;
  readonly by: Doer;
  readonly accountable: Doer | null;
  readonly human: boolean;
  readonly must: boolean;
  readonly owner: string | null;
  readonly minutes: number;
  readonly minutesSpent: number | null;
  readonly purpose: TouchpointDef["purpose"];
  readonly drives: Drive | null;
  readonly priority: string | null;
  readonly status: TouchStatus;
  readonly result: TouchResult | null;
  readonly reason: string | null;
  readonly note: string | null;
  readonly actionItems: readonly ActionItem[];
  readonly plannedAt: Instant;
  readonly doneAt: Instant | null;
  readonly modelVersion: number;
}

/** A run of a program (for one contact, with `for: contact`). */
export interface Run {
  readonly program: string;
  readonly contact: string | null;
  readonly run: number;
  readonly entered: Day;
  /** `finishing`: `when` no longer holds, what is planned runs out. */
  readonly status: "open" | "finishing";
  /** Started by a person and `when` has not been true since: that it is not does not end the run. */
  readonly byHand?: true;
}

/** What is remembered of a step while its run lasts. */
export interface StepMemory {
  /** No touch of the step is due earlier: on this day it began, was added or went live. */
  readonly from: Day;
  /** `after`: its touches were made. */
  readonly made?: true;
  readonly series?: SeriesMemory;
  readonly before?: BeforeMemory;
}

/** Where an `every` step stands. Days are unshifted. */
export interface SeriesMemory {
  readonly period: number;
  readonly first: number;
  /** The latest occurrence whose day is past. */
  readonly last: Occurrence | null;
  readonly next: Occurrence;
}

/** Which of its `days` before the date a `before` step has come to. */
export interface BeforeMemory {
  /** In the order in which they got their occurrence numbers, from 1. */
  readonly numbered: readonly number[];
  /** Those that are over and not made again when the date moves. */
  readonly passed: readonly number[];
}

export interface Occurrence {
  readonly occurrence: number;
  /** Before moving to a working day. */
  readonly day: Day;
}

/**
 * What scheduling remembers of an account between evaluations: small, plain JSON, stored.
 * Keys of `past` are `program` or `program/contact`.
 */
export interface ScheduleState {
  readonly runs: readonly Run[];
  readonly past: { readonly [key: string]: PastRuns };
  /** By the open run's `program` or `program/contact`, then by step. */
  readonly steps: { readonly [key: string]: { readonly [step: string]: StepMemory } };
}

export interface PastRuns {
  /** Number of the latest run; 0: none, it matched when the model went live for newcomers only. */
  readonly last: number;
  /** Entry day of the latest run. */
  readonly began: Day;
  /** `when` has been not true since that run, so that a new one may begin. */
  readonly rearmed: boolean;
  /** Stopped by hand: not even an event starts it before `when` has been not true. */
  readonly stopped?: true;
}

export const EMPTY_SCHEDULE: ScheduleState = { runs: [], past: {}, steps: {} };

/** Something that happened to the account since it was last evaluated; may start a program. */
export interface Trigger {
  readonly name: string;
  readonly at: Instant;
  /** Who did it, for programs `for: contact`. */
  readonly user: string | null;
  readonly properties: { readonly [key: string]: Json };
  readonly engine: boolean;
  /** It happened only because another model went live, which starts no program there. */
  readonly ofModel?: true;
}

/** An event made by the engine, to be stored with the account's others. */
export interface EngineEvent {
  readonly name: string;
  readonly at: Instant;
  readonly user: string | null;
  readonly properties: { readonly [key: string]: Json };
}

/** What scheduling needs to know of an account's present decision. */
export interface DecidedAccount {
  readonly id: string;
  readonly timezone: string | null;
  readonly held: boolean;
  readonly baseLevel: string | null;
  /** Closed accounts are not decided: only runs that their closing started go on. */
  readonly closed: boolean;
  /** True in the evaluation in which the account was found closed, and only then. */
  readonly closing: boolean;
  readonly owner: string | null;
}

export interface PlanInput {
  readonly account: DecidedAccount;
  readonly today: Day;
  readonly now: Instant;
  /**
   * The day it really is, while `today` is being caught up: what is made then and was due
   * before it is missed or late at once. Default: the local day of `now`.
   */
  readonly present?: Day;
  readonly modelVersion: number;
  /** Whether the program's `when` is true for the account (true when it has none); by program index. */
  holds(program: number): boolean;
  /** For rules that read `contact.*`, and for facts such as the date of `before`. */
  env(contact: ContactInput | null): Env;
  readonly contacts: readonly ContactInput[];
  readonly triggers: readonly Trigger[];
  readonly state: ScheduleState;
  /**
   * All open touches of the account, and the closed ones that were due or done in the last
   * `touchMemory(model)` days.
   */
  readonly touches: readonly Touch[];
  /** In the replay of a first apply: the day it goes live, before which no touch is made. */
  readonly liveFrom: Day | null;
  /**
   * The model goes live on an account that is there already, and only newcomers are to start its
   * programs (`--existing new`): what matches now begins nothing before it has been not true.
   */
  readonly holdsBack?: boolean;
  /** Whether a rest is wanted where nothing comes of this; of the planning before, if it was given. */
  readonly mayRest?: boolean;
  readonly rest?: Rest;
}

/** A run that `--existing new` kept from beginning. */
export interface HeldBack {
  readonly program: string;
  readonly contact: string | null;
}

/** Why a program shows nothing: no contact can receive it, and the like. */
export interface PlanNote {
  readonly program: string;
  readonly contact: string | null;
  readonly reason: string;
}

export interface PlanOutput {
  readonly state: ScheduleState;
  /** New and changed touches, whole; empty when nothing changed. */
  readonly touches: readonly Touch[];
  /** One per change of a touch; planning is none. */
  readonly events: readonly EngineEvent[];
  readonly notes: readonly PlanNote[];
  readonly heldBack: readonly HeldBack[];
  /** Where it was asked for, and nothing changed. */
  readonly rest?: Rest;
}
