import type { Draft } from "./draft.ts";
import { fallsOn } from "./make-touch.ts";
import type { StepPlace } from "./step-place.ts";
import { isAgain, isForContact } from "./touch-key.ts";
import { type TouchpointFields, touchpointFields } from "./touchpoint-fields.ts";
import { isAssignedByHand, isMovedByHand } from "./touch-by-hand.ts";
import { isAhead } from "./touch-status.ts";
import type { StepMemory, Touch } from "./types.ts";

/** Moves, renews or calls off the touches of a step that are still ahead. */
export function placeTouches(draft: Draft, place: StepPlace, memory: StepMemory): void {
  const { run, name, step, touchpoint } = place;
  const fields = touchpointFields(touchpoint, step.minutes, draft.input.account.owner);
  for (const touch of draft.touches.of(run)) {
    if (touch.step === name && isAhead(touch)) placeTouch(draft, place, memory, fields, touch);
  }
}

function placeTouch(
  draft: Draft,
  place: StepPlace,
  memory: StepMemory,
  fields: TouchpointFields,
  touch: Touch,
): void {
  const reason = whyNoLonger(draft, place, touch);
  if (reason !== null) {
    draft.touches.cancel(touch, reason);
    return;
  }
  const renewed = renew(fields, touch);
  const found = isAgain(touch.key)
    ? { day: touch.unshifted }
    : place.kind.place(place, memory, touch);
  if ("cancel" in found) {
    draft.touches.cancel(touch, found.cancel);
    return;
  }
  const moved = move(draft, renewed, found.day);
  if (moved !== touch) draft.touches.put(moved);
}

/** Why it is for nobody any more. */
function whyNoLonger(
  draft: Draft,
  { run, touchpoint, perReceiver }: StepPlace,
  touch: Touch,
): string | null {
  if (run.contact === null && isForContact(touch.key) !== perReceiver) {
    return perReceiver ? "now one for each contact" : "now one for the account";
  }
  if (!perReceiver || touch.contact === null) return null;
  const person = draft.persons.get(touch.contact);
  return person ? draft.whyNotReceived(touchpoint, person) : draft.whyGone(touch.contact);
}

/** Another model or owner changes what is ahead; what was done stays as it was. */
function renew(fields: TouchpointFields, touch: Touch): Touch {
  const owner = isAssignedByHand(touch) ? touch.owner : fields.owner;
  const now = { ...fields, owner };
  const names = Object.keys(now) as (keyof TouchpointFields)[];
  return names.every((name) => now[name] === touch[name]) ? touch : { ...touch, ...now };
}

/** To another day; where a person has put it, it stays. */
function move(draft: Draft, touch: Touch, day: number): Touch {
  if (isMovedByHand(touch)) return touch;
  const isPlanned = touch.status === "planned";
  if (day === touch.unshifted && !isPlanned) return touch;
  const due = fallsOn(draft, touch.human, day);
  if (day === touch.unshifted && due === touch.due) return touch;
  const moved = { ...touch, unshifted: day, due };
  const reason = isAssignedByHand(touch) ? touch.reason : null;
  if (due > draft.input.today) return { ...moved, status: "planned", reason };
  return isPlanned ? { ...moved, status: "due" } : moved;
}
