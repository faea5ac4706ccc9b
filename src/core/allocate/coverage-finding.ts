import type { LevelCoverage } from "./types.ts";

/** A tenth over what is asked for is within what a team bears; beyond it a level is called out. */
const TOLERANCE = 1.1;
/** Heads: nobody hires for less, however many times over a handful of accounts is. */
const LEAST_LACKING = 0.1;

/**
 * What a level lacks, in one sentence with its numbers: people for its accounts, else hours for its
 * touches; null: it fits, or there is no telling.
 * @param teamIsKnown where nobody is listed, nothing is said about whom there is
 */
export function findingOf(
  covered: Omit<LevelCoverage, "finding">,
  teamIsKnown: boolean,
): string | null {
  const { by, accounts } = covered;
  if (by === "automation" || accounts === 0) return null;
  return tooFewPeople(covered, teamIsKnown) ?? tooFewHours(covered);
}

function tooFewPeople(covered: Omit<LevelCoverage, "finding">, teamIsKnown: boolean) {
  const { level, accounts, owners, actual, asked } = covered;
  if (asked === null) return null;
  const asks = `${level} asks for 1 ${whoOf(covered)} per ${count(asked)} accounts`;
  if (actual === null) {
    if (!teamIsKnown) return null;
    const needed = Math.ceil(accounts / asked);
    return `${asks}; nobody is there for its ${count(accounts)}: it takes ${people(needed, covered)}, or a model that puts no account there.`;
  }
  const lacking = accounts / asked - owners;
  if (actual <= asked * TOLERANCE || lacking < LEAST_LACKING) return null;
  const more = Math.ceil(round(lacking));
  const fewer = Math.ceil(round(accounts - asked * owners));
  return `${asks}; ${have(owners, covered)} ${count(accounts)} (1 per ${count(Math.round(actual))}): ${people(more, covered, "more ")}, or a model that puts ${accountsFewer(fewer)} there.`;
}

function tooFewHours({
  level,
  hoursNeeded,
  hoursThere,
}: Omit<LevelCoverage, "finding">): string | null {
  if (hoursThere === null || hoursNeeded <= hoursThere * TOLERANCE) return null;
  const lacking = hours(hoursNeeded - hoursThere);
  return `The touches of ${level} need ${hours(hoursNeeded)} hours a week, and those who do them have ${hours(hoursThere)} left for it: ${lacking} hours too few.`;
}

type Who = Pick<LevelCoverage, "by">;

function whoOf({ by }: Who): string {
  return by === "pool" ? "person" : "CSM";
}

function people(n: number, who: Who, more = ""): string {
  if (who.by !== "pool") return `${count(n)} ${more}CSM${n === 1 ? "" : "s"}`;
  return `${count(n)} ${more}${n === 1 ? "person" : "people"}`;
}

/** `3 CSMs have`, `the time of 2.4 CSMs goes to`: people also look after accounts of other levels. */
function have(owners: number, who: Who): string {
  const n = Math.round(owners * 10) / 10;
  if (Number.isInteger(n)) return `${people(n, who)} ${n === 1 ? "has" : "have"}`;
  const plural = who.by === "pool" ? "people" : "CSMs";
  return `the working time of ${n} ${plural} is there for`;
}

function accountsFewer(n: number): string {
  return `${count(n)} fewer account${n === 1 ? "" : "s"}`;
}

function hours(n: number): string {
  return count(Math.round(n * 10) / 10);
}

/** `1,240`, `7.5` */
function count(n: number): string {
  const [whole = "", part] = String(n).split(".");
  const grouped = whole.replaceAll(/\B(?=(?:\d{3})+$)/g, ",");
  return part === undefined ? grouped : `${grouped}.${part}`;
}

/** Sums of parts leave a trace in the last digits: no head more for that. */
function round(n: number): number {
  return Math.round(n * 1e6) / 1e6;
}
