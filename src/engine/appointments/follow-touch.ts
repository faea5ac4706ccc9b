import type { Touch, TouchStatus } from "../../core/schedule/index.ts";
import type { Instant } from "../../core/time/day.ts";
import type { Appointment, AppointmentChange } from "../ports/appointments.ts";
import { fixAppointment, withdrawAppointment } from "./appointment-changes.ts";

/** Touches that will not take place; `missed` and `done` tell of what has been. */
const CALLED_OFF: ReadonlySet<TouchStatus> = new Set(["cancelled", "skipped", "dropped", "failed"]);

/** A touch that may have an appointment and is such that the appointment may have to change. */
export function mayCallOff(touch: Touch): boolean {
  return touch.human && CALLED_OFF.has(touch.status);
}

/**
 * What becomes of a confirmed appointment when its touch changes, whoever changed it (a person,
 * the planner because the account was closed or left the program): null, nothing.
 */
export function followTouch(
  appointment: Appointment,
  touch: Touch,
  at: Instant,
): AppointmentChange | null {
  if (appointment.status !== "confirmed") return null;
  if (CALLED_OFF.has(touch.status)) return withdrawAppointment(appointment, at);
  const isOpen = touch.status === "planned" || touch.status === "due";
  if (!isOpen || touch.startsAt === appointment.startsAt) return null;
  if (touch.startsAt === null) return withdrawAppointment(appointment, at);
  const { startsAt } = touch;
  const { minutes, place, organizer, attendees, timezone } = appointment;
  const wanted = { touch, startsAt, minutes, place, organizer, attendees, timezone };
  return fixAppointment(appointment, wanted, at);
}
