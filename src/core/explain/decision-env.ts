import type { Decision } from "../decide/index.ts";
import { armOf } from "../decide/index.ts";
import { readDay, readInstant } from "../facts/index.ts";
import type { Model } from "../model/types.ts";
import { evaluateRule } from "../rules/index.ts";
import type { Env, RuleType, Value } from "../rules/types.ts";
import { parseDay } from "../time/day.ts";
import { localDay } from "../time/zone.ts";

/**
 * The values a stored decision was made from, for rules to be traced again long after: a
 * decision explains itself, without the data that led to it.
 */
export function decisionEnv(model: Model, decision: Decision): Env {
  const zone = model.workspace.timezone;
  const today = parseDay(decision.at) ?? 0;
  const types = typesOf(model);
  const since = (day: string | undefined): Value => {
    const start = day === undefined ? undefined : parseDay(day);
    return start === undefined ? null : today - start;
  };
  const decided = new Map<string, () => Value>([
    ["today", () => today],
    ["health", () => decision.health.score],
    ["health_band", () => decision.health.band],
    ["stage", () => decision.stage?.name ?? null],
    ["days_in_stage", () => since(decision.stage?.since)],
    ["level", () => decision.level?.name ?? null],
    ["base_level", () => decision.level?.base ?? null],
    ["held", () => decision.level?.held ?? null],
    ["days_at_level", () => since(decision.level?.since)],
  ]);
  const env: Env = {
    today,
    localDay: (at) => localDay(at, zone),
    get: (name) => {
      const known = decided.get(name);
      if (known) return known();
      if (name.startsWith("segments.")) return membership(decision, name.slice(9));
      if (name.startsWith("experiments.")) return arm(model, decision, name.slice(12), env);
      if (Object.hasOwn(decision.built_ins, name)) return decision.built_ins[name] ?? null;
      if (!Object.hasOwn(decision.facts, name)) return null;
      return typed(decision.facts[name] ?? null, types.get(name), zone);
    },
  };
  return env;
}

const TYPES = new WeakMap<Model, ReadonlyMap<string, RuleType>>();

/** Types of a model's facts, put together once. */
function typesOf(model: Model): ReadonlyMap<string, RuleType> {
  let types = TYPES.get(model);
  if (!types) {
    types = new Map(model.facts.map(({ name, type }) => [name, type]));
    TYPES.set(model, types);
  }
  return types;
}

function typed(value: Value, type: RuleType | undefined, zone: string): Value {
  if (typeof value !== "string") return value;
  if (type?.kind === "date") return readDay(value, zone) ?? null;
  return type?.kind === "time" ? (readInstant(value, zone) ?? null) : value;
}

function membership(decision: Decision, name: string): Value {
  const segment = decision.segments[name];
  if (!segment) return null;
  return "in" in segment ? segment.in : segment.name;
}

function arm(model: Model, decision: Decision, name: string, env: Env): Value {
  const experiment = model.experiments.find((one) => one.name === name);
  if (!experiment || experiment.unit === "contact") return null;
  if (experiment.among && evaluateRule(experiment.among, env) !== true) return null;
  return armOf(experiment, decision.account);
}
