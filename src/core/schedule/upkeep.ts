import type { Day } from "../time/day.ts";
import { addWorkingDays } from "../time/work-calendar.ts";
import { localDay } from "../time/zone.ts";
import type { Draft } from "./draft.ts";
import { againKey, isAgain, touchId } from "./touch-key.ts";
import { UNTOUCHED } from "./touchpoint-fields.ts";
import { isAhead, isOpen } from "./touch-status.ts";
import type { Touch } from "./types.ts";

/** A touch that nobody got to is missed from this many days after its own. */
export const MISSED_AFTER = 31;
/** How far on a touch that must happen is planned again. */
const AGAIN_AFTER = 5;

/** What the calendar does to touches: planned ones fall due, overdue human ones are missed. */
export function keepUp(draft: Draft): void {
  for (const touch of draft.touches.all()) {
    const changed = onItsDay(draft, touch);
    if (changed !== touch) draft.touches.put(changed);
  }
  for (const touch of draft.touches.changed()) {
    if (touch.status === "missed") planMissedAgain(draft, touch);
  }
  for (const touch of draft.touches.all()) {
    if (touch.result === "no_show" && touch.status === "done" && touch.doneAt !== null) {
      planAgain(draft, touch, localDay(touch.doneAt, draft.model.workspace.timezone));
    }
  }
}

function onItsDay(draft: Draft, touch: Touch): Touch {
  const { today } = draft.input;
  if (touch.due > today) return touch;
  if (touch.human && isAhead(touch)) {
    const reason = whyMissed(draft, touch);
    if (reason !== null) return { ...touch, status: "missed", reason };
  }
  return touch.status === "planned" ? { ...touch, status: "due" } : touch;
}

function whyMissed(draft: Draft, touch: Touch): string | null {
  const { today } = draft.input;
  if (nextHasCome(draft, touch)) return "the next of its series is due";
  return today - touch.due >= MISSED_AFTER ? `open for ${MISSED_AFTER - 1} days` : null;
}

function nextHasCome(
  draft: Draft,
  { key, program, run, step, contact, unshifted }: Touch,
): boolean {
  if (program === null || run === null) return false;
  return draft.touches
    .of({ program, run, contact })
    .some(
      (other) =>
        other.key !== key &&
        other.step === step &&
        other.unshifted > unshifted &&
        other.due <= draft.input.today &&
        !isAgain(other.key) &&
        other.status !== "cancelled" &&
        other.status !== "skipped",
    );
}

/** Of a step, only one replacement is open at a time, or they would pile up. */
function planMissedAgain(draft: Draft, touch: Touch): void {
  const isReplaced = [...draft.touches.all()].some(
    (other) =>
      isAgain(other.key) &&
      isOpen(other) &&
      other.program === touch.program &&
      other.run === touch.run &&
      other.step === touch.step &&
      other.contact === touch.contact,
  );
  if (!isReplaced) planAgain(draft, touch, draft.input.today);
}

/** What must happen is planned again, five working days from the day it did not. */
function planAgain(draft: Draft, touch: Touch, from: Day): void {
  if (!touch.must || !lasts(draft, touch)) return;
  const key = againKey(touch.key);
  if (draft.touches.has(key)) return;
  const due = addWorkingDays(draft.calendar, from, AGAIN_AFTER);
  // Long ago, under another model: by now it would be missed again.
  if (draft.input.today - due >= MISSED_AFTER) return;
  draft.touches.put({
    ...touch,
    ...UNTOUCHED,
    key,
    id: touchId(key),
    due,
    unshifted: due,
    status: due > draft.input.today ? "planned" : "due",
    plannedAt: draft.input.now,
    modelVersion: draft.input.modelVersion,
  });
}

/** Whether its run goes on; a touch added by hand has none to end. */
function lasts(draft: Draft, { program, run, contact }: Touch): boolean {
  if (program === null) return !draft.input.account.closed;
  return [...draft.runs.values()].some(
    (open) =>
      open.program === program &&
      open.run === run &&
      (open.contact === null || open.contact === contact),
  );
}
