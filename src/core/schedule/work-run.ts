import type { StepDef, TouchpointDef } from "../model/types.ts";
import type { Day } from "../time/day.ts";
import { localDay } from "../time/zone.ts";
import type { Draft } from "./draft.ts";
import { fallsOn, keyOf, makeTouch } from "./make-touch.ts";
import { placeTouches } from "./place-touches.ts";
import { isPerReceiver, whyNobody } from "./receivers.ts";
import type { StepPlace } from "./step-place.ts";
import type { StepView } from "./steps/step-kind.ts";
import { stepKind, stepName } from "./steps/step-kinds.ts";
import { isAgain } from "./touch-key.ts";
import { isOpen } from "./touch-status.ts";
import type { Run, StepMemory } from "./types.ts";

/**
 * Brings a run's touches in line with its program: moves those that are ahead, calls off what
 * no longer fits, makes what is missing.
 */
export function workRun(draft: Draft, run: Run, isNew: boolean): void {
  const program = draft.index.programs.get(run.program)?.program;
  if (!program) return;
  const steps = new Set<string>();
  for (const step of program.steps) {
    const touchpoint = draft.index.touchpoints.get(step.touchpoint);
    if (!touchpoint) continue;
    steps.add(stepName(step));
    workStep(
      draft,
      { run, program, step, touchpoint, view: viewOf(draft, run, step, touchpoint) },
      isNew,
    );
  }
  for (const touch of draft.touches.of(run)) {
    if (touch.step !== null && !steps.has(touch.step)) {
      draft.touches.cancel(touch, `${run.program} no longer has this step`);
    }
  }
}

function workStep(draft: Draft, place: StepPlace, isNew: boolean): void {
  const { run, step, view } = place;
  const kind = stepKind(step.timing);
  const name = stepName(step);
  const memory = kind.renew(
    view,
    draft.memory(run, name) ?? kind.begin(view, firstDay(draft, isNew)),
  );
  placeTouches(draft, place, memory);
  if (draft.input.today >= memory.from) makeTouches(draft, place, memory);
  draft.remember(run, name, kind.pass(view, memory));
}

/** In a replay nothing is due before the model is live; a step added later begins now. */
function firstDay(draft: Draft, isNew: boolean): Day {
  const { today, liveFrom } = draft.input;
  return isNew && liveFrom !== null ? Math.max(today, liveFrom) : today;
}

function viewOf(draft: Draft, run: Run, step: StepDef, touchpoint: TouchpointDef): StepView {
  const name = stepName(step);
  return {
    run,
    today: draft.input.today,
    horizon: draft.input.today + draft.model.workspace.planAhead,
    giveUpAfter: draft.model.caps.giveUpAfter,
    perReceiver: isPerReceiver(touchpoint),
    get touches() {
      return [...draft.touches.of(run)].filter(
        (touch) => touch.step === name && !isAgain(touch.key),
      );
    },
    due: (day) => fallsOn(draft, touchpoint.human, day),
    dateOf: (fact) => dateOf(draft, fact),
    lastSuccess: () => lastSuccess(draft, touchpoint, run.contact),
  };
}

function dateOf(draft: Draft, fact: string): Day | null {
  const env = draft.env(null);
  const value = env.get(fact);
  if (typeof value !== "number" || !Number.isFinite(value)) return null;
  const isTime = draft.model.facts.some(({ name, type }) => name === fact && type.kind === "time");
  return isTime ? env.localDay(value) : Math.floor(value);
}

/** The day of the touchpoint's latest success: for the account, or for the run's contact. */
function lastSuccess(
  draft: Draft,
  { name, succeeds }: TouchpointDef,
  contact: string | null,
): Day | null {
  let latest: Day | null = null;
  for (const touch of draft.touches.all()) {
    if (touch.touchpoint !== name || touch.status !== "done" || touch.doneAt === null) continue;
    if (contact !== null && touch.contact !== contact) continue;
    if (succeeds !== undefined && touch.result !== succeeds) continue;
    const day = localDay(touch.doneAt, draft.model.workspace.timezone);
    latest = latest === null ? day : Math.max(latest, day);
  }
  return latest;
}

function makeTouches(draft: Draft, place: StepPlace, memory: StepMemory): void {
  const { run, step, view } = place;
  const wanted = stepKind(step.timing).wanted(view, memory);
  if (wanted.length === 0) return;
  const contacts = contactsFor(draft, place);
  for (const occurrence of wanted) {
    for (const contact of contacts) {
      const key = keyOf(draft, run, step, occurrence.occurrence, contact);
      if (!draft.touches.has(key)) draft.touches.put(makeTouch(draft, place, occurrence, contact));
    }
  }
}

/** Whom a step's touches are for; where that is nobody, a note says why. */
function contactsFor(
  draft: Draft,
  { run, touchpoint, view }: StepPlace,
): readonly (string | null)[] {
  if (!view.perReceiver) return [run.contact];
  const person = draft.personOf(run);
  const persons = person ? [person] : [...draft.persons.values()];
  const reasons: string[] = [];
  const able = persons.filter((one) => {
    const reason = draft.whyNotReceived(touchpoint, one);
    if (reason !== null) reasons.push(reason);
    return reason === null;
  });
  if (able.length === 0) {
    const reason = whyNobody(touchpoint.channel, reasons);
    draft.note({ program: run.program, contact: run.contact, reason });
  }
  return able.map(({ id }) => id);
}

/** A run is over when all its steps are made and none of its touches is open. */
export function endRunWhenOver(draft: Draft, run: Run): void {
  const program = draft.index.programs.get(run.program)?.program;
  if (!program || [...draft.touches.of(run)].some(isOpen)) return;
  const isMade = program.steps.every((step) => {
    const touchpoint = draft.index.touchpoints.get(step.touchpoint);
    const memory = draft.memory(run, stepName(step));
    if (!touchpoint || !memory) return !touchpoint;
    return stepKind(step.timing).isMade(viewOf(draft, run, step, touchpoint), memory);
  });
  if (isMade) draft.endRun(run);
}
