import type { Instant } from "../../core/time/day.ts";
import type { Outgoing } from "./outbox.ts";

/** Somebody who is to come, as they were written to. */
export interface Attendee {
  /** Id of the contact. */
  readonly contact: string;
  readonly name: string | null;
  /** null: they come without an invitation. */
  readonly email: string | null;
  readonly timezone: string | null;
  readonly locale: string | null;
}

/** An appointment with customers, and all that its next version has to say again. */
export interface Appointment {
  readonly account: string;
  /** Key of the touch. */
  readonly touch: string;
  readonly touchId: string;
  readonly touchpoint: string;
  readonly program: string | null;
  /** The same for all versions: calendars know the entry by it. */
  readonly uid: string;
  /** Goes up with every version. */
  readonly sequence: number;
  readonly startsAt: Instant;
  readonly minutes: number;
  readonly title: string;
  /** A room, an address or a link; null: not said. */
  readonly place: string | null;
  readonly organizer: { readonly name: string | null; readonly email: string } | null;
  readonly attendees: readonly Attendee[];
  /** The account's zone, else the workspace's: for attendees of whom none is known. */
  readonly timezone: string;
  readonly status: "confirmed" | "withdrawn";
}

/** An appointment as it stands now, and the mails that say so. */
export interface AppointmentChange {
  readonly appointment: Appointment;
  readonly outgoing: readonly Outgoing[];
}

export interface AppointmentStore {
  /** Of a touch, by its key; null: no time was ever fixed. */
  of(account: string, touch: string): Promise<Appointment | null>;
}
