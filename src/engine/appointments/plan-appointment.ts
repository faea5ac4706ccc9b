import type { ContactInput } from "../../core/facts/types.ts";
import type { Touch } from "../../core/schedule/index.ts";
import type { Instant } from "../../core/time/day.ts";
import { AppError } from "../app-error.ts";
import type { EngineContext } from "../context.ts";
import type { Appointment, AppointmentChange, Attendee } from "../ports/appointments.ts";
import { fixAppointment } from "./appointment-changes.ts";

export interface AppointmentTime {
  readonly startsAt: Instant;
  /** How long they meet; a touch's own minutes also hold what is prepared and written up. */
  readonly minutes?: number;
  /** A room, an address or a link. */
  readonly place?: string;
}

const USUAL_MINUTES = 60;
const MOST_MINUTES = 24 * 60;

/**
 * The appointment that comes of fixing a time for a touch, with its invitations. null: nobody of
 * the account is to come and nobody was, so there is nobody to tell.
 */
export async function planAppointment(
  context: EngineContext,
  touch: Touch,
  people: readonly ContactInput[],
  { startsAt, minutes, place }: AppointmentTime,
  zones: { readonly account: string | null; readonly workspace: string },
  at: Instant,
): Promise<AppointmentChange | null> {
  const { store } = context;
  const before = await store.appointments.of(touch.account, touch.key);
  const invited = before?.status === "confirmed" ? before.attendees : [];
  if (people.length === 0 && invited.length === 0) return null;
  refuseMinutes(minutes);
  const length = minutes ?? before?.minutes ?? Math.min(touch.minutes, USUAL_MINUTES);
  const wanted = {
    touch,
    startsAt,
    minutes: length > 0 ? length : USUAL_MINUTES,
    place: place ?? null,
    organizer: await organizerOf(context, touch),
    attendees: people.map(attendeeOf),
    timezone: zones.account ?? zones.workspace,
  };
  return fixAppointment(before, wanted, at);
}

function refuseMinutes(minutes: number | undefined): void {
  if (minutes === undefined || (minutes > 0 && minutes <= MOST_MINUTES)) return;
  throw new AppError(
    "bad-value",
    "An appointment lasts at least a minute and at most a day.",
    "Give its length in minutes, without what is prepared before and written up after.",
  );
}

async function organizerOf(
  { store }: EngineContext,
  { owner }: Touch,
): Promise<Appointment["organizer"]> {
  if (owner === null) return null;
  const member = (await store.team.list()).find(({ id }) => id === owner);
  const email = member?.email ?? null;
  return email === null ? null : { name: member?.name ?? null, email };
}

function attendeeOf({ id, name, email, timezone, locale }: ContactInput): Attendee {
  return { contact: id, name, email, timezone, locale };
}
