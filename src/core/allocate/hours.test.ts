import { describe, expect, it } from "vitest";
import { type Day, parseDay } from "../time/day.ts";
import { workCalendar } from "../time/work-calendar.ts";
import { addMonths, memberMinutes, minutesOn, mondayOf } from "./hours.ts";
import { aMember } from "./testing/team.ts";

const on = (text: string): Day => {
  const day = parseDay(text);
  if (day === undefined) throw new Error(text);
  return day;
};
const MONDAY = on("2026-03-02");
const calendar = workCalendar([1, 2, 3, 4, 5], () => new Set([on("2026-03-12")]));
const hoursIn = (member: Parameters<typeof aMember>[0], week: Day = MONDAY) => {
  const minutes = memberMinutes(aMember(member), week, calendar);
  return minutes === null ? null : minutes / 60;
};

describe("the minutes of a week", () => {
  it("are the agreed hours, and unknown where nobody has said them", () => {
    expect(hoursIn({ hoursPerWeek: 40 })).toBe(40);
    expect(hoursIn({ hoursPerWeek: 24 })).toBe(24);
    expect(hoursIn({ hoursPerWeek: 0 })).toBe(0);
    expect(hoursIn({ hoursPerWeek: null })).toBeNull();
  });

  it("lose a working day for each day of leave or public holiday, once for both", () => {
    const leave = [{ from: on("2026-03-06"), to: on("2026-03-08") }];
    expect(hoursIn({ leave })).toBe(32);
    expect(hoursIn({}, on("2026-03-09"))).toBe(32);
    const both = [
      { from: on("2026-03-11"), to: on("2026-03-12") },
      { from: on("2026-03-12"), to: on("2026-03-13") },
    ];
    expect(hoursIn({ leave: both }, on("2026-03-09"))).toBe(16);
  });

  it("end with the last day and begin with the first", () => {
    expect(hoursIn({ endsOn: on("2026-03-03") })).toBe(16);
    expect(hoursIn({ endsOn: on("2026-03-01") })).toBe(0);
    expect(hoursIn({ startsOn: on("2026-03-09") })).toBe(0);
  });

  it("ramp up from the first day: none for a month, half for two, to the day", () => {
    const startsOn = on("2026-01-14");
    expect(hoursIn({ startsOn }, on("2026-02-02"))).toBe(0);
    // from Saturday 14 February on half of each day
    expect(hoursIn({ startsOn }, on("2026-02-09"))).toBe(0);
    expect(hoursIn({ startsOn }, on("2026-02-16"))).toBe(20);
    expect(hoursIn({ startsOn }, on("2026-04-06"))).toBe(20);
    // Monday half a day, from Tuesday 14 April on whole ones
    expect(hoursIn({ startsOn }, on("2026-04-13"))).toBe(36);
    expect(hoursIn({ startsOn }, on("2026-04-20"))).toBe(40);
  });

  it("count from a day of the week where part of it is over", () => {
    expect(memberMinutes(aMember({}), MONDAY, calendar, MONDAY + 3)).toBe(16 * 60);
    expect(memberMinutes(aMember({}), MONDAY, calendar, MONDAY - 3)).toBe(40 * 60);
    expect(memberMinutes(aMember({}), MONDAY, calendar, MONDAY + 7)).toBe(0);
  });

  it("are spread over the days that the workspace works", () => {
    const fourDays = workCalendar([7, 1, 2, 3], () => new Set());
    expect(minutesOn(aMember({ hoursPerWeek: 36 }), MONDAY, fourDays)).toBe(9 * 60);
    expect(minutesOn(aMember({ hoursPerWeek: 36 }), MONDAY + 3, fourDays)).toBe(0);
    expect(
      memberMinutes(
        aMember({}),
        MONDAY,
        workCalendar([], () => new Set()),
      ),
    ).toBe(0);
  });
});

describe("weeks and months", () => {
  it("begin on Monday, and go on to the last day of a shorter month", () => {
    expect(mondayOf(MONDAY)).toBe(MONDAY);
    expect(mondayOf(MONDAY + 6)).toBe(MONDAY);
    expect(addMonths(on("2026-01-31"), 1)).toBe(on("2026-02-28"));
    expect(addMonths(on("2026-11-15"), 3)).toBe(on("2027-02-15"));
  });
});
