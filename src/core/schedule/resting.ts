import { matchesPattern } from "../facts/event-match.ts";
import { asksContact, contactExperiment } from "../decide/program-signals.ts";
import type { Model } from "../model/types.ts";
import type { Rule, Value } from "../rules/types.ts";
import type { Day } from "../time/day.ts";
import { Draft } from "./draft.ts";
import { StepPlace } from "./step-place.ts";
import { isAhead } from "./touch-status.ts";
import { programOfKey } from "./touch-key.ts";
import type { PlanInput, PlanOutput } from "./types.ts";
import { MISSED_AFTER } from "./upkeep.ts";

/**
 * A planning of which nothing came: what it went by, and the first day on which time alone
 * brings anything new. Until then, and while all it went by is the same, planning need not be
 * done again. Whoever goes over many days (a simulation) is spared most of the work by it.
 */
export interface Rest {
  readonly since: Day;
  readonly until: Day;
  readonly went: Pick<PlanInput, "account" | "state" | "touches" | "contacts">;
  readonly holds: readonly boolean[];
  readonly watched: readonly Value[];
  readonly output: PlanOutput;
}

/**
 * The rest after a planning, which done again on the same day would change nothing; undefined
 * where it cannot be told how long that lasts, or is not worth telling.
 */
export function restAfter(draft: Draft, output: PlanOutput): Rest | undefined {
  const { input, model } = draft;
  const watched = watchedNames(model);
  if (!watched || input.account.closed || input.holdsBack) return undefined;
  // what is due today is about to change
  if (output.touches.some(({ status }) => status === "due")) return undefined;
  const settled = settledBy(draft, output);
  const until = quietUntil(settled);
  if (until <= input.today + 1) return undefined;
  const env = input.env(null);
  const { account, state, touches, contacts } = settled.input;
  return {
    since: input.today,
    until,
    went: { account, state, touches, contacts },
    output: { state, touches: [], events: [], notes: output.notes, heldBack: [] },
    holds: model.programs.map((_, index) => input.holds(index)),
    watched: watched.map((name) => env.get(name)),
  };
}

/** The schedule as planning left it. */
function settledBy(draft: Draft, { state, touches }: PlanOutput): Draft {
  const { input, model, calendar } = draft;
  if (state === input.state && touches.length === 0) return draft;
  const all = new Map(input.touches.map((touch) => [touch.key, touch]));
  for (const touch of touches) all.set(touch.key, touch);
  return new Draft(model, calendar, { ...input, state, touches: [...all.values()] });
}

/** Whether planning would again change nothing. */
export function stillRests(model: Model, rest: Rest, now: PlanInput): boolean {
  const was = rest.went;
  if (now.today < rest.since || now.today >= rest.until || now.holdsBack) return false;
  if (now.state !== was.state || !sameAccount(was.account, now.account)) return false;
  if (!sameList(was.touches, now.touches) || !sameList(was.contacts, now.contacts)) return false;
  if (!model.programs.every((_, index) => now.holds(index) === rest.holds[index])) return false;
  const env = now.env(null);
  const isSame = watchedNames(model)?.every((name, index) => env.get(name) === rest.watched[index]);
  return isSame === true && !now.triggers.some((trigger) => mayStart(model, trigger));
}

function mayStart(model: Model, { name, engine }: PlanInput["triggers"][number]): boolean {
  return model.programs.some(({ on }) => on && matchesPattern(on.pattern, name, engine));
}

function sameAccount(a: PlanInput["account"], b: PlanInput["account"]): boolean {
  return (Object.keys(b) as (keyof PlanInput["account"])[]).every((key) => a[key] === b[key]);
}

function sameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((one, index) => one === b[index]);
}

const watchedOf = new WeakMap<Model, readonly string[] | null>();

/**
 * What planning reads of an account beside its programs' `when`: dates that steps count back
 * from, and what rules about contacts ask of the account. null: one of them goes by the day
 * itself or by chance, so that it may turn on any day.
 */
function watchedNames(model: Model): readonly string[] | null {
  let known = watchedOf.get(model);
  if (known === undefined) watchedOf.set(model, (known = findWatched(model)));
  return known;
}

function findWatched(model: Model): readonly string[] | null {
  const rules: Rule[] = [
    ...model.touchpoints.flatMap(({ to }) => to ?? []),
    ...model.programs.flatMap(({ when }) => (when && asksContact(model, when) ? when : [])),
  ];
  const goesByDay = ({ text, names }: Rule): boolean =>
    /days_since|days_until|today/.test(text) ||
    names.some((name) => contactExperiment(model, name) !== undefined);
  if (rules.some(goesByDay)) return null;
  const dates = model.programs.flatMap(({ steps }) =>
    steps.flatMap(({ timing }) => (timing.kind === "before" ? timing.date : [])),
  );
  const names = rules.flatMap((rule) => rule.names.filter((name) => !name.startsWith("contact.")));
  return [...new Set([...dates, ...names])];
}

/** The first later day on which a touch falls due, is missed, comes into sight or may be made. */
function quietUntil(draft: Draft): Day {
  const { today } = draft.input;
  let until = Number.POSITIVE_INFINITY;
  const note = (day: Day): void => {
    if (day > today && day < until) until = day;
  };
  for (const touch of draft.touches.all()) {
    note(touch.due);
    if (touch.human && isAhead(touch)) note(touch.due + MISSED_AFTER);
    if (touch.result === "no_show") note(today + 1);
  }
  for (const run of draft.runs.values()) {
    for (const indexed of draft.index.get(run.program)?.steps ?? []) {
      const memory = draft.memory(run, indexed.name);
      if (!memory) return today + 1;
      note(memory.from);
      const place = new StepPlace(draft, run, indexed);
      for (const day of place.kind.turns(place, memory)) note(day);
    }
  }
  for (const [key, { began }] of draft.past) {
    const again = draft.index.get(programOfKey(key))?.program.again;
    if (again?.kind === "after") note(began + again.days);
  }
  return until;
}
