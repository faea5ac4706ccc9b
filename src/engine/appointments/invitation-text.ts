import type { Instant } from "../../core/time/day.ts";
import type { Appointment, Attendee } from "../ports/appointments.ts";

/** What a mail about an appointment does to the calendar of its reader. */
export type InvitationKind = "invite" | "update" | "withdraw";

const PREFIX: Readonly<Record<InvitationKind, string>> = {
  invite: "Invitation",
  update: "New time",
  withdraw: "Cancelled",
};

export function invitationSubject(
  kind: InvitationKind,
  appointment: Appointment,
  attendee: Attendee,
): string {
  return `${PREFIX[kind]}: ${appointment.title}, ${whenOf(appointment, attendee)}`;
}

/** For readers whose mail program shows no calendar entry. */
export function invitationText(
  kind: InvitationKind,
  appointment: Appointment,
  attendee: Attendee,
): string {
  const { title, minutes, place, organizer } = appointment;
  const from = organizer?.name ?? null;
  const lines = [`Hello${attendee.name === null ? "" : ` ${attendee.name}`},`, ""];
  const when = `When: ${whenOf(appointment, attendee)}`;
  if (kind === "withdraw") {
    lines.push(`${title} will not take place as agreed.`, "", when);
  } else {
    const opening =
      kind === "update"
        ? `${title} has been moved.`
        : from === null
          ? `You are invited to: ${title}`
          : `${from} invites you to: ${title}`;
    lines.push(opening, "", when, `Length: ${minutes} minutes`);
    if (place !== null) lines.push(`Where: ${place}`);
    lines.push("", "Accept or decline with the attached calendar entry, or reply to this mail.");
  }
  if (from !== null) lines.push("", from);
  return `${lines.join("\n")}\n`;
}

/** By the attendee's own clock: `Tuesday, 3 March 2026 at 15:00 CET`. */
function whenOf({ startsAt, timezone }: Appointment, attendee: Attendee): string {
  return formatFor(startsAt, attendee.timezone ?? timezone, attendee.locale) ?? inUtc(startsAt);
}

function formatFor(at: Instant, timeZone: string, locale: string | null): string | null {
  try {
    return new Intl.DateTimeFormat(englishOf(locale), {
      weekday: "long",
      day: "numeric",
      month: "long",
      year: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      timeZone,
      timeZoneName: "short",
    })
      .format(at)
      .replaceAll("\u202F", " ");
  } catch (error) {
    // a zone or locale that somebody made up
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function inUtc(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** The text is English, so its dates are, too: by the reader's own kind of English. */
function englishOf(locale: string | null): string {
  const tag = locale?.replaceAll("_", "-") ?? "";
  return /^en\b/i.test(tag) ? tag : "en-GB";
}
