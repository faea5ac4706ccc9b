import type { Day } from "../../time/day.ts";
import type { Occurrence, Run, StepMemory, Touch } from "../types.ts";

/** A step of a run as its kind sees it. */
export interface StepView {
  readonly run: Run;
  readonly today: Day;
  /** The last unshifted day that is planned for. */
  readonly horizon: Day;
  readonly giveUpAfter: number;
  /** Made once for each contact that may have it, who may come and go. */
  readonly perReceiver: boolean;
  /** The step's touches in this run, without those planned again. */
  readonly touches: readonly Touch[];
  /** The day on which a touch falls, after moving to a working day. */
  due(day: Day): Day;
  /** The local day of the fact that a `before` counts from; null when unknown. */
  dateOf(fact: string): Day | null;
  /** When the touchpoint last succeeded for the account, or for the run's contact. */
  lastSuccess(): Day | null;
}

/** What becomes of an open touch: its unshifted day, or why it is cancelled. */
export type Place = { readonly day: Day } | { readonly cancel: string };

/** When a step's touches fall: one kind of timing, with its memory. */
export interface StepKind {
  /** For a step that begins, was added, or goes live on `from`. */
  begin(view: StepView, from: Day): StepMemory;
  /** Brings the memory in line with the model and the day; before anything else. */
  renew(view: StepView, memory: StepMemory): StepMemory;
  /** Where a touch made earlier belongs now. */
  place(view: StepView, memory: StepMemory, touch: Touch): Place;
  /** Occurrences that should have their touches by now. */
  wanted(view: StepView, memory: StepMemory): readonly Occurrence[];
  /** The memory after the wanted ones were made. */
  pass(view: StepView, memory: StepMemory): StepMemory;
  /**
   * The days on which time alone may change what the step answers above; those that are past do
   * no harm.
   */
  turns(view: StepView, memory: StepMemory): readonly Day[];
  /** Whether all the step's touches are made. */
  isMade(view: StepView, memory: StepMemory): boolean;
}
