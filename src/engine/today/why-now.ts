import type { Decision } from "../../core/decide/index.ts";
import { decisionEnv } from "../../core/explain/index.ts";
import { showTyped } from "../../core/facts/index.ts";
import type { Model, ProgramDef, StepDef } from "../../core/model/types.ts";
import { traceRule } from "../../core/rules/index.ts";
import type { Rule, Trace, Value } from "../../core/rules/types.ts";
import { because } from "../../core/scenario/index.ts";
import { isAssignedByHand, isMovedByHand, type Touch } from "../../core/schedule/index.ts";
import { isAgain } from "../../core/schedule/touch-key.ts";
import { formatDay, parseDay } from "../../core/time/day.ts";
import { capital, plainDay, plainList, plainName, plainPeriod, plainValue } from "./plain-words.ts";
import { whatStarted } from "./what-started.ts";

/**
 * Why a touch is on somebody's list, in one sentence: when the program has it happen, which event or
 * rule called for it, and the values that it read, as they stand now.
 */
export function whyNow(model: Model, decision: Decision | null, touch: Touch): string {
  const program = model.programs.find(({ name }) => name === touch.program);
  const told = program ? ofProgram(model, decision, touch, program) : withoutProgram(touch);
  return [told, ...byHand(touch)].map((part) => `${capital(part)}.`).join(" ");
}

function withoutProgram(touch: Touch): string {
  const { program } = touch;
  return program === null
    ? "added by hand"
    : `of the program ${plainName(program)}, which the model no longer has`;
}

function ofProgram(
  model: Model,
  decision: Decision | null,
  touch: Touch,
  program: ProgramDef,
): string {
  const step = program.steps.find(
    ({ touchpoint, ordinal }) => `${touchpoint}#${ordinal}` === touch.step,
  );
  const again = isAgain(touch.key) ? "again, because it must happen and did not: " : "";
  const cause = decision ? causeOf(model, decision, touch, program) : null;
  return `${again}${joined(step, timing(step, decision, touch), cause)}`;
}

interface Cause {
  /** What happened; null: a rule holds. */
  readonly happened: string | null;
  /** What holds, with its values. */
  readonly holds: string;
}

function joined(step: StepDef | undefined, when: string, cause: Cause | null): string {
  const { happened, holds } = cause ?? { happened: null, holds: "" };
  const also = holds === "" ? "" : `: ${holds}`;
  if (happened === null) return `${when}${holds === "" ? "" : ` while ${holds}`}`;
  if (step?.timing.kind === "after") {
    const { days } = step.timing;
    return days === 0 ? `${happened}${also}` : `${plainDays(days)} after ${happened}${also}`;
  }
  return `${when} since ${happened}${also}`;
}

function plainDays(days: number): string {
  return `${days} ${days === 1 ? "day" : "days"}`;
}

/** When the step falls: `every 2 weeks`, `30 days before renewal_date, 23 Dec`. */
function timing(step: StepDef | undefined, decision: Decision | null, touch: Touch): string {
  if (!step) return `of the program ${plainName(touch.program ?? "")}`;
  const kind = step.timing;
  if (kind.kind === "every") return `every ${plainPeriod(kind.period)}`;
  const at = decision ? (parseDay(decision.at) ?? touch.due) : touch.due;
  if (kind.kind === "after") {
    const began = decision?.programs.find(
      ({ name, run }) => name === touch.program && run === touch.run,
    );
    const since = began ? parseDay(began.since) : undefined;
    const on = since === undefined ? "" : ` on ${plainDay(since, at)}`;
    const started = `${plainName(touch.program ?? "the program")} began${on}`;
    return kind.days === 0 ? `${started},` : `${plainDays(kind.days)} after ${started},`;
  }
  const date = decision?.facts[kind.date];
  const day = typeof date === "string" ? parseDay(date.slice(0, 10)) : undefined;
  if (day === undefined) return `before ${kind.date}`;
  const days = day - touch.unshifted;
  return `${plainDays(days)} before ${plainName(kind.date)}, ${plainDay(day, at)},`;
}

function causeOf(model: Model, decision: Decision, touch: Touch, program: ProgramDef): Cause {
  const holds = program.when ? whatHolds(model, decision, program.when) : "";
  if (!program.on) return { happened: null, holds };
  const run = decision.programs.find(
    ({ name, run: number }) => name === program.name && number === touch.run,
  );
  const since = run ? parseDay(run.since) : undefined;
  const { happened, now } = whatStarted(model, decision, program.on.pattern, since);
  return { happened, holds: now ?? "" };
}

/** The parts of a rule that are true, each with what it read. */
function whatHolds(model: Model, decision: Decision, rule: Rule): string {
  const trace = traceRule(rule, decisionEnv(model, decision));
  const names = new Set(
    trueParts(trace).flatMap(({ actual, text, children }) => namesOf(actual, text, children)),
  );
  const { level } = decision;
  if (names.has("level") && level?.name === level?.base) names.delete("base_level");
  // how long it has been there is rarely what it is about
  if (names.size > 1) names.delete("account_age_days");
  return plainList([...names].map((name) => tellName(model, decision, name, trace)));
}

/** Leaves of `&&` and `||` that hold. */
function trueParts(trace: Trace): Trace[] {
  if (trace.result !== true) return [];
  const parts = trace.children.filter(({ result }) => typeof result === "boolean");
  const within = parts.flatMap(trueParts);
  return within.length > 0 ? within : [trace];
}

function namesOf(actual: Trace["actual"], text: string, children: readonly Trace[]): string[] {
  const names = Object.keys(actual);
  // a bare name as a rule reads nothing but itself
  return names.length > 0 || children.length > 0 ? names : [text.trim()];
}

function tellName(model: Model, decision: Decision, name: string, trace: Trace): string {
  const { level, stage } = decision;
  if (name === "level" && level) return `level is ${level.name}${whyLevel(model, decision)}`;
  if (name === "base_level" && level) {
    return `base level is ${level.base}${inBrackets(whyBase(model, decision))}`;
  }
  if (name === "stage" && stage) {
    const at = parseDay(decision.at) ?? 0;
    return `stage is ${plainName(stage.name)} since ${plainDay(parseDay(stage.since) ?? at, at)}`;
  }
  if (name.startsWith("segments.")) return tellSegment(decision, name.slice("segments.".length));
  return `${plainName(name)} is ${plainValue(shown(model, name, find(trace, name) ?? decision.facts[name] ?? null))}`;
}

function find(trace: Trace, name: string): Value | undefined {
  if (Object.hasOwn(trace.actual, name)) return trace.actual[name];
  for (const child of trace.children) {
    const found = find(child, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function shown(model: Model, name: string, value: Value): Value {
  const type = model.facts.find((fact) => fact.name === name)?.type;
  if (name === "today" && typeof value === "number") return formatDay(value);
  return type && typeof value !== "string" ? showTyped(type, value) : value;
}

/** What raised or lowered it, else the rule of its base. */
function whyLevel(model: Model, decision: Decision): string {
  const { level } = decision;
  if (!level) return "";
  if (level.pinned) return ` (pinned by hand: ${level.pinned.reason})`;
  if (level.name === level.base) return inBrackets(whyBase(model, decision));
  return inBrackets(plainList(because(decision)));
}

/** What the rule read that its base level goes by; nothing where none did. */
function whyBase(model: Model, decision: Decision): string {
  const won = decision.level?.steps.find(({ name, applied }) => name === undefined && applied);
  const rule = model.touch?.base.find(({ when }) => when.text === won?.rule)?.when;
  return rule ? whatHolds(model, decision, rule) : "";
}

function inBrackets(text: string): string {
  return text === "" ? "" : ` (${text})`;
}

function tellSegment(decision: Decision, name: string): string {
  const segment = decision.segments[name];
  if (segment && "name" in segment)
    return `${plainName(name)} is ${plainName(segment.name ?? "unknown")}`;
  const isIn = segment !== undefined && "in" in segment && segment.in;
  return `it is ${isIn ? "" : "not "}in “${plainName(name)}”`;
}

/** What people have said of this one touch. */
function byHand(touch: Touch): string[] {
  const { reason } = touch;
  if (reason === null || !(isMovedByHand(touch) || isAssignedByHand(touch))) return [];
  return reason.split("; ");
}
