import { Temporal } from "temporal-polyfill";
import { DAY_MS, type Instant } from "./day.ts";

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

export class Zone {
  readonly #name: string;
  readonly #chunks = new Map<number, readonly Stretch[]>();
  /** When the offset next changes after an instant that was asked for; saves far searches. */
  #quietFrom = Number.NaN;
  #quietTo = Number.NaN;

  /** The stretch of the latest answer: the next question is mostly about the same half year. */
  #latestFrom = Number.NaN;
  #latestTo = Number.NaN;
  #latestOffset = 0;

  constructor(name: string) {
    this.#name = name;
    this.#stretches(0);
  }

  offset(at: Instant): number {
    if (at >= this.#latestFrom && at < this.#latestTo) return this.#latestOffset;
    const chunk = Math.floor(at / CHUNK_MS);
    const stretches = this.#stretches(chunk);
    let index = 0;
    while (index + 1 < stretches.length && (stretches[index + 1] as Stretch).start <= at) index++;
    const { start, offset } = stretches[index] as Stretch;
    this.#latestFrom = start;
    this.#latestTo = stretches[index + 1]?.start ?? (chunk + 1) * CHUNK_MS;
    this.#latestOffset = offset;
    return offset;
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

/** Throws RangeError when there is no such zone. */
export function zoneNamed(name: string): Zone {
  let zone = zones.get(name);
  if (!zone) {
    if (zones.size >= MOST_ZONES) zones.clear();
    zone = new Zone(name);
    zones.set(name, zone);
  }
  return zone;
}

/** Whether it is worth asking: a zone that was read before needs no second look. */
export function isKnownZone(name: string): boolean {
  return zones.has(name);
}
