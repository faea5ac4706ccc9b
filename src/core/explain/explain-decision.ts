import type { Decision } from "../decide/index.ts";
import type { Model, SegmentDef } from "../model/types.ts";
import { traceRule } from "../rules/index.ts";
import type { Env, Rule, Trace, Value } from "../rules/types.ts";
import { showTyped } from "../facts/index.ts";
import { formatDay } from "../time/day.ts";
import { decisionEnv } from "./decision-env.ts";

/** A decision with, beside every rule, its text, what it came to and the tree of its parts. */
export interface Explanation extends Decision {
  /** False: no decision was stored for that day; this one was worked out for it. */
  readonly stored: boolean;
  readonly rules: {
    readonly measures: { readonly [name: string]: Trace };
    readonly caps: { readonly [name: string]: Trace };
    readonly enter: { readonly [stage: string]: Trace };
    readonly exit: { readonly [criterion: string]: Trace };
    readonly segments: { readonly [name: string]: { readonly [entry: string]: Trace } };
    readonly base: readonly Trace[];
    readonly adjust: { readonly [name: string]: Trace };
    readonly programs: { readonly [name: string]: Trace };
  };
}

export function explainDecision(model: Model, decision: Decision, stored: boolean): Explanation {
  const env = decisionEnv(model, decision);
  const trace = (rule: Rule): Trace => readable(model, traceRule(rule, env));
  const stage = model.lifecycle?.stages.find(({ name }) => name === decision.stage?.name);
  const named = <T extends { readonly name: string }>(
    list: readonly T[],
    rule: (one: T) => Rule | undefined,
  ) =>
    Object.fromEntries(
      list.flatMap((one) => {
        const own = rule(one);
        return own ? [[one.name, trace(own)] as const] : [];
      }),
    );
  return {
    ...withTrees(model, decision, env),
    stored,
    rules: {
      measures: named(model.health?.measures ?? [], ({ score }) => score),
      caps: named(model.health?.caps ?? [], ({ when }) => when),
      enter: named(model.lifecycle?.stages ?? [], ({ enter }) => enter),
      exit: named(stage?.exit ?? [], ({ rule }) => rule),
      segments: Object.fromEntries(
        model.segments.map((segment) => [segment.name, segmentRules(segment, trace)]),
      ),
      base: (model.touch?.base ?? []).map(({ when }) => trace(when)),
      adjust: named(model.touch?.adjust ?? [], ({ when }) => when),
      programs: named(
        model.programs.filter(
          ({ when }) => !when?.names.some((name) => name.startsWith("contact.")),
        ),
        ({ when }) => when,
      ),
    },
  };
}

function segmentRules(
  segment: SegmentDef,
  trace: (rule: Rule) => Trace,
): { [entry: string]: Trace } {
  if (segment.kind === "one") {
    return Object.fromEntries(segment.entries.map(({ name, rule }) => [name, trace(rule)]));
  }
  return { when: trace(segment.when), ...(segment.until ? { until: trace(segment.until) } : {}) };
}

/** The decision's own rule lines (steps, criteria, measures), each with its tree merged in. */
function withTrees(model: Model, decision: Decision, env: Env): Decision {
  const rules = new Map<string, Rule>();
  for (const { when } of [...(model.touch?.base ?? []), ...(model.touch?.adjust ?? [])])
    rules.set(when.text, when);
  const tree = (text: string): Trace | Record<string, never> => {
    const rule = rules.get(text);
    return rule ? readable(model, traceRule(rule, env)) : {};
  };
  const exit =
    model.lifecycle?.stages.find(({ name }) => name === decision.stage?.name)?.exit ?? [];
  for (const { rule } of exit) rules.set(rule.text, rule);
  for (const { score } of model.health?.measures ?? []) rules.set(score.text, score);
  return {
    ...decision,
    health: {
      ...decision.health,
      measures: Object.fromEntries(
        Object.entries(decision.health.measures).map(([name, measure]) => [
          name,
          {
            ...measure,
            ...tree(model.health?.measures.find((one) => one.name === name)?.score.text ?? ""),
          },
        ]),
      ),
    },
    stage: decision.stage && {
      ...decision.stage,
      exit: Object.fromEntries(
        Object.entries(decision.stage.exit).map(([name, criterion]) => [
          name,
          { ...criterion, ...tree(exit.find((one) => one.name === name)?.rule.text ?? "") },
        ]),
      ),
    },
    level: decision.level && {
      ...decision.level,
      steps: decision.level.steps.map((step) => ({ ...step, ...tree(step.rule) })),
    },
  };
}

/** Dates in a trace as days and instants as ISO text, as everywhere in JSON. */
function readable(model: Model, trace: Trace): Trace {
  const show = (name: string, value: Value): Value => {
    const type = model.facts.find((fact) => fact.name === name)?.type;
    if (name === "today" && typeof value === "number") return formatDay(value);
    return type ? showTyped(type, value) : value;
  };
  return {
    text: trace.text,
    result: trace.result,
    actual: Object.fromEntries(
      Object.entries(trace.actual).map(([name, value]) => [name, show(name, value)]),
    ),
    children: trace.children.map((child) => readable(model, child)),
  };
}
