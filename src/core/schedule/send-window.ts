import type { Model } from "../model/types.ts";
import type { Day, Instant } from "../time/day.ts";
import { instantAt, isTimeZone, localDay } from "../time/zone.ts";
import type { Person } from "./persons.ts";

/** When messages may go out on a day in a receiver's zone: `to` is exclusive. */
export function sendWindow(
  model: Pick<Model, "caps">,
  zone: string,
  day: Day,
): { readonly from: Instant; readonly to: Instant } {
  const { from, to } = model.caps.sendBetween;
  return { from: instantAt(day, from, zone), to: instantAt(day, to, zone) };
}

/**
 * When a touch due on `due` may go out next: now, where the receiver's window is open, else
 * when it opens. Never before its day has come in the receiver's zone.
 */
export function nextSendTime(
  model: Pick<Model, "caps">,
  zone: string,
  due: Day,
  now: Instant,
): Instant {
  const day = Math.max(due, localDay(now, zone));
  const { from, to } = sendWindow(model, zone, day);
  if (now < from) return from;
  return now < to ? now : sendWindow(model, zone, day + 1).from;
}

/** The contact's zone, then the account's, then the workspace's; what is no zone is passed over. */
export function receiverZone(
  model: Pick<Model, "workspace">,
  account: string | null,
  contact: string | null,
): string {
  return (
    [contact, account].find((zone) => zone !== null && isTimeZone(zone)) ?? model.workspace.timezone
  );
}

/** By which contact caps count a person, over all accounts: the mail address where there is one. */
export function receiverKey(account: string, person: Pick<Person, "id" | "email">): string {
  return person.email ?? JSON.stringify([account, person.id]);
}
