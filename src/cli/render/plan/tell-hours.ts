import type { DoerLoad, LevelCoverage } from "../../../core/allocate/types.ts";
import { type Day, formatDay } from "../../../core/time/day.ts";
import { cut } from "../columns.ts";
import { table } from "../table.ts";
import { count, counted } from "../words.ts";
import { change, countChange, type PlanPage, right } from "./page.ts";

const DOERS_SHOWN = 15;
const NAME = 18;
/** Behind hours that are more than there are. */
const OVER = "!";

interface Row {
  readonly name: string;
  readonly before: ReadonlyMap<Day, number>;
  readonly after: ReadonlyMap<Day, number>;
  /** Weeks in which there is more to do than there are hours. */
  readonly over: ReadonlySet<Day>;
  /** Hours there are in a week, on the mean; null: nobody has said. */
  readonly there: number | null;
}

/** Roles, then those people, pods and pool whose hours change, week by week, before and after. */
export function tellHours({ plan: { hours } }: PlanPage): string[] {
  const roles = rowsOf(roleLoads(hours.before.roles), roleLoads(hours.after.roles));
  const people = rowsOf(doerLoads(hours.before.doers), doerLoads(hours.after.doers));
  const all = [...roles, ...people];
  const weeks = [...new Set(all.flatMap((row) => [...row.before.keys(), ...row.after.keys()]))];
  if (weeks.length === 0) return [];
  const changing = people.filter(changes).toSorted((a, b) => difference(b) - difference(a));
  const rest = people.length - Math.min(changing.length, DOERS_SHOWN);
  const shown = [...roles, ...changing.slice(0, DOERS_SHOWN)];
  return [
    hoursTable(
      shown,
      weeks.toSorted((a, b) => a - b),
    ),
    ...(shown.some(({ over }) => over.size > 0)
      ? [`  has: hours a week, on the mean; ${OVER} more than there are hours in that week`]
      : []),
    ...(rest > 0
      ? [
          `  ${counted(rest, "other", "others")} (people, pods, pool): ${changing.length > DOERS_SHOWN ? "all in --json" : "no change"}`,
        ]
      : []),
  ];
}

function hoursTable(rows: readonly Row[], weeks: readonly Day[]): string {
  const cell = (row: Row, week: Day): string =>
    change(whole(row.before.get(week) ?? 0), whole(row.after.get(week) ?? 0)).replace(" -> ", ">") +
    (row.over.has(week) ? OVER : "");
  return table(
    [
      { head: "who" },
      { head: "has", ...right },
      ...weeks.map((week) => ({ head: formatDay(week).slice(5), ...right })),
    ],
    rows.map((row) => [
      cut(row.name, NAME),
      row.there === null ? "?" : whole(row.there),
      ...weeks.map((week) => cell(row, week)),
    ]),
  );
}

interface Load {
  readonly key: string;
  readonly name: string;
  readonly weeks: readonly {
    readonly week: Day;
    readonly minutes: number;
    readonly capacity: number | null;
  }[];
}

function roleLoads(roles: PlanPage["plan"]["hours"]["before"]["roles"]): readonly Load[] {
  return roles.map(({ role, weeks }) => ({ key: role, name: `all ${role}`, weeks }));
}

function doerLoads(doers: readonly DoerLoad[]): readonly Load[] {
  return doers
    .filter(({ kind }) => kind !== "role")
    .map(({ doer, name, weeks }) => ({ key: doer, name, weeks }));
}

function rowsOf(before: readonly Load[], after: readonly Load[]): readonly Row[] {
  const earlier = new Map(before.map((load) => [load.key, load]));
  const later = new Map(after.map((load) => [load.key, load]));
  return [...new Set([...later.keys(), ...earlier.keys()])].map((key) => {
    const [had, has] = [earlier.get(key), later.get(key)];
    const weeks = (has ?? had)?.weeks ?? [];
    const known = weeks.flatMap(({ capacity }) => capacity ?? []);
    const there = known.reduce((sum, one) => sum + one, 0) / Math.max(1, known.length);
    return {
      name: (has ?? had)?.name ?? key,
      before: minutesOf(had),
      after: minutesOf(has),
      over: new Set(
        (has?.weeks ?? [])
          .filter(({ minutes, capacity }) => capacity !== null && minutes > capacity)
          .map(({ week }) => week),
      ),
      there: known.length === 0 ? null : there,
    };
  });
}

function minutesOf(load: Load | undefined): ReadonlyMap<Day, number> {
  return new Map((load?.weeks ?? []).map(({ week, minutes }) => [week, minutes]));
}

function changes(row: Row): boolean {
  return difference(row) > 0;
}

function difference({ before, after }: Row): number {
  const weeks = new Set([...before.keys(), ...after.keys()]);
  let sum = 0;
  for (const week of weeks) sum += Math.abs((after.get(week) ?? 0) - (before.get(week) ?? 0));
  return sum;
}

/** Minutes as whole hours. */
function whole(minutes: number): string {
  return count(Math.round(minutes / 60));
}

/** How many accounts one owner has against what the model asks for, and hours a week. */
export function tellCoverage({ plan: { hours, accounts } }: PlanPage): string[] {
  const before = new Map(hours.before.levels.map((level) => [level.level, level]));
  const { levels } = hours.after;
  if (levels.length === 0 || accounts.total === 0) return [];
  return [
    table(
      [
        { head: "level" },
        { head: "by" },
        { head: "accounts", ...right },
        { head: "people", ...right },
        { head: "per person", ...right },
        { head: "asked for", ...right },
        { head: "hours needed", ...right },
        { head: "there", ...right },
      ],
      levels.map((now) => coverageRow(before.get(now.level), now)),
    ),
  ];
}

function coverageRow(was: LevelCoverage | undefined, now: LevelCoverage): string[] {
  const earlier = was ?? now;
  return [
    cut(now.level, 16),
    now.by,
    countChange(earlier.accounts, now.accounts),
    now.by === "automation" ? "" : change(rounded(earlier.owners), rounded(now.owners)),
    now.by === "automation" ? "" : change(ratio(earlier.actual), ratio(now.actual)),
    now.asked === null ? "" : count(now.asked),
    change(rounded(earlier.hoursNeeded), rounded(now.hoursNeeded)),
    now.hoursThere === null
      ? "?"
      : change(rounded(earlier.hoursThere ?? now.hoursThere), rounded(now.hoursThere)),
  ];
}

function ratio(actual: number | null): string {
  return actual === null ? "nobody" : count(Math.round(actual));
}

function rounded(n: number): string {
  return count(Math.round(n * 10) / 10);
}
