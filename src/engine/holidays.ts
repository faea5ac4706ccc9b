import Holidays from "date-holidays";
import type { Workspace } from "../core/model/types.ts";
import { DAY_MS, type Day, parseDay, yearOf } from "../core/time/day.ts";
import { type WorkCalendar, workCalendar } from "../core/time/work-calendar.ts";

/**
 * Public holidays of a country, state or region, by the data of date-holidays (CC BY-SA).
 * A year takes it 2 to 12 ms, so each is worked out once per process.
 */
const NONE: ReadonlySet<Day> = new Set();
const calendars = new Map<string, (year: number) => ReadonlySet<Day>>();

/**
 * The days off of a calendar year for a code `country[-state[-region]]`: holidays of type
 * `public` with their substitute days, each day of those that last several.
 */
export function holidaysOf(code: string | undefined): (year: number) => ReadonlySet<Day> {
  if (code === undefined) return () => NONE;
  let calendar = calendars.get(code);
  if (!calendar) {
    calendar = readCalendar(code);
    calendars.set(code, calendar);
  }
  return calendar;
}

function readCalendar(code: string): (year: number) => ReadonlySet<Day> {
  const place = findPlace(code);
  if (!place) return () => NONE;
  const source = new Holidays({ ...place }, { types: ["public"] });
  const listed = remember((year) => source.getHolidays(year).flatMap(daysOff));
  // A holiday of several days may begin in December and reach into the next year.
  return remember(
    (year) => new Set([...listed(year - 1), ...listed(year)].filter((day) => yearOf(day) === year)),
  );
}

function remember<T>(work: (year: number) => T): (year: number) => T {
  const known = new Map<number, T>();
  return (year) => {
    const found = known.get(year) ?? work(year);
    known.set(year, found);
    return found;
  };
}

/** The library's instants are those of the machine's zone at times; its text is the local date. */
function daysOff(holiday: { date: string; start: Date; end: Date }): Day[] {
  const first = parseDay(holiday.date.slice(0, 10));
  if (first === undefined) throw new Error(`date-holidays gave no date: ${holiday.date}`);
  const length = (holiday.end.getTime() - holiday.start.getTime()) / DAY_MS;
  return Array.from({ length: Math.max(1, Math.round(length)) }, (_, index) => first + index);
}

interface Place {
  readonly country: string;
  readonly state?: string;
  readonly region?: string;
}

/** The library ignores a state it does not know; a misspelt one has to be found here. */
function findPlace(code: string): Place | undefined {
  const [countryText = "", stateText, regionText, ...rest] = code.split("-");
  const source = new Holidays();
  const country = named(source.getCountries(), countryText);
  if (country === undefined || rest.length > 0) return undefined;
  if (stateText === undefined) return { country };
  const state = named(source.getStates(country), stateText);
  if (state === undefined) return undefined;
  if (regionText === undefined) return { country, state };
  const region = named(source.getRegions(country, state), regionText);
  return region === undefined ? undefined : { country, state, region };
}

function named(places: { readonly [key: string]: string } | undefined, text: string) {
  const wanted = text.toUpperCase();
  return Object.keys(places ?? {}).find((key) => key.toUpperCase() === wanted);
}

/** Whether there is a calendar for `MY`, `DE-BY`, `DE-BY-A`; case does not matter. */
export function knownHolidays(code: string): boolean {
  return findPlace(code) !== undefined;
}

/** The working days of a model's workspace. */
export function workspaceCalendar(workspace: Workspace): WorkCalendar {
  return workCalendar(workspace.workingDays, holidaysOf(workspace.holidays));
}
