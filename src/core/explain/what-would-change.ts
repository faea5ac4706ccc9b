import type { AccountRecord } from "../account/record.ts";
import type { CompiledModel } from "../decide/index.ts";
import { showTyped } from "../facts/index.ts";
import type { FactDef, Model } from "../model/types.ts";
import { evaluateRule } from "../rules/index.ts";
import type { Rule, Value } from "../rules/types.ts";
import type { Day } from "../time/day.ts";
import { type Effect, Trial, type Watched } from "./trial.ts";

/** One fact changed alone, and what would then come of it. */
export interface FactChange {
  readonly fact: string;
  /** As JSON shows them: days as `2026-03-02`. */
  readonly from: Value;
  readonly to: Value;
  /** `to` less `from`, for numbers and in days for dates; null for all else and from unknown. */
  readonly by: number | null;
  /** The level, band, stage or rule's answer that it would make. */
  readonly makes: Value;
}

/** By what is asked about: the smallest changes of single facts that give another answer. */
export interface WhatWouldChange {
  /** The level asked for, before any hold: towards more attention, and less. */
  readonly level: UpAndDown;
  /** The health band. */
  readonly band: UpAndDown;
  /** The stage that the account would be in today. */
  readonly stage: readonly FactChange[];
  /** By the place of a rule: `base/0`, `adjust/NAME`, `exit/CRITERION`, `segments/NAME/ENTRY`, … */
  readonly rules: { readonly [place: string]: readonly FactChange[] };
}

export interface UpAndDown {
  readonly up: readonly FactChange[];
  readonly down: readonly FactChange[];
}

/** How many are told of each, nearest first, each of another fact. */
const MOST = 3;

/**
 * What would have to be different for anything that is said of the account to be otherwise.
 * Every fact that is no combination of others is moved alone, through the same evaluator; of
 * each answer the smallest moves that alter it are told.
 */
export function whatWouldChange(
  compiled: CompiledModel,
  record: AccountRecord,
  today: Day,
): WhatWouldChange {
  const { model } = compiled;
  const trial = new Trial(compiled, record, today);
  const stage = trial.env.get("stage");
  const rules = placesOf(model, typeof stage === "string" ? stage : null).map(ruleAt);
  const present = { level: LEVEL.read(trial), band: BAND.read(trial) };
  const found = new Map<string, Effect[]>();
  for (const effect of trial.effects([LEVEL, BAND, STAGE, ...rules])) {
    const list = found.get(effect.watched.key);
    if (list) list.push(effect);
    else found.set(effect.watched.key, [effect]);
  }
  const tell = (effects: readonly Effect[] = []): FactChange[] =>
    nearestFew(trial, effects).map((effect) => told(trial, effect));
  const levels = model.levels.map(({ name }) => name);
  const bands = (model.health?.bands ?? []).map(({ name }) => name);
  return {
    // levels stand highest first, bands lowest first
    level: split(found.get("level"), (one) => -levels.indexOf(String(one)), present.level, tell),
    band: split(found.get("band"), (one) => bands.indexOf(String(one)), present.band, tell),
    stage: tell(found.get("stage")),
    rules: Object.fromEntries(rules.map(({ key }) => [key, tell(decisive(found.get(key)))])),
  };
}

const LEVEL: Watched = {
  key: "level",
  read: (trial) => {
    const { level } = trial;
    return level === undefined ? null : (trial.compiled.model.levels[level]?.name ?? null);
  },
};
const BAND: Watched = { key: "band", read: ({ env }) => env.get("health_band") };
const STAGE: Watched = { key: "stage", read: ({ env }) => env.get("stage") };

/** Of a rule that does not hold, what would make it hold, where anything does. */
function decisive(effects: readonly Effect[] = []): readonly Effect[] {
  const holding = effects.filter(({ result }) => result === true);
  return holding.length > 0 ? holding : effects;
}

interface Place {
  readonly key: string;
  readonly rule: Rule;
}

function ruleAt({ key, rule }: Place): Watched {
  return { key, read: ({ env }) => evaluateRule(rule, env) };
}

/** The rules that an explanation shows, each with its place in it; of exit criteria those of the present stage. */
export function placesOf(model: Model, stage: string | null): Place[] {
  const stages = model.lifecycle?.stages ?? [];
  const exits = stages.find(({ name }) => name === stage)?.exit ?? [];
  return [
    ...(model.health?.caps ?? []).map(({ name, when }) => ({ key: `caps/${name}`, rule: when })),
    ...stages.flatMap(({ name, enter }) => (enter ? [{ key: `enter/${name}`, rule: enter }] : [])),
    ...exits.map(({ name, rule }) => ({ key: `exit/${name}`, rule })),
    ...model.segments.flatMap((segment) =>
      segment.kind === "one"
        ? segment.entries.map(({ name, rule }) => ({
            key: `segments/${segment.name}/${name}`,
            rule,
          }))
        : [{ key: `segments/${segment.name}/when`, rule: segment.when }],
    ),
    ...(model.touch?.base ?? []).map(({ when }, n) => ({ key: `base/${n}`, rule: when })),
    ...(model.touch?.adjust ?? []).map(({ name, when }) => ({ key: `adjust/${name}`, rule: when })),
    ...model.programs.flatMap(({ name, when }) =>
      when && !when.names.some((one) => one.startsWith("contact."))
        ? [{ key: `programs/${name}`, rule: when }]
        : [],
    ),
  ];
}

function split(
  effects: readonly Effect[] = [],
  rank: (result: Value) => number,
  present: Value,
  tell: (effects: readonly Effect[]) => FactChange[],
): UpAndDown {
  const now = rank(present);
  return {
    up: tell(effects.filter(({ result }) => rank(result) > now)),
    down: tell(effects.filter(({ result }) => rank(result) < now)),
  };
}

/** The nearest of each fact, and of those the nearest few. */
function nearestFew(trial: Trial, effects: readonly Effect[]): Effect[] {
  const best = new Map<FactDef, Effect>();
  for (const effect of effects) {
    const known = best.get(effect.fact);
    if (!known || isNearer(trial, effect, known)) best.set(effect.fact, effect);
  }
  return [...best.values()].toSorted((a, b) => a.cost - b.cost).slice(0, MOST);
}

/** Of two values of one fact; from unknown, and of days, the nearer by number. */
function isNearer(trial: Trial, a: Effect, b: Effect): boolean {
  if (a.cost !== b.cost) return a.cost < b.cost;
  const actual = trial.actual(a.fact);
  const from = typeof actual === "number" ? actual : fromUnknown(trial, a.fact);
  if (typeof a.value !== "number" || typeof b.value !== "number") return false;
  return Math.abs(a.value - from) < Math.abs(b.value - from);
}

function fromUnknown({ today }: Trial, { type }: FactDef): number {
  if (type.kind === "date") return today;
  return 0;
}

function told(trial: Trial, { fact, value, result }: Effect): FactChange {
  const from = trial.actual(fact);
  const isCounted = fact.type.kind === "number" || fact.type.kind === "date";
  const isBoth = typeof from === "number" && typeof value === "number";
  return {
    fact: fact.name,
    from: showTyped(fact.type, from),
    to: showTyped(fact.type, value),
    by: isCounted && isBoth ? tidy(value - from) : null,
    makes: result,
  };
}

/** Without the last digits that binary fractions leave: 0.3 and not 0.30000000000000004. */
function tidy(difference: number): number {
  return Number(difference.toPrecision(12));
}
