import type { Day } from "../time/day.ts";
import type { Draft } from "./draft.ts";
import { keyOf, makeTouch } from "./make-touch.ts";
import { placeTouches } from "./place-touches.ts";
import { whyNobody } from "./receivers.ts";
import { StepPlace } from "./step-place.ts";
import { isOpen } from "./touch-status.ts";
import type { Run, StepMemory } from "./types.ts";

interface WorkedStep {
  readonly place: StepPlace;
  readonly memory: StepMemory;
}

/** A run whose touches are made, with what it has to remember of its steps. */
export interface WorkedRun {
  readonly run: Run;
  readonly steps: readonly WorkedStep[];
}

/**
 * Brings a run's touches in line with its program: moves those that are ahead, calls off what
 * no longer fits, makes what is missing.
 */
export function workRun(draft: Draft, run: Run, isNew: boolean): WorkedRun {
  const steps = draft.index.get(run.program)?.steps ?? [];
  const worked = steps.map((indexed): WorkedStep => {
    const place = new StepPlace(draft, run, indexed);
    return { place, memory: workStep(draft, place, isNew) };
  });
  for (const touch of draft.touches.of(run)) {
    if (!steps.some(({ name }) => name === touch.step)) {
      draft.touches.cancel(touch, `${run.program} no longer has this step`);
    }
  }
  return { run, steps: worked };
}

function workStep(draft: Draft, place: StepPlace, isNew: boolean): StepMemory {
  const { run, kind, name } = place;
  const known = draft.memory(run, name) ?? kind.begin(place, firstDay(draft, isNew));
  const memory = kind.renew(place, known);
  placeTouches(draft, place, memory);
  if (draft.input.today >= memory.from) makeTouches(draft, place, memory);
  return memory;
}

/** In a replay nothing is due before the model is live; a step added later begins now. */
function firstDay(draft: Draft, isNew: boolean): Day {
  const { today, liveFrom } = draft.input;
  return isNew && liveFrom !== null ? Math.max(today, liveFrom) : today;
}

function makeTouches(draft: Draft, place: StepPlace, memory: StepMemory): void {
  const wanted = place.kind.wanted(place, memory);
  if (wanted.length === 0) return;
  const contacts = contactsFor(draft, place);
  for (const occurrence of wanted) {
    for (const contact of contacts) {
      const key = keyOf(draft, place, occurrence.occurrence, contact);
      if (!draft.touches.has(key)) {
        draft.touches.put(makeTouch(draft, place, occurrence, contact, key));
      }
    }
  }
}

/** Whom a step's touches are for; where that is nobody, a note says why. */
function contactsFor(
  draft: Draft,
  { run, touchpoint, perReceiver }: StepPlace,
): readonly (string | null)[] {
  if (!perReceiver) return [run.contact];
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

/**
 * Remembers how far a run has come, once its touches are as they will be today. It is over
 * when all its steps are made and none of its touches is open.
 */
export function settleRun(draft: Draft, { run, steps }: WorkedRun): void {
  let isOver = !draft.touches.of(run).some(isOpen);
  for (const { place, memory } of steps) {
    const passed = place.kind.pass(place, memory);
    draft.remember(run, place.name, passed);
    isOver = isOver && place.kind.isMade(place, passed);
  }
  if (isOver) draft.endRun(run);
}
