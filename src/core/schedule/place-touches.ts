import type { Draft } from "./draft.ts";
import { fallsOn, keyOf } from "./make-touch.ts";
import { whyNotReceived } from "./receivers.ts";
import type { StepPlace } from "./step-place.ts";
import { stepKind, stepName } from "./steps/step-kinds.ts";
import { isAgain, withoutAgain } from "./touch-key.ts";
import { touchpointFields } from "./touchpoint-fields.ts";
import { isMovedByHand } from "./touch-by-hand.ts";
import { isAhead } from "./touch-status.ts";
import type { StepMemory, Touch } from "./types.ts";

/** Moves, renews or calls off the touches of a step that are still ahead. */
export function placeTouches(draft: Draft, place: StepPlace, memory: StepMemory): void {
  const name = stepName(place.step);
  for (const touch of draft.touchesOf(place.run)) {
    if (touch.step === name && isAhead(touch)) placeTouch(draft, place, memory, touch);
  }
}

function placeTouch(draft: Draft, place: StepPlace, memory: StepMemory, touch: Touch): void {
  const reason = whyNoLonger(draft, place, touch);
  if (reason !== null) {
    draft.cancel(touch, reason);
    return;
  }
  const renewed = renew(draft, place, touch);
  if (isAgain(touch.key)) {
    putIfChanged(draft, touch, renewed);
    return;
  }
  const found = stepKind(place.step.timing).place(place.view, memory, touch);
  if ("cancel" in found) draft.cancel(touch, found.cancel);
  else putIfChanged(draft, touch, move(draft, renewed, found.day));
}

/** Why it is for nobody any more. */
function whyNoLonger(draft: Draft, place: StepPlace, touch: Touch): string | null {
  const { run, step, touchpoint, view } = place;
  const isForRun =
    withoutAgain(touch.key) === keyOf(draft, run, step, touch.occurrence, run.contact);
  if (!view.perReceiver) return isForRun ? null : "now one for the account";
  if (touch.contact === null || (isForRun && run.contact === null))
    return "now one for each contact";
  const person = draft.person(touch.contact);
  if (!person) return draft.whyGone(touch.contact);
  return whyNotReceived(touchpoint, person, (contact) => draft.env(contact));
}

/** Another model or owner changes what is ahead; what was done stays as it was. */
function renew(draft: Draft, { step, touchpoint }: StepPlace, touch: Touch): Touch {
  const fields = touchpointFields(touchpoint, step.minutes, draft.input.account.owner);
  return { ...touch, ...fields, owner: fields.owner ?? touch.owner };
}

/** To another day; where a person has put it, it stays. */
function move(draft: Draft, touch: Touch, day: number): Touch {
  if (isMovedByHand(touch)) return touch;
  const due = fallsOn(draft, touch.human, day);
  const isPlanned = touch.status === "planned";
  if (day === touch.unshifted && (due === touch.due || !isPlanned)) return touch;
  const moved = { ...touch, unshifted: day, due };
  if (due > draft.input.today) return { ...moved, status: "planned", reason: null };
  return isPlanned ? { ...moved, status: "due" } : moved;
}

function putIfChanged(draft: Draft, before: Touch, after: Touch): void {
  const keys = Object.keys(after) as (keyof Touch)[];
  if (keys.some((key) => after[key] !== before[key])) draft.put(after);
}
