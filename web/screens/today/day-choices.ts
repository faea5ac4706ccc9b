import type { Load } from "./today-queries.ts";

const DAY_MS = 86_400_000;

/** A day to move a touch to, and what it is called. */
export interface DayChoice {
  readonly name: "tomorrow" | "inTwoDays" | "nextWeek" | "inAWeek" | "inTwoWeeks";
  readonly day: string;
}

/** The next working days that people usually mean, each once, the nearest first. */
export function dayChoices(
  today: string,
  workingDays: readonly number[],
  load: Load | null,
): DayChoice[] {
  const away = new Set(
    (load?.weeks ?? []).flatMap(({ days }) =>
      days.filter(({ working }) => !working).map(({ day }) => day),
    ),
  );
  const works = (day: string): boolean => workingDays.includes(weekday(day)) && !away.has(day);
  const from = (day: string): string => {
    let found = day;
    for (let tries = 0; tries < 14 && !works(found); tries++) found = plusDays(found, 1);
    return found;
  };
  const tomorrow = from(plusDays(today, 1));
  const wanted: DayChoice[] = [
    { name: "tomorrow", day: tomorrow },
    { name: "inTwoDays", day: from(plusDays(tomorrow, 1)) },
    { name: "nextWeek", day: from(plusDays(today, 8 - weekday(today))) },
    { name: "inAWeek", day: from(plusDays(today, 7)) },
    { name: "inTwoWeeks", day: from(plusDays(today, 14)) },
  ];
  return wanted
    .toSorted((a, b) => (a.day < b.day ? -1 : Number(a.day > b.day)))
    .filter(({ day }, at, all) => all.findIndex((one) => one.day === day) === at);
}

/** 1 is Monday. */
export function weekday(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

export function plusDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** A time to look at a touch again. */
export interface SnoozeChoice {
  readonly name: "inAnHour" | "thisAfternoon" | "tomorrowMorning" | "nextWeekMorning";
  readonly until: string;
}

const HOUR_MS = 3_600_000;
const AFTERNOON = "14:00";
const MORNING = "09:00";

export function snoozeChoices(
  now: number,
  today: string,
  timeZone: string,
  days: readonly DayChoice[],
): SnoozeChoice[] {
  const morning = (name: SnoozeChoice["name"], of: DayChoice["name"]): SnoozeChoice[] => {
    const day = days.find((one) => one.name === of)?.day;
    return day === undefined ? [] : [{ name, until: atLocal(day, MORNING, timeZone) }];
  };
  const afternoon = atLocal(today, AFTERNOON, timeZone);
  return [
    { name: "inAnHour", until: new Date(now + HOUR_MS).toISOString() },
    ...(Date.parse(afternoon) > now + HOUR_MS
      ? [{ name: "thisAfternoon", until: afternoon } as const]
      : []),
    ...morning("tomorrowMorning", "tomorrow"),
    ...morning("nextWeekMorning", "nextWeek"),
  ];
}

/** A day and a clock's time in the workspace's zone as an instant. */
export function atLocal(day: string, time: string, timeZone: string): string {
  const wall = Date.parse(`${day}T${time}:00Z`);
  // the offset there and then, looked up twice: at the change of clocks the first guess is off
  const guess = wall - offsetAt(wall, timeZone);
  return new Date(wall - offsetAt(guess, timeZone)).toISOString();
}

/** The clock's time in the zone: `14:05`. */
export function localTime(at: string, timeZone: string): { day: string; time: string } {
  const instant = Date.parse(at);
  const wall = new Date(instant + offsetAt(instant, timeZone)).toISOString();
  return { day: wall.slice(0, 10), time: wall.slice(11, 16) };
}

/** The workspace's day to which something is moved. */
export function dayOfMove(
  { due, starts_at: startsAt }: { readonly due?: string; readonly starts_at?: string },
  timeZone: string,
): string | undefined {
  return due ?? (startsAt === undefined ? undefined : localTime(startsAt, timeZone).day);
}

function offsetAt(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  }).formatToParts(at);
  const of = (type: string): number => Number(parts.find((one) => one.type === type)?.value ?? 0);
  const wall = Date.UTC(
    of("year"),
    of("month") - 1,
    of("day"),
    of("hour"),
    of("minute"),
    of("second"),
  );
  return wall - Math.floor(at / 1000) * 1000;
}
