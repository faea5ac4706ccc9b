import { describe, expect, test } from "vitest";
import { nextSendTime, type Touch } from "../../core/schedule/index.ts";
import { type Day, DAY_MS, dayOf, type Instant } from "../../core/time/day.ts";
import { instantAt, localDay, localMinutes, parseInstant } from "../../core/time/zone.ts";
import { spreadLate } from "./spread-late.ts";

const HOUR_MS = 3_600_000;
const model = (from: number, to: number) => ({
  caps: {
    contact: [],
    account: [],
    quietAfterHuman: 0,
    sendBetween: { from: from * 60, to: to * 60 },
    giveUpAfter: 7,
    priority: [],
  },
});
const DAYTIME = model(8, 18);

function touchDue(due: Day, key = "k"): Touch {
  return { key, due, plannedAt: 0 } as Touch;
}
const FRESH = { tryAt: null, passedOn: null };
const at = (text: string): Instant => parseInstant(text) ?? Number.NaN;

describe("when a late touch goes", () => {
  const due = dayOf(2026, 3, 2);
  const zone = "Europe/Berlin";
  const opens = instantAt(due, 8 * 60, zone);

  test("one that is hardly late goes at once", () => {
    expect(spreadLate(DAYTIME, zone, touchDue(due), FRESH, opens + HOUR_MS - 1)).toBeNull();
  });

  test("others spread over twice the time that they are late, each always at the same time", () => {
    const now = opens + 2 * HOUR_MS;
    const times = Array.from({ length: 400 }, (_, index) =>
      spreadLate(DAYTIME, zone, touchDue(due, `k${index}`), FRESH, now),
    ).map((time) => (time ?? 0) - now);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...times)).toBeLessThan(4 * HOUR_MS);
    const quarters = [0, 1, 2, 3].map(
      (quarter) => times.filter((time) => Math.floor(time / HOUR_MS) === quarter).length,
    );
    expect(Math.min(...quarters)).toBeGreaterThan(70);
    expect(spreadLate(DAYTIME, zone, touchDue(due, "k7"), FRESH, now)).toBe(now + (times[7] ?? 0));
  });

  test("what has been spread goes when its time has come, and not round and round", () => {
    const tryAt = opens + 5 * HOUR_MS;
    const spread = { tryAt, passedOn: due };
    expect(spreadLate(DAYTIME, zone, touchDue(due), spread, tryAt + 30 * HOUR_MS)).toBeNull();
    expect(spreadLate(DAYTIME, zone, touchDue(due), spread, tryAt + 40 * HOUR_MS)).not.toBeNull();
  });

  test("with minutes left of the window they go in the next one", () => {
    const now = instantAt(due, 17 * 60 + 40, zone);
    const time = spreadLate(DAYTIME, zone, touchDue(due), FRESH, now) ?? 0;
    expect(localDay(time, zone)).toBe(due + 1);
    expect(localMinutes(time, zone)).toBeGreaterThanOrEqual(8 * 60);
  });
});

describe("windows where clocks change", () => {
  test.each([
    // the day begins at 01:00: clocks skipped midnight
    ["America/Sao_Paulo", 0, "2018-11-04T00:30:00Z", "2018-11-04T03:00:00Z"],
    // 02:30 does not exist on this night
    ["Europe/Berlin", 2.5, "2026-03-28T23:30:00Z", "2026-03-29T01:00:00Z"],
    // 02:30 comes twice: the first
    ["Europe/Berlin", 2.5, "2026-10-24T22:30:00Z", "2026-10-25T00:30:00Z"],
    ["America/New_York", 2.5, "2026-03-08T05:30:00Z", "2026-03-08T07:00:00Z"],
    ["America/New_York", 8, "2026-11-01T04:30:00Z", "2026-11-01T13:00:00Z"],
  ])("%s from %s o'clock, at %s: opens at %s", (zone, from, now, opens) => {
    const due = localDay(at(opens), zone);
    expect(nextSendTime(model(from, 20), zone, due, at(now))).toBe(at(opens));
  });

  test.each(["America/Sao_Paulo", "Europe/Berlin", "America/New_York"])(
    "in %s a late touch always lies inside the window of its day, on every day of ten years",
    (zone) => {
      for (let day = dayOf(2012, 1, 1); day < dayOf(2022, 1, 1); day++) {
        const now = day * DAY_MS + ((day * 7919) % 24) * HOUR_MS;
        const time = spreadLate(DAYTIME, zone, touchDue(day - 2, `k${day}`), FRESH, now);
        expect(time).not.toBeNull();
        expect(time).toBeGreaterThanOrEqual(now);
        expect(localMinutes(time ?? 0, zone)).toBeGreaterThanOrEqual(8 * 60);
        expect(localMinutes(time ?? 0, zone)).toBeLessThan(18 * 60);
      }
    },
  );
});
