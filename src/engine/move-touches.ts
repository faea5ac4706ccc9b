import { isAhead, moveTouch, type Touch, type TouchChange } from "../core/schedule/index.ts";
import { type Day, formatDay, type Instant } from "../core/time/day.ts";
import { AppError } from "./app-error.ts";
import type { EngineContext } from "./context.ts";
import { findTouch } from "./find-touch.ts";
import { type LiveModel, liveModel } from "./live-model.ts";
import { changeTouch, type TouchDone } from "./touch-actions.ts";

/** Where a touch is put: a day, or the time of an appointment. */
export type NewPlace = { readonly due: Day } | { readonly startsAt: Instant };

/**
 * Puts a touch on another day, where it stays: planning does not take it back, and a series counts
 * on from the day that was planned. An appointment gets another time, and whoever is invited to
 * it hears of it.
 */
export async function rescheduleTouch(
  context: EngineContext,
  id: string,
  place: NewPlace,
  reason: string,
): Promise<TouchDone> {
  const live = await liveModel(context);
  const { touch } = await findTouch(context, id);
  const to = placeOf(live, place);
  const move = (present: Touch): TouchChange => {
    refuseCallingOff(present, place);
    const { now, today } = live.moment();
    return moveTouch(present, to, reason, { today, at: now });
  };
  return changeTouch(context, live, touch.id, move, {
    what: "touch moved",
    reason,
    details: {
      from: formatDay(touch.due),
      to: formatDay(to.due),
      ...(to.startsAt === undefined ? {} : { starts_at: new Date(to.startsAt).toISOString() }),
    },
    snoozedUntil: null,
  });
}

function placeOf(
  live: LiveModel,
  place: NewPlace,
): { readonly due: Day; readonly startsAt?: Instant } {
  if ("due" in place) return place;
  if (place.startsAt < live.moment().now) {
    throw new AppError("bad-value", "That time is past.", "Give a time from now on.");
  }
  return { due: live.evaluator.decider.localDay(place.startsAt), startsAt: place.startsAt };
}

/** A day alone would take the hour away from an appointment, and call it off to the customer. */
function refuseCallingOff({ startsAt }: Touch, place: NewPlace): void {
  if (startsAt === null || "startsAt" in place) return;
  throw new AppError(
    "bad-value",
    "It is an appointment: a day alone would call it off.",
    "Give the new time (`starts_at`): whoever is invited hears of it. To call it off, skip the touch.",
  );
}

/** For longer nobody means to forget a touch: it is moved. */
const LONGEST_SNOOZE_DAYS = 30;
const DAY_MS = 86_400_000;

/**
 * Puts a touch out of its doer's sight until a time; null: back in sight. It keeps its day, counts
 * as work and is missed as ever, and the customer sees nothing of it.
 */
export async function snoozeTouch(
  context: EngineContext,
  id: string,
  until: Instant | null,
  reason: string | null = null,
): Promise<TouchDone> {
  const live = await liveModel(context);
  const { now } = live.moment();
  if (until !== null && until <= now) {
    throw new AppError("bad-value", "That time is past.", "Give a time from now on.");
  }
  if (until !== null && until - now > LONGEST_SNOOZE_DAYS * DAY_MS) {
    throw new AppError(
      "bad-value",
      `A touch is snoozed for ${LONGEST_SNOOZE_DAYS} days at most.`,
      "To do it later than that, put it on another day.",
    );
  }
  const snooze = (touch: Touch): TouchChange => ({
    touch,
    events: [],
    ...(isAhead(touch) ? {} : { refused: `it is ${touch.status}: nothing is left to snooze` }),
  });
  return changeTouch(context, live, id, snooze, {
    what: until === null ? "touch back in sight" : "touch snoozed",
    reason,
    details: until === null ? {} : { until: new Date(until).toISOString() },
    snoozedUntil: until,
  });
}
