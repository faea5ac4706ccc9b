import type { StepDef, TouchpointDef } from "../model/types.ts";
import type { Day } from "../time/day.ts";
import { localDay } from "../time/zone.ts";
import type { Draft } from "./draft.ts";
import { fallsOn } from "./make-touch.ts";
import type { IndexedStep } from "./model-index.ts";
import type { StepKind, StepView } from "./steps/step-kind.ts";
import { isAgain } from "./touch-key.ts";
import type { Run, Touch } from "./types.ts";

/** A step of a run being worked on. */
export class StepPlace implements StepView {
  readonly run: Run;
  readonly name: string;
  readonly step: StepDef;
  readonly touchpoint: TouchpointDef;
  readonly kind: StepKind;
  readonly perReceiver: boolean;
  readonly #draft: Draft;

  constructor(draft: Draft, run: Run, indexed: IndexedStep) {
    this.run = run;
    this.name = indexed.name;
    this.step = indexed.step;
    this.touchpoint = indexed.touchpoint;
    this.kind = indexed.kind;
    this.perReceiver = indexed.perReceiver;
    this.#draft = draft;
  }

  get today(): Day {
    return this.#draft.input.today;
  }

  get horizon(): Day {
    return this.#draft.input.today + this.#draft.model.workspace.planAhead;
  }

  get giveUpAfter(): number {
    return this.#draft.model.caps.giveUpAfter;
  }

  get touches(): readonly Touch[] {
    const found: Touch[] = [];
    for (const touch of this.#draft.touches.of(this.run)) {
      if (touch.step === this.name && !isAgain(touch.key)) found.push(touch);
    }
    return found;
  }

  due(day: Day): Day {
    return fallsOn(this.#draft, this.touchpoint.human, day);
  }

  dateOf(fact: string): Day | null {
    const value = this.#draft.env(null).get(fact);
    return typeof value === "number" && Number.isFinite(value) ? Math.floor(value) : null;
  }

  /** The day of the touchpoint's latest success: for the account, or for the run's contact. */
  lastSuccess(): Day | null {
    const { name, succeeds } = this.touchpoint;
    const { contact } = this.run;
    let latest: Day | null = null;
    for (const touch of this.#draft.touches.all()) {
      if (touch.touchpoint !== name || touch.status !== "done" || touch.doneAt === null) continue;
      if (contact !== null && touch.contact !== contact) continue;
      if (succeeds !== undefined && touch.result !== succeeds) continue;
      const day = localDay(touch.doneAt, this.#draft.model.workspace.timezone);
      latest = latest === null ? day : Math.max(latest, day);
    }
    return latest;
  }
}
