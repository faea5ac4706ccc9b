import { eventEnv, matchesPattern } from "../facts/event-match.ts";
import type { ProgramDef } from "../model/types.ts";
import { evaluateRule } from "../rules/evaluate.ts";
import { localDay } from "../time/zone.ts";
import type { Draft } from "./draft.ts";
import { programHolds } from "./holding.ts";
import type { Person } from "./persons.ts";
import { runKey } from "./touch-key.ts";
import type { PastRuns, Run, Trigger } from "./types.ts";

/** Starts what may start: programs whose `when` turned true, and those an event calls for. */
export function startRuns(draft: Draft): Run[] {
  const { account, triggers, holdsBack } = draft.input;
  if (account.closed && !account.closing) return [];
  const started: Run[] = [];
  // In a closing account only its being closed may start anything.
  const heard = account.closing
    ? triggers.filter(({ name }) => name === "account:closed")
    : triggers;
  draft.model.programs.forEach((program, index) => {
    const called = program.on
      ? heard.filter((trigger) => calls(draft, program, trigger))
      : undefined;
    const waits = isWaiting(draft, program);
    if (called ? called.length === 0 : account.closing || (waits && !holdsBack)) return;
    if (program.forContact && draft.persons.size === 0 && draft.input.holds(index)) {
      draft.note({ program: program.name, contact: null, reason: "the account has no contacts" });
    }
    for (const person of whoFor(draft, program, called)) {
      if (!mayBegin(draft, program, person) || !programHolds(draft, index, person)) continue;
      if (holdsBack && isOfModel(called)) holdBack(draft, program, person);
      else started.push(begin(draft, program, person));
    }
  });
  return started;
}

/** While a level waits to be lowered, what depends on the level waits too. */
function isWaiting(draft: Draft, program: ProgramDef): boolean {
  return draft.input.account.held && program.usesLevel;
}

function calls(draft: Draft, { on }: ProgramDef, trigger: Trigger): boolean {
  if (!on || !matchesPattern(on.pattern, trigger.name, trigger.engine)) return false;
  if (!on.where) return true;
  const zone = draft.model.workspace.timezone;
  const env = eventEnv(trigger, draft.input.today, (at) => localDay(at, zone));
  return evaluateRule(on.where, env) === true;
}

/**
 * The account, or its persons: with `on` the one who did it. What happened to the account as
 * a whole (`segment:…:entered`) nobody did: it is about everybody there.
 */
function whoFor(
  draft: Draft,
  program: ProgramDef,
  called: readonly Trigger[] | undefined,
): readonly (Person | null)[] {
  if (!program.forContact) return [null];
  if (!called || called.some(({ engine, user }) => engine && user === null)) {
    return [...draft.persons.values()];
  }
  const users = new Set(called.map(({ user }) => user));
  return [...draft.persons.values()].filter(({ members }) =>
    members.some(({ id, user }) => users.has(id) || (user !== null && users.has(user))),
  );
}

function mayBegin(draft: Draft, program: ProgramDef, person: Person | null): boolean {
  const key = runKey({ program: program.name, contact: person?.id ?? null });
  if (draft.runs.has(key)) return false;
  const past = draft.past.get(key);
  return (
    past === undefined || (mayRepeat(program, past) && isOver(program, past, draft.input.today))
  );
}

/** A `when` has to have been not true in between; a run stopped by hand waits for that too. */
function mayRepeat(program: ProgramDef, past: PastRuns): boolean {
  return program.on ? !past.stopped : past.rearmed;
}

function isOver({ again }: ProgramDef, past: PastRuns, today: number): boolean {
  if (past.last === 0) return true;
  if (again.kind === "after") return today - past.began >= again.days;
  return again.kind === "after_leaving";
}

/** A `when` that is true as the model goes live, or events that only its going live made. */
function isOfModel(called: readonly Trigger[] | undefined): boolean {
  return !called || called.every(({ ofModel }) => ofModel === true);
}

/** Notes that it has matched, so that it begins once it comes to match anew. */
function holdBack(draft: Draft, program: ProgramDef, person: Person | null): void {
  const contact = person?.id ?? null;
  draft.holdBack({ program: program.name, contact });
  if (program.on) return;
  const key = runKey({ program: program.name, contact });
  const { last, began } = draft.past.get(key) ?? { last: 0, began: draft.input.today };
  draft.past.set(key, { last, began, rearmed: false });
}

function begin(draft: Draft, program: ProgramDef, person: Person | null): Run {
  const { today } = draft.input;
  const contact = person?.id ?? null;
  const key = runKey({ program: program.name, contact });
  const number = (draft.past.get(key)?.last ?? 0) + 1;
  const run: Run = {
    program: program.name,
    contact,
    run: number,
    entered: today,
    status: "open",
  };
  draft.runs.set(key, run);
  draft.past.set(key, { last: number, began: today, rearmed: false });
  return run;
}
