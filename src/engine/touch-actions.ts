import {
  type ActionItem,
  addTouch,
  type EngineEvent,
  moveTouch,
  recordOutcome,
  skipTouch,
  type Touch,
  TOUCH_RESULTS,
  type TouchChange,
  type TouchResult,
} from "../core/schedule/index.ts";
import type { Day, Instant } from "../core/time/day.ts";
import { startOfDay } from "../core/time/zone.ts";
import { planAppointment } from "./appointments/plan-appointment.ts";
import { answeredTraits, type Traits } from "./answered-traits.ts";
import { AppError } from "./app-error.ts";
import type { EngineContext } from "./context.ts";
import { nearestOrAll } from "./did-you-mean.ts";
import { findAccount } from "./find-account.ts";
import { findContacts } from "./find-contacts.ts";
import { findTouch } from "./find-touch.ts";
import { findTouchpoint } from "./find-touchpoint.ts";
import { type LiveModel, liveModel } from "./live-model.ts";
import type { AppointmentChange } from "./ports.ts";
import { touchNotice } from "./notices.ts";
import { runDecisions } from "./run-decisions.ts";
import type { DecisionRun } from "./run-tally.ts";
import { untilStored } from "./until-stored.ts";

export interface TouchDone {
  readonly touch: Touch;
  /** What the account's decision came to after it. */
  readonly run: DecisionRun;
}

/** Records what became of a touch; the answers asked for become traits of the account. */
export async function completeTouch(
  context: EngineContext,
  id: string,
  outcome: {
    readonly result: string;
    readonly minutes?: number;
    readonly note?: string;
    readonly actionItems?: readonly ActionItem[];
    /** Trait → what was answered, as typed. */
    readonly set: Readonly<Record<string, string>>;
  },
): Promise<TouchDone> {
  const live = await liveModel(context);
  const result = readResult(outcome.result);
  const traits = answeredTraits(live.model, outcome.set);
  const details = {
    ...(outcome.minutes === undefined ? {} : { minutes: outcome.minutes }),
    ...(outcome.note === undefined ? {} : { note: outcome.note }),
    ...(outcome.actionItems === undefined ? {} : { actionItems: outcome.actionItems }),
  };
  return changeTouch(
    context,
    live,
    id,
    (touch) => recordOutcome(touch, result, live.moment().now, details),
    { what: `touch ${result}`, reason: outcome.note ?? null, traits },
  );
}

export async function skipTouchById(
  context: EngineContext,
  id: string,
  reason: string,
): Promise<TouchDone> {
  const live = await liveModel(context);
  const skip = (touch: Touch): TouchChange => skipTouch(touch, reason, live.moment().now);
  return changeTouch(context, live, id, skip, { what: "touch skipped", reason });
}

export interface Appointment {
  readonly startsAt: Instant;
  /** Contacts who are to come: ids, addresses or names. They are invited by mail. */
  readonly with: readonly string[];
  /** How long they meet; default: the touch's minutes, at most an hour. */
  readonly minutes?: number;
  /** A room, an address or a link. */
  readonly place?: string;
}

/** Fixes an appointment: when it begins, so on which day it falls, and who is to come. */
export async function scheduleTouch(
  context: EngineContext,
  id: string,
  appointment: Appointment,
): Promise<TouchDone> {
  const live = await liveModel(context);
  const { touch } = await findTouch(context, id);
  const { now, today } = live.moment();
  const day = live.evaluator.decider.localDay(appointment.startsAt);
  if (appointment.startsAt < now) {
    throw new AppError(
      "bad-value",
      "The appointment lies in the past.",
      "Give a time from now on.",
    );
  }
  const account = await findAccount(context, touch.account);
  const people = await findContacts(context, touch.account, appointment.with);
  const zones = { account: account.timezone, workspace: live.model.workspace.timezone };
  const names = people.map((person) => person.name ?? person.id).join(", ");
  const reason = `appointment fixed${names === "" ? "" : ` with ${names}`}`;
  const move = (present: Touch): TouchChange =>
    moveTouch(present, { due: day, startsAt: appointment.startsAt }, reason, { today, at: now });
  return changeTouch(context, live, touch.id, move, {
    what: "touch scheduled",
    reason,
    details: {
      starts_at: new Date(appointment.startsAt).toISOString(),
      with: people.map((person) => person.id),
    },
    appointment: (moved) =>
      moved.human
        ? planAppointment(context, moved, people, appointment, zones, now)
        : Promise.resolve(null),
    snoozedUntil: null,
  });
}

export interface TouchToAdd {
  readonly due?: Day;
  /** Given: it has happened already. */
  readonly result?: string;
  readonly minutes?: number;
  readonly note?: string;
  /** Tells it apart from others added to the same account. */
  readonly nonce: string;
}

/** Logs a touch that nobody planned, or plans one by hand. */
export async function addTouchByHand(
  context: EngineContext,
  accountId: string,
  touchpoint: string,
  { due, result, minutes, note, nonce }: TouchToAdd,
): Promise<TouchDone> {
  const live = await liveModel(context);
  const { now, today } = live.moment();
  const kind = findTouchpoint(live.model, touchpoint);
  refuseDay(due ?? today, today, result !== undefined);
  const { id, owner, loaded } = await findAccount(context, accountId);
  const added = addTouch(
    {
      account: id,
      touchpoint: kind,
      contact: null,
      owner,
      due: due ?? today,
      nonce,
    },
    { today, at: now, modelVersion: live.stored.version },
  );
  const touch = note === undefined ? added : { ...added, note };
  const details = minutes === undefined ? {} : { minutes };
  const change =
    result === undefined
      ? { touch, events: [] }
      : recordOutcome(touch, readResult(result), happenedAt(live, touch.due), details);
  // a new touch is in nobody's way, whatever else became of the account meanwhile
  const stored = await record(
    context,
    live,
    { change, stateRev: loaded.stateRev, before: null },
    {
      what: "touch added",
      reason: note ?? null,
    },
  );
  return decideAfter(context, stored as Touch);
}

/** What has happened did so by today; what is planned lies ahead. */
function refuseDay(due: Day, today: Day, hasHappened: boolean): void {
  if (due < today && !hasHappened) {
    throw new AppError(
      "bad-value",
      "Nothing can be planned for a day that is past.",
      "Say what became of it (its result), or give a day from today on.",
    );
  }
  if (due > today && hasHappened) {
    throw new AppError(
      "bad-value",
      "What is to happen on a later day has no result yet.",
      "Leave the result out, or give a day up to today.",
    );
  }
}

const NOON_MS = 12 * 3_600_000;

/** Now; of an earlier day nobody knows the hour, and noon is on that day whatever the clocks do. */
function happenedAt(live: LiveModel, day: Day): Instant {
  const { now, today } = live.moment();
  return day < today ? startOfDay(day, live.model.workspace.timezone) + NOON_MS : now;
}

function readResult(text: string): TouchResult {
  const result = TOUCH_RESULTS.find((one) => one === text);
  if (result) return result;
  throw new AppError(
    "bad-value",
    `There is no result \`${text}\`.`,
    nearestOrAll(text, TOUCH_RESULTS),
  );
}

export interface Said {
  readonly what: string;
  readonly reason: string | null;
  readonly traits?: Traits;
  readonly details?: Readonly<Record<string, string | readonly string[]>>;
  /** The appointment that comes of it, looked at again with the touch. */
  readonly appointment?: (touch: Touch) => Promise<AppointmentChange | null>;
  /** Until when it is out of sight; null: no longer; left out: as it was. */
  readonly snoozedUntil?: Instant | null;
}

/** Changes a touch as it stands; looked at again when something else changed its account meanwhile. */
export async function changeTouch(
  context: EngineContext,
  live: LiveModel,
  id: string,
  apply: (touch: Touch) => TouchChange,
  said: Said,
): Promise<TouchDone> {
  const touch = await untilStored(id, async () => {
    const { touch: before, stateRev } = await findTouch(context, id);
    return record(context, live, { change: apply(before), stateRev, before }, said);
  });
  return decideAfter(context, touch);
}

async function decideAfter(context: EngineContext, touch: Touch): Promise<TouchDone> {
  return { touch, run: await runDecisions(context, { ids: [touch.account], cause: "person" }) };
}

interface Worked {
  readonly change: TouchChange;
  /** Of the account it was worked out from. */
  readonly stateRev: number;
  /** The touch as it stood; null: it is a new one, which stands beside all others. */
  readonly before: Touch | null;
}

/** Stores a change with all that follows from it; undefined: the account has changed meanwhile. */
async function record(
  context: EngineContext,
  live: LiveModel,
  { change, stateRev, before }: Worked,
  { what, reason, traits = {}, details = {}, appointment, snoozedUntil }: Said,
): Promise<Touch | undefined> {
  const { touch, events, refused } = change;
  const { account } = touch;
  if (refused !== undefined) {
    throw new AppError("wrong-status", `${touch.title} (${touch.id}): ${refused}.`);
  }
  const moment = live.moment();
  const fixed = (await appointment?.(touch)) ?? null;
  const isStored = await context.store.touches.record(
    {
      touches: [touch],
      events: events.map((event) => ({ ...event, account, id: eventId(touch, event) })),
      traits,
      ...(fixed ? { appointment: fixed } : {}),
      ...(snoozedUntil === undefined ? {} : { snoozedUntil }),
      ...(before ? { basedOn: new Map([[account, stateRev]]) } : {}),
      notices: touchNotice(before ?? undefined, touch, moment.now, stateRev + 1),
      audit: { by: context.actor, what, account, reason, details: { touch: touch.id, ...details } },
    },
    moment,
  );
  return isStored ? touch : undefined;
}

/** A correction made in the same instant is another event than what it corrects. */
function eventId(touch: Touch, event: EngineEvent): string {
  return `ts:${touch.id}:${event.at}:${event.name}`;
}
