import type { DoerLoad, LevelCoverage } from "../../core/allocate/types.ts";
import type { Diagnostic } from "../../core/model/index.ts";
import { AppError } from "../app-error.ts";
import { type Misfit, tellMisfit } from "../misfits.ts";
import { SOON, WEEKS } from "./count-messages.ts";
import { tellSingleWeeks } from "./single-weeks.ts";
import type { ModelPlan, PlannedHours, PlanProblem, ProblemCode } from "./types.ts";

type Severity = PlanProblem["severity"];
type Found = Omit<PlanProblem, "allowed">;

/** Codes that `allow` may name, with what each says. */
export const PROBLEM_CODES: Readonly<Record<ProblemCode, string>> = {
  "over-capacity": "People would have more to do than they have hours.",
  "weeks-over-capacity":
    "Single weeks would hold more than their hours, though all together have enough.",
  "program-impossible": "The caps do not let a program send what it plans.",
  "accounts-without-program": "Accounts would be left without any program.",
  "too-many-accounts": "A level asks for more people than there are.",
  flood: "Many more messages than usual would go out in the first days.",
  "misfit-values": "Stored values do not fit the type that the model declares.",
  "currency-changed": "Amounts stay the numbers they are and mean another currency.",
};

/** Over this part of its hours a group of people cannot do what is planned. */
const OVER = 1.1;
/** More than this on top of what is over already is worse. */
const WORSE = 0.005;
/** So many times as many messages as usual, and so many more, is a flood. */
const FLOOD = { times: 3, least: 20 };

export interface LeftAlone {
  readonly accounts: number;
  readonly revenue: number;
  readonly examples: readonly string[];
}

export interface ProblemInput {
  readonly hours: ModelPlan["hours"];
  readonly isFirst: boolean;
  /** Of the caps, by the new model and by the live one. */
  readonly impossible: {
    readonly before: readonly Diagnostic[];
    readonly after: readonly Diagnostic[];
  };
  readonly leftAlone: LeftAlone;
  readonly messages: ModelPlan["messages"];
  readonly soon: { readonly before: number; readonly after: number };
  readonly misfits: readonly Misfit[];
  readonly currency: { readonly before: string | null; readonly after: string };
}

/** AppError `bad-value` where a name is none of a problem. */
export function readAllowed(names: readonly string[]): ReadonlySet<ProblemCode> {
  const codes = Object.keys(PROBLEM_CODES) as ProblemCode[];
  const unknown = names.find((name) => !codes.some((code) => code === name));
  if (unknown !== undefined) {
    throw new AppError(
      "bad-value",
      `There is no problem called ${unknown} that could be allowed.`,
      `It may be one of: ${codes.join(", ")}.`,
    );
  }
  return new Set(codes.filter((code) => names.includes(code)));
}

/** Whatever speaks against going live, blocking first. */
export function findProblems(
  input: ProblemInput,
  allowed: ReadonlySet<ProblemCode>,
): readonly PlanProblem[] {
  const found = [
    ...overCapacity(input),
    ...weeksOver(input),
    ...impossible(input),
    ...leftAlone(input),
    ...tooManyAccounts(input),
    ...flood(input),
    ...misfits(input),
    ...currencyChanged(input),
  ];
  return found
    .map((problem) => ({ ...problem, allowed: allowed.has(problem.code) }))
    .toSorted((a, b) => rank(a.severity) - rank(b.severity));
}

interface Load {
  readonly where: string;
  readonly who: string;
  /** One person, or a pod, can hand accounts over; a level or a role has nobody to hand them to. */
  readonly isShared: boolean;
  /** Minutes over the weeks ahead. */
  readonly needed: number;
  readonly there: number;
}

function overCapacity({ hours, isFirst }: ProblemInput): Found[] {
  const before = new Map(loads(hours.before).map((load) => [load.where, share(load)]));
  return loads(hours.after).flatMap((load): Found[] => {
    const now = share(load);
    if (now <= OVER) return [];
    const was = before.get(load.where);
    const isWorse = isFirst || was === undefined || was <= OVER || now > was + WORSE;
    const told = was === undefined ? "" : `, ${percent(was)} by the live model`;
    return [
      {
        code: "over-capacity",
        severity: isWorse && load.isShared ? "blocking" : "warning",
        where: load.where,
        message: `${load.who} would need ${perWeek(load.needed)} hours a week in the coming ${WEEKS} weeks and has ${perWeek(load.there)} (${percent(now)}${told}).`,
        hint: load.isShared
          ? "Ask for less of them, raise a threshold, add hours, or accept it with --allow over-capacity."
          : "Others may take accounts over: see `touchstone owners suggest` once it is live.",
      },
    ];
  });
}

function weeksOver({ hours, isFirst }: ProblemInput): Found[] {
  const message = tellSingleWeeks(hours, isFirst);
  if (message === null) return [];
  return [
    {
      code: "weeks-over-capacity",
      severity: "warning",
      where: "team",
      message,
      hint: "Start the programs on other days, or let accounts that match already stay out of them with --existing new.",
    },
  ];
}

/** By level, by role, and by each who does touches: only where hours are known. */
function loads({ levels, roles, doers }: PlannedHours): Load[] {
  return [
    ...levels.flatMap(levelLoad),
    ...roles.flatMap(({ role, weeks }): Load[] => {
      const there = weeks.flatMap(({ capacity }) => capacity ?? []);
      if (there.length === 0) return [];
      const needed = sum(weeks.map(({ minutes }) => minutes));
      const who = `The role ${role}`;
      return [{ where: `roles.${role}`, who, isShared: true, needed, there: sum(there) }];
    }),
    ...doers.flatMap(doerLoad),
  ];
}

function levelLoad({ level, hoursNeeded, hoursThere }: LevelCoverage): Load[] {
  if (hoursThere === null) return [];
  const [needed, there] = [hoursNeeded * 60 * WEEKS, hoursThere * 60 * WEEKS];
  return [{ where: `levels.${level}`, who: `The level ${level}`, isShared: true, needed, there }];
}

function doerLoad({ doer, name, kind, total }: DoerLoad): Load[] {
  if (kind === "role" || total.capacity === null) return [];
  const { minutes: needed, capacity: there } = total;
  return [{ where: `team.${doer}`, who: name, isShared: false, needed, there }];
}

function share({ needed, there }: Load): number {
  if (needed === 0) return 0;
  return there === 0 ? Number.POSITIVE_INFINITY : needed / there;
}

function impossible({ impossible: { before, after } }: ProblemInput): Found[] {
  const known = new Set(before.map(({ message }) => message));
  return after.map(({ message, hint }) => ({
    code: "program-impossible",
    severity: known.has(message) ? "warning" : "blocking",
    where: `programs.${message.split(" ")[0] ?? ""}`,
    message,
    hint: hint ?? "Space the steps out, or raise the cap.",
  }));
}

function leftAlone({ leftAlone: { accounts, revenue, examples } }: ProblemInput): Found[] {
  if (accounts === 0) return [];
  const some = examples.join(", ");
  return [
    {
      code: "accounts-without-program",
      severity: "blocking",
      where: "programs",
      message: `${count(accounts)} ${accounts === 1 ? "account that is" : "accounts that are"} in a program by the live model would be in none (${count(revenue)} of revenue): ${some}${accounts > examples.length ? " …" : ""}.`,
      hint: "Give their level a program, or accept it with --allow accounts-without-program.",
    },
  ];
}

function tooManyAccounts({ hours }: ProblemInput): Found[] {
  return hours.after.levels.flatMap(({ level, finding }): Found[] =>
    finding === null
      ? []
      : [
          {
            code: "too-many-accounts",
            severity: "warning",
            where: `levels.${level}`,
            message: finding,
            hint: "Look at `touchstone capacity`, which says what one more head changes.",
          },
        ],
  );
}

function flood({ messages, soon, isFirst }: ProblemInput): Found[] {
  const all = sum(messages.map((week) => (isFirst ? week.after : week.before)));
  const usual = Math.max((all / (WEEKS * 7)) * SOON, soon.before);
  if (soon.after <= usual * FLOOD.times || soon.after - usual < FLOOD.least) return [];
  return [
    {
      code: "flood",
      severity: "warning",
      where: "programs",
      message: `${count(soon.after)} messages would be due in the first ${SOON} days, where ${count(Math.round(usual))} are usual.`,
      hint: "Let accounts that match already stay out of it with --existing new, or spread the first steps.",
    },
  ];
}

function misfits({ misfits: found }: ProblemInput): Found[] {
  return found.map((misfit) => ({
    code: "misfit-values",
    severity: "warning",
    where: `facts.${misfit.trait}`,
    message: `${tellMisfit(misfit)}.`,
    hint: "Correct them where they come from; until then the values before count.",
  }));
}

function currencyChanged({ currency: { before, after } }: ProblemInput): Found[] {
  if (before === null || before === after) return [];
  return [
    {
      code: "currency-changed",
      severity: "warning",
      where: "workspace.currency",
      message: `Amounts would be read as ${after} instead of ${before}; the numbers stay what they are.`,
      hint: `Import amounts that are still in ${before} anew, and look at thresholds that speak of money.`,
    },
  ];
}

function rank(severity: Severity): number {
  return severity === "blocking" ? 0 : 1;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}

function perWeek(minutes: number): string {
  return count(Math.round(minutes / WEEKS / 6) / 10);
}

function percent(part: number): string {
  return Number.isFinite(part) ? `${count(Math.round(part * 100))}%` : "no hours at all";
}

function count(value: number): string {
  return value.toLocaleString("en-US");
}
