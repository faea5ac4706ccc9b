import type { Model, OwnerKind, TouchpointDef } from "../model/types.ts";
import { addTouch, ASSIGNED_BY_HAND, isAssignedByHand } from "../schedule/touch-by-hand.ts";
import { isAhead } from "../schedule/touch-status.ts";
import type { Touch } from "../schedule/types.ts";
import type { Day, Instant } from "../time/day.ts";
import { addWorkingDays, type WorkCalendar } from "../time/work-calendar.ts";
import { ownerOfTouches } from "./owner-kind.ts";

/**
 * An account goes from one owner to another: who gives it writes down what the other has to know, who
 * takes it introduces themselves, and what is planned goes along.
 */
export interface HandOver {
  readonly account: string;
  readonly from: Side | null;
  /** null with `kind` pool: the pool takes it; with automation: nobody does. */
  readonly to: Side | null;
  readonly kind: OwnerKind | null;
  /** Tells this one from other hand-overs of the account. */
  readonly nonce: string;
}

export interface Side {
  readonly id: string;
  readonly name: string | null;
  /** Not of the team any more: no task can be given to them. */
  readonly hasLeft: boolean;
}

/** When it happens, by which model, on which working days. */
export interface HandOverMoment {
  readonly model: Model;
  readonly modelVersion: number;
  readonly calendar: WorkCalendar;
  readonly today: Day;
  readonly now: Instant;
}

/** Working days in which it is to be done: notes first, then the introduction. */
const NOTES_WITHIN = 2;
const INTRODUCTION_WITHIN = 4;

const TASK: Omit<TouchpointDef, "name" | "title" | "minutes"> = {
  // among colleagues: no cap holds it back
  purpose: "transactional",
  channel: "task",
  by: "owner",
  accountable: undefined,
  human: true,
  drives: undefined,
  succeeds: "completed",
  to: undefined,
  template: undefined,
  deck: undefined,
  must: false,
  priority: undefined,
  asks: [],
};

/** The tasks for both sides. With nobody on the other side there is nothing to hand over. */
export function handOverTasks(change: HandOver, moment: HandOverMoment): Touch[] {
  const { from, to, kind } = change;
  const isTaken = to !== null || kind === "pool";
  if (from === null || !isTaken || from.id === to?.id) return [];
  const taker = to === null ? "the pool" : nameOf(to);
  const giver = nameOf(from);
  const introduction = task(change, moment, "introduction", {
    title: `Introduction: take over from ${giver}`,
    owner: to?.id ?? null,
    within: INTRODUCTION_WITHIN,
  });
  if (from.hasLeft) return [introduction];
  const notes = task(change, moment, "hand_over", {
    title: `Hand-over notes for ${taker}`,
    owner: from.id,
    within: NOTES_WITHIN,
  });
  return [notes, introduction];
}

function nameOf({ id, name }: Side): string {
  return name ?? id;
}

const MINUTES = 30;

/** A model may have a touchpoint of this name: then its channel, minutes and the rest are meant. */
function task(
  { account, nonce }: HandOver,
  { model, modelVersion, calendar, today, now }: HandOverMoment,
  name: "hand_over" | "introduction",
  { title, owner, within }: { title: string; owner: string | null; within: number },
): Touch {
  const own = model.touchpoints.find((one) => one.name === name && one.human);
  const touchpoint = own ?? { ...TASK, name, title, minutes: MINUTES };
  const added = addTouch(
    {
      account,
      touchpoint: { ...touchpoint, title },
      contact: null,
      due: addWorkingDays(calendar, today, within),
      owner,
      nonce: `${nonce}-${name}`,
    },
    { today, at: now, modelVersion },
  );
  return { ...added, reason: `${ASSIGNED_BY_HAND}the account is handed over` };
}

/** Open touches by the owner as they are after it; those that somebody was given by hand stay theirs. */
export function touchesHandedOver(
  touches: readonly Touch[],
  kind: OwnerKind | null,
  to: string | null,
): Touch[] {
  const owner = ownerOfTouches(kind, to);
  return touches
    .filter((touch) => touch.human && isAhead(touch) && !isAssignedByHand(touch))
    .filter((touch) => (touch.by === "owner" || touch.by === "csm") && touch.owner !== owner)
    .map((touch) => ({ ...touch, owner }));
}
