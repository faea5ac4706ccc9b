import { EARLY_BUILT_INS, showTyped } from "../facts/index.ts";
import type { AdjustmentDef, Effect, FactDef, Model, OwnerKind } from "../model/types.ts";
import { evaluateRule } from "../rules/index.ts";
import type { Env, Rule, Value } from "../rules/types.ts";
import type { Run } from "../schedule/types.ts";
import { assertNever } from "../text/assert-never.ts";
import { type Day, formatDay } from "../time/day.ts";
import type { BookDecider } from "./decide-book.ts";
import { NamedValues } from "./named-values.ts";
import type { Pin } from "./state.ts";

type Plain = string | number | boolean | null;

/** A decision as contracts.md §4 shows it: what was decided of one account on one day, and why. */
export interface Decision {
  readonly account: string;
  readonly at: string;
  readonly model: { readonly name: string; readonly version: number; readonly hash: string };
  readonly facts: { readonly [name: string]: Plain };
  /** What is known of every account without being declared: its name, its age, … */
  readonly built_ins: { readonly [name: string]: Plain };
  /** Facts that were unknown. */
  readonly missing: readonly string[];
  readonly health: {
    readonly score: number | null;
    readonly band: string;
    readonly coverage: number;
    readonly measures: {
      readonly [name: string]: {
        readonly score: number | null;
        readonly weight: number;
        readonly share: number;
      };
    };
    /** Caps that held the score down. */
    readonly caps: readonly string[];
  };
  readonly stage: {
    readonly name: string;
    readonly since: string;
    readonly status: "on_track" | "overdue";
    readonly exit: {
      readonly [criterion: string]: {
        readonly met: boolean | null;
        readonly actual: { readonly [name: string]: Plain };
      };
    };
    readonly moves: readonly {
      readonly from: string | null;
      readonly to: string;
      readonly because: string;
    }[];
  } | null;
  readonly segments: {
    readonly [name: string]:
      | { readonly name: string | null; readonly since: string | null }
      | { readonly in: boolean; readonly since: string | null };
  };
  readonly level: {
    readonly name: string;
    readonly base: string;
    readonly since: string;
    readonly held: boolean;
    /** What kind of owner the account should have; absent in decisions of before it was kept. */
    readonly by?: OwnerKind;
    readonly pinned: {
      readonly until: string | null;
      readonly reason: string;
      readonly by: string | null;
    } | null;
    readonly steps: readonly DecisionStep[];
  } | null;
  readonly programs: readonly {
    readonly name: string;
    readonly run: number;
    readonly since: string;
    readonly contact?: string;
  }[];
}

export interface DecisionStep {
  /** The adjustment's name; absent for base rules. */
  readonly name?: string;
  readonly rule: string;
  readonly effect: string;
  readonly applied: boolean;
  readonly before: string | null;
  readonly after: string | null;
  /** Names that were unknown, where that is why it did not apply. */
  readonly missing?: readonly string[];
  /** Applied only because it held within the last `keep` days. */
  readonly kept?: true;
}

/** The values of its facts, then of its built-ins, in their order: see `factPlace`. */
export function factValues({ facts, built_ins: builtIns }: Decision): readonly Plain[] {
  return [...Object.values(facts), ...Object.values(builtIns)];
}

/** Where `factValues` of a model's decisions has a fact or built-in; -1: it has none of that name. */
export function factPlace({ facts }: Model, name: string): number {
  const place = facts.findIndex((fact) => fact.name === name);
  if (place >= 0) return place;
  const builtIn = EARLY_BUILT_INS.findIndex((one) => one.name === name);
  return builtIn < 0 ? -1 : facts.length + builtIn;
}

/** How many values `factValues` of a model's decisions has. */
export function factCount({ facts }: Model): number {
  return facts.length + EARLY_BUILT_INS.length;
}

/** Where rules about a row find their values; names as of today. */
export function rowEnv(decider: BookDecider, row: number, today: Day): Env {
  return {
    today,
    localDay: decider.localDay,
    get: (name) => (name === "today" ? today : decider.book.get(name, row)),
  };
}

/** The decision in a row, after a run on `today`. */
export function decisionOf(
  decider: BookDecider,
  row: number,
  context: {
    readonly today: Day;
    readonly modelVersion: number;
    readonly pin: Pin | null;
    readonly runs: readonly Run[];
    readonly by: OwnerKind | null;
  },
): Decision {
  const { model } = decider.compiled;
  const { today } = context;
  const env = rowEnv(decider, row, today);
  const shape = shapeOf(model);
  const facts = shape.facts.make((index, name) =>
    showTyped((model.facts[index] as FactDef).type, env.get(name)),
  );
  return {
    account: String(env.get("account_id")),
    at: formatDay(today),
    model: { name: model.name, version: context.modelVersion, hash: model.hash },
    facts,
    built_ins: shape.builtIns.make((_, name) => env.get(name)),
    missing: model.facts.filter(({ name }) => facts[name] === null).map(({ name }) => name),
    health: healthOf(model, shape, env),
    stage: stageOf(decider, row, env),
    segments: shape.segments.make((index) => segmentOf(decider, row, index)),
    level: levelOf(decider, row, env, context),
    programs: context.runs.map(({ program, run, entered, contact }) => ({
      name: program,
      run,
      since: formatDay(entered),
      ...(contact === null ? {} : { contact }),
    })),
  };
}

/** The parts of a decision whose names are the model's own. */
interface DecisionShape {
  readonly facts: NamedValues<Plain>;
  readonly builtIns: NamedValues<Plain>;
  readonly segments: NamedValues<Decision["segments"][string]>;
  readonly measures: NamedValues<Decision["health"]["measures"][string]>;
}

const SHAPES = new WeakMap<Model, DecisionShape>();

function shapeOf(model: Model): DecisionShape {
  let shape = SHAPES.get(model);
  if (!shape) SHAPES.set(model, (shape = makeShape(model)));
  return shape;
}

function makeShape({ facts, segments, health }: Model): DecisionShape {
  const namesOf = (list: readonly { readonly name: string }[]): string[] =>
    list.map(({ name }) => name);
  return {
    facts: new NamedValues(namesOf(facts)),
    builtIns: new NamedValues(namesOf(EARLY_BUILT_INS)),
    segments: new NamedValues(namesOf(segments)),
    measures: new NamedValues(namesOf(health?.measures ?? [])),
  };
}

function healthOf(model: Model, shape: DecisionShape, env: Env): Decision["health"] {
  const measures = (model.health?.measures ?? []).map(({ score, weight }) => {
    const value = evaluateRule(score, env);
    return {
      weight,
      score: typeof value === "number" ? Math.min(Math.max(value, 0), 100) : null,
    };
  });
  const all = measures.reduce((sum, { weight }) => sum + weight, 0);
  const known = measures.reduce((sum, { weight, score }) => sum + (score === null ? 0 : weight), 0);
  const uncapped =
    measures.reduce((sum, { weight, score }) => sum + weight * (score ?? 0), 0) / known;
  const score = env.get("health");
  return {
    score: typeof score === "number" ? score : null,
    band: String(env.get("health_band") ?? "unknown"),
    coverage: all === 0 ? 0 : known / all,
    measures: shape.measures.make((index) => {
      const { score: own, weight } = measures[index] as (typeof measures)[number];
      return { score: own, weight, share: own === null ? 0 : weight / known };
    }),
    caps:
      score === null
        ? []
        : (model.health?.caps ?? [])
            .filter(({ when, atMost }) => uncapped > atMost && evaluateRule(when, env) === true)
            .map(({ name }) => name),
  };
}

function stageOf(decider: BookDecider, row: number, env: Env): Decision["stage"] {
  const stages = decider.compiled.model.lifecycle?.stages ?? [];
  const stage = stages[decider.state.stage[row] as number];
  if (!stage) return null;
  const since = decider.state.stageSince[row] as number;
  const isOverdue = stage.expect !== undefined && env.today - since > stage.expect;
  return {
    name: stage.name,
    since: formatDay(since),
    status: isOverdue ? "overdue" : "on_track",
    exit: Object.fromEntries(
      stage.exit.map(({ name, rule }) => [
        name,
        { met: asTruth(evaluateRule(rule, env)), actual: actualOf(decider, rule, env) },
      ]),
    ),
    moves: decider.lifecycle.moves(row).map(({ from, to, because }) => ({
      from: stages[from]?.name ?? null,
      to: stages[to]?.name ?? "",
      because,
    })),
  };
}

function segmentOf(decider: BookDecider, row: number, index: number): Decision["segments"][string] {
  const { in: member, since } = decider.state.segmentState(row, index);
  const day = since === null ? null : formatDay(since);
  return typeof member === "boolean" ? { in: member, since: day } : { name: member, since: day };
}

function levelOf(
  decider: BookDecider,
  row: number,
  env: Env,
  { pin, by }: { readonly pin: Pin | null; readonly by: OwnerKind | null },
): Decision["level"] {
  const { model } = decider.compiled;
  const { state } = decider;
  const level = model.levels[state.level[row] as number];
  const base = model.levels[state.base[row] as number];
  if (!level || !base) return null;
  const isPinned = state.pinned[row] === 1 && pin !== null;
  return {
    name: level.name,
    base: base.name,
    since: formatDay(state.levelSince[row] as number),
    held: state.held[row] === 1,
    ...(by === null ? {} : { by }),
    pinned: isPinned
      ? { until: pin.until === null ? null : formatDay(pin.until), reason: pin.reason, by: pin.by }
      : null,
    steps: [...baseSteps(decider, row, env), ...ladderSteps(decider, row, env)],
  };
}

function baseSteps(decider: BookDecider, row: number, env: Env): DecisionStep[] {
  const { touch } = decider.compiled.model;
  if (!touch) return [];
  const won = decider.touch.baseEntry(row);
  const asked = won < 0 ? touch.base : touch.base.slice(0, won + 1);
  const steps = asked.map(({ when, level }, entry): DecisionStep => ({
    rule: when.text,
    effect: `set ${level}`,
    applied: entry === won,
    before: null,
    after: entry === won ? level : null,
    ...(entry === won ? {} : missingIn(when, env)),
  }));
  if (won >= 0) return steps;
  const otherwise = {
    rule: "otherwise",
    effect: `set ${touch.otherwise}`,
    applied: true,
    before: null,
    after: touch.otherwise,
  };
  return [...steps, otherwise];
}

function ladderSteps(decider: BookDecider, row: number, env: Env): DecisionStep[] {
  const { model } = decider.compiled;
  const adjustments = model.touch?.adjust ?? [];
  return decider.touch
    .ladder(row, env.today)
    .map(({ adjustment, applied, kept, before, after }) => {
      const { name, when, effect } = adjustments[adjustment] as AdjustmentDef;
      return {
        name,
        rule: when.text,
        effect: effectText(effect),
        applied,
        before: model.levels[before]?.name ?? null,
        after: model.levels[after]?.name ?? null,
        ...(kept ? { kept: true as const } : {}),
        ...(applied ? {} : missingIn(when, env)),
      };
    });
}

/** `at least high`, `raise 1, not above high`. */
export function effectText(effect: Effect): string {
  switch (effect.kind) {
    case "at_least":
    case "at_most":
    case "set":
      return `${effect.kind.replace("_", " ")} ${effect.level}`;
    case "raise":
      return `raise ${effect.by}${effect.bound === undefined ? "" : `, not above ${effect.bound}`}`;
    case "lower":
      return `lower ${effect.by}${effect.bound === undefined ? "" : `, not below ${effect.bound}`}`;
    default:
      return assertNever(effect);
  }
}

function missingIn(rule: Rule, env: Env): { missing?: readonly string[] } {
  if (evaluateRule(rule, env) !== null) return {};
  return { missing: rule.names.filter((name) => env.get(name) === null) };
}

/** The values a rule read, dates as days. */
export function actualOf(decider: BookDecider, rule: Rule, env: Env): { [name: string]: Plain } {
  return Object.fromEntries(
    rule.names.map((name) => [name, showName(decider, name, env.get(name))]),
  );
}

/** A name's value as JSON shows it. */
export function showName(decider: BookDecider, name: string, value: Value): Plain {
  if (name === "today") return typeof value === "number" ? formatDay(value) : null;
  const place = decider.compiled.layout.column(name);
  return place ? showTyped(place.type, value) : value;
}

function asTruth(value: Value): boolean | null {
  return typeof value === "boolean" ? value : null;
}
