import type { TouchpointDef } from "../model/types.ts";
import type { Day, Instant } from "../time/day.ts";
import { touchpointFields, UNTOUCHED } from "./touchpoint-fields.ts";
import { byHandKey, touchId } from "./touch-key.ts";
import { changed, refused, type TouchChange } from "./touch-change.ts";
import { isAhead } from "./touch-status.ts";
import type { Touch } from "./types.ts";

/** What people do to touches by hand, each with a reason that is kept. */

/** Not doing a touch. One that must happen cannot be skipped without saying why. */
export function skipTouch(touch: Touch, reason: string, at: Instant): TouchChange {
  return close(touch, "skipped", reason, at);
}

/** Calling a touch off. */
export function cancelTouch(touch: Touch, reason: string, at: Instant): TouchChange {
  return close(touch, "cancelled", reason, at);
}

function close(
  touch: Touch,
  status: "skipped" | "cancelled",
  reason: string,
  at: Instant,
): TouchChange {
  const verb = status === "skipped" ? "skip" : "cancel";
  if (!isAhead(touch)) return refused(touch, `it is ${touch.status}: nothing is left to ${verb}`);
  if (reason.trim() === "") return refused(touch, `to ${verb} it needs a reason`);
  return changed(touch, { ...touch, status, reason: reason.trim() }, at);
}

const MOVED = "moved by hand: ";
/** How the reason of such a touch goes on. */
export const ASSIGNED_BY_HAND = "given to somebody by hand: ";

/** Whether a person has said who does it: a new owner of the account does not take it over. */
export function isAssignedByHand(touch: Touch): boolean {
  return touch.reason?.includes(ASSIGNED_BY_HAND) === true;
}

/** Giving a touch to somebody (null: to nobody in particular); it stays theirs. */
export function assignTouch(
  touch: Touch,
  owner: string | null,
  reason: string,
  at: Instant,
): TouchChange {
  if (!isAhead(touch)) return refused(touch, `it is ${touch.status}: nobody else can do it now`);
  if (reason.trim() === "") return refused(touch, "to give it to somebody needs a reason");
  const [before] = (touch.reason ?? "").split(ASSIGNED_BY_HAND);
  const kept = before?.startsWith(MOVED) ? `${before.replace(/; $/, "")}; ` : "";
  return changed(
    touch,
    { ...touch, owner, reason: `${kept}${ASSIGNED_BY_HAND}${reason.trim()}` },
    at,
  );
}

/** Whether a person has put it on its day: planning leaves it there. */
export function isMovedByHand(touch: Pick<Touch, "reason">): boolean {
  return touch.reason?.startsWith(MOVED) === true;
}

/**
 * Putting a touch on another day, or on an hour (`startsAt`, of that day). A series goes on
 * counting from the day that was planned.
 */
export function moveTouch(
  touch: Touch,
  to: { readonly due: Day; readonly startsAt?: Instant },
  reason: string,
  when: { readonly today: Day; readonly at: Instant },
): TouchChange {
  if (!isAhead(touch)) return refused(touch, `it is ${touch.status}: it cannot be moved`);
  if (reason.trim() === "") return refused(touch, "to move it needs a reason");
  if (to.due < when.today) return refused(touch, "that day is past");
  const assigned = isAssignedByHand(touch)
    ? `; ${touch.reason?.slice(touch.reason.indexOf(ASSIGNED_BY_HAND)) ?? ""}`
    : "";
  const after: Touch = {
    ...touch,
    due: to.due,
    startsAt: to.startsAt ?? null,
    status: to.due > when.today ? "planned" : "due",
    reason: MOVED + reason.trim() + assigned,
  };
  return changed(touch, after, when.at);
}

export interface AddedTouch {
  readonly account: string;
  readonly touchpoint: TouchpointDef;
  readonly contact: string | null;
  readonly due: Day;
  readonly startsAt?: Instant;
  readonly owner: string | null;
  /** Told apart from the account's other added ones by this; the same again is the same touch. */
  readonly nonce: string;
}

/** A touch that nobody planned; closed by `recordOutcome` when it has happened already. */
export function addTouch(
  added: AddedTouch,
  when: { readonly today: Day; readonly at: Instant; readonly modelVersion: number },
): Touch {
  const { account, touchpoint, contact, due, owner } = added;
  const key = byHandKey(account, added.nonce);
  const fields = touchpointFields(touchpoint, touchpoint.minutes, owner);
  return {
    key,
    id: touchId(key),
    account,
    contact,
    program: null,
    run: null,
    step: null,
    occurrence: 1,
    due,
    unshifted: due,
    ...fields,
    owner,
    ...UNTOUCHED,
    startsAt: added.startsAt ?? null,
    status: due > when.today ? "planned" : "due",
    plannedAt: when.at,
    modelVersion: when.modelVersion,
  };
}
