import { DAY_MS, formatDay, type Instant } from "../../core/time/day.ts";
import { isTimeZone, localDay, localMinutes } from "../../core/time/zone.ts";

/** `2026-03-01T09:30:00+01:00`: an instant as clocks show it there, and how far that is from UTC. */
export function localIso(at: Instant, zone: string, otherwise: string): string {
  const place = isTimeZone(zone) ? zone : otherwise;
  const day = localDay(at, place);
  const minutes = localMinutes(at, place);
  const seconds = Math.floor(at / 1000) % 60;
  const offset = Math.round((day * DAY_MS + minutes * 60_000 + seconds * 1000 - at) / 60_000);
  const sign = offset < 0 ? "-" : "+";
  return `${formatDay(day)}T${clock(minutes)}:${two(seconds)}${sign}${clock(Math.abs(offset))}`;
}

function clock(minutes: number): string {
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
