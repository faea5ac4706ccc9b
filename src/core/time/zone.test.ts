import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { dayOf, formatDay } from "./day.ts";
import {
  formatInstant,
  instantAt,
  isTimeZone,
  localDay,
  localMinutes,
  startOfDay,
} from "./zone.ts";

const ZONES = [
  "America/Sao_Paulo",
  "Africa/Monrovia",
  "Asia/Kathmandu",
  "Europe/Berlin",
  "Pacific/Apia",
  "UTC",
  "America/New_York",
  "Australia/Lord_Howe",
  "Africa/Casablanca",
  "America/St_Johns",
  "Asia/Tehran",
  "America/Havana",
  "Europe/Dublin",
  "Pacific/Kiritimati",
  "Antarctica/Troll",
];
const FROM = Date.UTC(1970, 0, 1);
const TO = Date.UTC(2100, 11, 31);
const at = (text: string) => Date.parse(text);
const zonedAt = (instant: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);

describe("against Temporal", () => {
  const runs = { numRuns: Number(process.env["TOUCHSTONE_RUNS"] ?? 1000) };
  const zone = fc.constantFrom(...ZONES);

  test("the local day and minute of an instant", () => {
    fc.assert(
      fc.property(zone, fc.integer({ min: FROM, max: TO }), (name, instant) => {
        const zoned = zonedAt(instant, name);
        expect(formatDay(localDay(instant, name))).toBe(zoned.toPlainDate().toString());
        expect(localMinutes(instant, name)).toBe(zoned.hour * 60 + zoned.minute);
      }),
      runs,
    );
  });

  test("around every change of the clocks", () => {
    for (const name of ZONES) {
      let place = zonedAt(Date.UTC(2004, 0, 1), name);
      for (let count = 0; count < 30; count++) {
        const next = place.getTimeZoneTransition("next");
        if (!next || next.epochMilliseconds > TO) break;
        for (const shift of [-3_600_001, -60_000, -1, 0, 1, 60_000, 3_600_001]) {
          const instant = next.epochMilliseconds + shift;
          const zoned = zonedAt(instant, name);
          expect(`${formatDay(localDay(instant, name))} ${localMinutes(instant, name)}`).toBe(
            `${zoned.toPlainDate().toString()} ${zoned.hour * 60 + zoned.minute}`,
          );
        }
        place = next;
      }
    }
  });

  test("the instant of a local time, the first where there are two", () => {
    const days = fc.integer({ min: 1, max: dayOf(2100, 12, 30) });
    fc.assert(
      fc.property(zone, days, fc.integer({ min: 0, max: 1439 }), (name, day, minutes) => {
        const instant = instantAt(day, minutes, name);
        const local = Temporal.PlainDate.from(formatDay(day)).toPlainDateTime({
          hour: Math.floor(minutes / 60),
          minute: minutes % 60,
        });
        const earlier = local.toZonedDateTime(name, { disambiguation: "earlier" });
        const later = local.toZonedDateTime(name, { disambiguation: "later" });
        const exists = earlier.toPlainDateTime().equals(local);
        const first = exists ? earlier : earlier.getTimeZoneTransition("next");
        expect(instant).toBe(first?.epochMilliseconds);
        expect(instant).toBeLessThanOrEqual(later.epochMilliseconds);
      }),
      runs,
    );
  });
});

test("a time that clocks skip becomes the first instant after the gap", () => {
  const day = dayOf(2026, 3, 29);
  expect(formatInstant(instantAt(day, 150, "Europe/Berlin"))).toBe("2026-03-29T01:00:00Z");
  expect(formatInstant(instantAt(day, 180, "Europe/Berlin"))).toBe("2026-03-29T01:00:00Z");
});

test("of a time shown twice the first counts", () => {
  const day = dayOf(2026, 10, 25);
  expect(formatInstant(instantAt(day, 150, "Europe/Berlin"))).toBe("2026-10-25T00:30:00Z");
});

test("where clocks go forward at midnight the day begins at one", () => {
  const day = dayOf(2018, 11, 4);
  expect(formatInstant(startOfDay(day, "America/Sao_Paulo"))).toBe("2018-11-04T03:00:00Z");
  expect(localMinutes(startOfDay(day, "America/Sao_Paulo"), "America/Sao_Paulo")).toBe(60);
});

test("the day that Samoa skipped begins where the next one does", () => {
  const skipped = dayOf(2011, 12, 30);
  const next = startOfDay(skipped + 1, "Pacific/Apia");
  expect(startOfDay(skipped, "Pacific/Apia")).toBe(next);
  expect(formatInstant(next)).toBe("2011-12-30T10:00:00Z");
  expect(localDay(next - 1, "Pacific/Apia")).toBe(skipped - 1);
  expect(localDay(next, "Pacific/Apia")).toBe(skipped + 1);
});

test("a zone whose offset was not a whole minute", () => {
  expect(formatInstant(startOfDay(dayOf(1971, 1, 1), "Africa/Monrovia"))).toBe(
    "1971-01-01T00:44:30Z",
  );
  expect(localDay(at("1971-01-01T00:44:29Z"), "Africa/Monrovia")).toBe(dayOf(1970, 12, 31));
});

test("names of zones are told from other texts", () => {
  expect(["UTC", "Asia/Kathmandu", "Africa/Monrovia", "America/New_York"].map(isTimeZone)).toEqual(
    Array.from({ length: 4 }, () => true),
  );
  expect(
    ["", "Europe/Berlim", "+02:00", "-05", "constructor", "__proto__", "Z"].map(isTimeZone),
  ).toEqual(Array.from({ length: 7 }, () => false));
});
