import { Temporal } from "temporal-polyfill";
import { DAY_MS, type Day, type Instant } from "./day.ts";

/**
 * Local days and times in IANA zones. Asking Temporal costs microseconds and a book asks
 * hundreds of thousands of times, so a zone's offsets are read from it once per eight years
 * of history and then looked up.
 */

/** A stretch with one offset: from `start` to the next stretch's start. */
interface Stretch {
  readonly start: Instant;
  /** Local time minus UTC, in milliseconds. */
  readonly offset: number;
}

const CHUNK_MS = 8 * 366 * DAY_MS;
/** No offset has ever been further from UTC than this. */
const MOST_OFFSET = 26 * 3_600_000;
/** Far above the number of zones there are; keeps hostile spellings from filling memory. */
const MOST_ZONES = 2000;

class Zone {
  readonly #name: string;
  readonly #chunks = new Map<number, readonly Stretch[]>();
  /** When the offset next changes after an instant that was asked for; saves far searches. */
  #quietFrom = Number.NaN;
  #quietTo = Number.NaN;

  constructor(name: string) {
    this.#name = name;
    this.#stretches(0);
  }

  offset(at: Instant): number {
    const stretches = this.#stretches(Math.floor(at / CHUNK_MS));
    let found = 0;
    for (const stretch of stretches) {
      if (stretch.start > at) break;
      found = stretch.offset;
    }
    return found;
  }

  /** The first instant whose local time is `local`; in a gap, the first after the gap. */
  instantOf(local: number): Instant {
    const from = local - MOST_OFFSET;
    const last = Math.floor((local + MOST_OFFSET) / CHUNK_MS);
    let offset = this.offset(from);
    let start = from;
    for (let chunk = Math.floor(from / CHUNK_MS); chunk <= last; chunk++) {
      for (const next of this.#stretches(chunk)) {
        if (next.start <= from) continue;
        if (local - offset < next.start) return Math.max(local - offset, start);
        start = next.start;
        offset = next.offset;
      }
    }
    return Math.max(local - offset, start);
  }

  #stretches(chunk: number): readonly Stretch[] {
    let stretches = this.#chunks.get(chunk);
    if (!stretches) {
      stretches = this.#read(chunk * CHUNK_MS, (chunk + 1) * CHUNK_MS);
      this.#chunks.set(chunk, stretches);
    }
    return stretches;
  }

  #read(from: Instant, to: Instant): Stretch[] {
    let place = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(this.#name);
    const stretches: Stretch[] = [{ start: from, offset: place.offsetNanoseconds / 1e6 }];
    if (from >= this.#quietFrom && to <= this.#quietTo) return stretches;
    for (;;) {
      const next = place.getTimeZoneTransition("next");
      if (!next || next.epochMilliseconds >= to) {
        this.#quietFrom = place.epochMilliseconds;
        this.#quietTo = next?.epochMilliseconds ?? Number.POSITIVE_INFINITY;
        return stretches;
      }
      stretches.push({ start: next.epochMilliseconds, offset: next.offsetNanoseconds / 1e6 });
      place = next;
    }
  }
}

const zones = new Map<string, Zone>();

function zoneNamed(name: string): Zone {
  let zone = zones.get(name);
  if (!zone) {
    if (zones.size >= MOST_ZONES) zones.clear();
    zone = new Zone(name);
    zones.set(name, zone);
  }
  return zone;
}

/** Whether `name` is an IANA time zone (`Europe/Berlin`, `UTC`); an offset (`+02:00`) is none. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  if (zones.has(name)) return true;
  try {
    zoneNamed(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The calendar day on which `at` falls in `zone`. Throws RangeError when there is no such zone. */
export function localDay(at: Instant, zone: string): Day {
  return Math.floor((at + zoneNamed(zone).offset(at)) / DAY_MS);
}

/** Minutes after local midnight by the clock on the wall, whole: 0 to 1439. */
export function localMinutes(at: Instant, zone: string): number {
  const local = at + zoneNamed(zone).offset(at);
  return Math.floor((local - Math.floor(local / DAY_MS) * DAY_MS) / 60_000);
}

/**
 * The instant at which clocks in `zone` show `minutes` after midnight on `day`. A time that
 * clocks skip becomes the first instant after the gap; of one shown twice it is the first.
 */
export function instantAt(day: Day, minutes: number, zone: string): Instant {
  return zoneNamed(zone).instantOf(day * DAY_MS + minutes * 60_000);
}

/** The first instant of `day` in `zone`; where clocks skip midnight, or the day, the next there is. */
export function startOfDay(day: Day, zone: string): Instant {
  return instantAt(day, 0, zone);
}
