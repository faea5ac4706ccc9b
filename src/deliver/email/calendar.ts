import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendarMethod,
  ICalEventStatus,
} from "ical-generator";
import type { CalendarEntry } from "../../engine/ports/channel.ts";
import type { MailAddress } from "./mail-address.ts";

const MINUTE_MS = 60_000;

/**
 * The calendar entry of an appointment as text. Times are UTC: given a zone as well, the
 * generator would write UTC's clock under that zone's name.
 */
export function calendarText(entry: CalendarEntry, sender: MailAddress): string {
  const isCancelled = entry.method === "CANCEL";
  const calendar = ical({
    prodId: { company: "Touchstone", product: "Appointments" },
    method: isCancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
  });
  calendar.createEvent({
    id: entry.uid,
    sequence: entry.sequence,
    stamp: new Date(entry.madeAt),
    start: new Date(entry.startsAt),
    end: new Date(entry.startsAt + entry.minutes * MINUTE_MS),
    summary: entry.title,
    ...(entry.place === null ? {} : placed(entry.place)),
    status: isCancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    organizer: organizerOf(entry, sender),
    attendees: entry.attendees.map(({ name, email }) => ({
      ...(name === null ? {} : { name: nameIn(name) }),
      email,
      rsvp: !isCancelled,
      role: ICalAttendeeRole.REQ,
      status: ICalAttendeeStatus.NEEDSACTION,
    })),
  });
  return calendar.toString();
}

function organizerOf(
  { organizer }: CalendarEntry,
  sender: MailAddress,
): { readonly name: string; readonly email: string } {
  const { name, email } = organizer ?? { name: sender.name, email: sender.address };
  return { name: name === null || name === "" ? email : nameIn(name), email };
}

/** A link is offered as one, too. */
function placed(place: string): { readonly location: string; readonly url?: string } {
  return /^https?:\/\//i.test(place) ? { location: place, url: place } : { location: place };
}

/** A name stands in quotes there, and RFC 5545 has no way to write a quote within them. */
function nameIn(name: string): string {
  return name
    .replaceAll('"', "'")
    .replace(/\p{Cc}+/gu, " ")
    .trim();
}
