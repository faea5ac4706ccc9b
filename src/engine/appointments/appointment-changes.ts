import type { Json } from "../../core/facts/types.ts";
import type { Touch } from "../../core/schedule/index.ts";
import type { Instant } from "../../core/time/day.ts";
import type { Appointment, AppointmentChange, Attendee } from "../ports/appointments.ts";
import type { CalendarEntry, MailExtra } from "../ports/channel.ts";
import type { Outgoing } from "../ports/outbox.ts";
import { type InvitationKind, invitationSubject, invitationText } from "./invitation-text.ts";

/** What a person fixed for a touch. */
export interface WantedAppointment {
  readonly touch: Touch;
  readonly startsAt: Instant;
  readonly minutes: number;
  readonly place: string | null;
  readonly organizer: Appointment["organizer"];
  /** Empty: those of the appointment as it stood. */
  readonly attendees: readonly Attendee[];
  readonly timezone: string;
}

/**
 * Only once somebody has fixed a time does a customer hear of it: each person named gets a
 * calendar invitation by mail, the same entry again with a higher number when the time changes,
 * and whoever need not come any more gets it withdrawn.
 */
export function fixAppointment(
  before: Appointment | null,
  wanted: WantedAppointment,
  at: Instant,
): AppointmentChange {
  const { touch } = wanted;
  const invited = before?.status === "confirmed" ? before.attendees : [];
  const attendees = wanted.attendees.length > 0 ? wanted.attendees : invited;
  const appointment: Appointment = {
    account: touch.account,
    touch: touch.key,
    touchId: touch.id,
    touchpoint: touch.touchpoint,
    program: touch.program,
    uid: before?.uid ?? `${touch.id}.${at.toString(36)}@touchstone`,
    sequence: before ? before.sequence + 1 : 0,
    startsAt: wanted.startsAt,
    minutes: wanted.minutes,
    title: touch.title,
    place: wanted.place ?? before?.place ?? null,
    organizer: wanted.organizer ?? before?.organizer ?? null,
    attendees,
    timezone: wanted.timezone,
    status: "confirmed",
  };
  const gone = invited.filter((one) => !attendees.some((other) => isSame(one, other)));
  const mails = [
    ...attendees.map((attendee) => ({
      attendee,
      kind: invited.some((one) => isSame(one, attendee))
        ? ("update" as const)
        : ("invite" as const),
    })),
    ...gone.map((attendee) => ({ attendee, kind: "withdraw" as const })),
  ];
  return { appointment, outgoing: mailsOf(appointment, mails, at) };
}

/** The touch is called off, or no longer has an hour: everybody who was invited hears of it. */
export function withdrawAppointment(before: Appointment, at: Instant): AppointmentChange {
  const appointment: Appointment = {
    ...before,
    sequence: before.sequence + 1,
    status: "withdrawn",
  };
  // what has begun cannot be called off
  const told = before.startsAt > at ? before.attendees : [];
  const mails = told.map((attendee) => ({ attendee, kind: "withdraw" as const }));
  return { appointment, outgoing: mailsOf(appointment, mails, at) };
}

interface Mail {
  readonly attendee: Attendee;
  readonly kind: InvitationKind;
}

function mailsOf(appointment: Appointment, mails: readonly Mail[], at: Instant): Outgoing[] {
  return mails
    .filter(({ attendee }) => attendee.email !== null)
    .map((mail, number) => mailOf(appointment, mail, number, at));
}

/** `TOUCHID.inv.SEQUENCE` for the first, with a number behind it for the others. */
function mailOf(
  appointment: Appointment,
  { attendee, kind }: Mail,
  number: number,
  at: Instant,
): Outgoing {
  const { account, touch, touchId, touchpoint, program, sequence } = appointment;
  return {
    id: `${touchId}.inv.${sequence}${number === 0 ? "" : `.${number}`}`,
    account,
    kind: kind === "withdraw" ? "withdrawal" : "invitation",
    touch,
    touchId,
    touchpoint,
    program,
    attempt: 1,
    channel: "email",
    contact: attendee.contact,
    userId: null,
    receiver: attendee.email,
    countedAs: null,
    status: "queued",
    messageId: null,
    message: {
      subject: invitationSubject(kind, appointment, attendee),
      text: invitationText(kind, appointment, attendee),
      // made by the channel, which has the frame of our mails
      html: "",
      preheader: null,
      locale: "en",
      links: [],
      extra: {
        mail: mailExtra(appointment, attendee) as unknown as Json,
        calendar: calendarEntry(appointment, attendee, kind, at) as unknown as Json,
      },
    },
    error: null,
    madeAt: at,
    tryAt: null,
    sentAt: null,
    settledAt: null,
    worker: null,
    leaseUntil: null,
  };
}

function mailExtra({ organizer }: Appointment, { name }: Attendee): MailExtra {
  return { headers: {}, toName: name, replyTo: organizer };
}

/** Who is called off sees an entry with themselves in it; the others see all who come. */
function calendarEntry(
  appointment: Appointment,
  attendee: Attendee,
  kind: InvitationKind,
  at: Instant,
): CalendarEntry {
  const { uid, sequence, startsAt, minutes, title, place, organizer } = appointment;
  const listed = kind === "withdraw" ? [attendee] : appointment.attendees;
  return {
    method: kind === "withdraw" ? "CANCEL" : "REQUEST",
    uid,
    sequence,
    startsAt,
    minutes,
    title,
    place,
    organizer,
    attendees: listed.flatMap(({ name, email }) => (email === null ? [] : [{ name, email }])),
    madeAt: at,
  };
}

function isSame(one: Attendee, other: Attendee): boolean {
  return one.email === null ? one.contact === other.contact : one.email === other.email;
}
