import type { AccountRecord } from "../account/record.ts";
import { BookDecider, type CompiledModel, rowEnv } from "../decide/index.ts";
import type { FactDef, Model } from "../model/types.ts";
import { candidateValues } from "../rules/index.ts";
import type { Env, Rule, Scalar, Value } from "../rules/types.ts";
import type { Day } from "../time/day.ts";

/** Steps by which a number is moved away from its value, as shares of it. */
const STRIDES = [0.01, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1, 2, 4, 9, 19];
/** Halvings that narrow a number down between the last value without and the first with effect. */
const HALVINGS = 24;
/** And a date, in days. */
const DAY_STRIDES = [1, 7, 14, 30, 60, 90, 120, 180, 270, 365, 540, 730];
/** What a yes or no, a word or a date changed counts as: more than any number up to a doubling. */
const COST_OF_OTHERS = 2;
/** Of two dates the nearer one counts less, and none as much as to matter beside other facts. */
const DAYS_OF_COST = 100_000;

/** Something that is read off an account after it was decided with a fact changed. */
export interface Watched {
  readonly key: string;
  read(trial: Trial): Value;
}

/** A fact changed alone, and what it made of what is watched. */
export interface Effect {
  readonly watched: Watched;
  readonly fact: FactDef;
  readonly value: Value;
  readonly result: Value;
  /** How far the value is from the actual one; to compare changes by. */
  readonly cost: number;
}

/**
 * One account decided again and again with one fact changed, by the same evaluator that decides
 * for real: facts made of the changed one, health, segments and stage follow.
 */
export class Trial {
  readonly compiled: CompiledModel;
  readonly decider: BookDecider;
  readonly env: Env;
  readonly today: Day;
  readonly #record: AccountRecord;
  readonly #actual = new Map<string, Value>();
  readonly #candidates: ReadonlyMap<string, readonly Value[]>;

  constructor(compiled: CompiledModel, record: AccountRecord, today: Day) {
    this.compiled = compiled;
    this.decider = new BookDecider(compiled, 1);
    this.today = today;
    this.#record = record;
    this.env = rowEnv(this.decider, 0, today);
    this.decider.read([record.history], today);
    this.run();
    for (const { name } of compiled.model.facts) this.#actual.set(name, this.env.get(name));
    this.#candidates = this.#allCandidates();
  }

  actual(fact: FactDef): Value {
    return this.#actual.get(fact.name) ?? null;
  }

  /** The level asked for, before any hold, as a number; undefined: the model has no levels. */
  get level(): number | undefined {
    const { state, touch } = this.decider;
    const base = state.base[0] as number;
    return base < 0 ? undefined : (touch.ladder(0, this.today).at(-1)?.after ?? base);
  }

  /** What changes of single facts make of what is watched: of each number or date, the nearest on each side. */
  *effects(all: readonly Watched[]): Generator<Effect> {
    this.run();
    const present = new Map(all.map((watched) => [watched, watched.read(this)]));
    for (const fact of this.compiled.model.facts.filter(isChangeable)) {
      const actual = this.actual(fact);
      const isCounted = fact.type.kind === "number" || fact.type.kind === "date";
      if (isCounted && typeof actual === "number")
        yield* this.#numberEffects(fact, actual, present);
      else yield* this.#otherEffects(fact, actual, present);
      this.decider.book.set(fact.name, 0, actual);
    }
    this.run();
  }

  /** Decides as of today, by what is remembered, with the facts as they stand in the book. */
  run(): void {
    const { state } = this.decider;
    state.load(0, this.#record.state.decided, null, this.today);
    this.decider.run(0, 1, this.today);
  }

  #with(fact: FactDef, value: Value): this {
    this.decider.book.set(fact.name, 0, value);
    this.run();
    return this;
  }

  *#otherEffects(
    fact: FactDef,
    actual: Value,
    present: ReadonlyMap<Watched, Value>,
  ): Generator<Effect> {
    for (const value of this.#candidates.get(fact.name) ?? []) {
      if (value === null || value === actual) continue;
      this.#with(fact, value);
      for (const [watched, before] of present) {
        const result = watched.read(this);
        if (result !== before) yield { watched, fact, value, result, cost: COST_OF_OTHERS };
      }
    }
  }

  *#numberEffects(
    fact: FactDef,
    actual: number,
    present: ReadonlyMap<Watched, Value>,
  ): Generator<Effect> {
    // what comes in whole numbers is told in whole numbers: 4,999 and not 4,999.9999
    const isDay = fact.type.kind === "date";
    const isWhole = isDay || countsThings(fact) || Number.isInteger(actual);
    for (const sign of [1, -1]) {
      let last = actual;
      const open = new Map(present);
      for (const value of this.#ladder(fact, actual, sign, isWhole)) {
        this.#with(fact, value);
        const changed = [...open].filter(([watched, before]) => watched.read(this) !== before);
        for (const [watched, before] of changed) {
          open.delete(watched);
          const nearest = this.#narrow(fact, [last, value], watched, before, isWhole);
          const result = watched.read(this.#with(fact, nearest));
          const distance = Math.abs(nearest - actual);
          const cost = isDay
            ? COST_OF_OTHERS + distance / DAYS_OF_COST
            : distance / Math.max(Math.abs(actual), 1);
          yield { watched, fact, value: nearest, result, cost };
        }
        if (open.size === 0) break;
        last = value;
      }
    }
  }

  /** Values on one side of the actual one, nearest first. */
  #ladder(fact: FactDef, actual: number, sign: number, isWhole: boolean): number[] {
    const reach = Math.max(Math.abs(actual), 1);
    const isDay = fact.type.kind === "date";
    const steps = isDay ? DAY_STRIDES : STRIDES.map((share) => share * reach);
    const strides = steps.map((step) => actual + sign * step);
    const named = (this.#candidates.get(fact.name) ?? []).filter(
      (value) => typeof value === "number",
    );
    const all = [...strides, ...named].map((value) =>
      isWhole ? (sign > 0 ? Math.ceil(value) : Math.floor(value)) : value,
    );
    return [...new Set(all)]
      .filter((value) => (value - actual) * sign > 0 && (isDay || value >= 0 || actual < 0))
      .toSorted((a, b) => (a - b) * sign);
  }

  #narrow(
    fact: FactDef,
    [without, withEffect]: readonly [number, number],
    watched: Watched,
    present: Value,
    isWhole: boolean,
  ): number {
    let low = without;
    let high = withEffect;
    for (let i = 0; i < HALVINGS; i++) {
      const middle = isWhole ? Math.trunc((low + high) / 2) : (low + high) / 2;
      if (middle === low || middle === high) break;
      if (watched.read(this.#with(fact, middle)) === present) low = middle;
      else high = middle;
    }
    if (isWhole) return high;
    const round = rounded(high, low);
    // what only looks rounder must do the same
    return watched.read(this.#with(fact, round)) === present ? high : round;
  }

  #allCandidates(): ReadonlyMap<string, readonly Value[]> {
    const found = new Map<string, Set<Value>>();
    const add = (name: string, value: Value): void => {
      const values = found.get(name) ?? new Set();
      found.set(name, values.add(value));
    };
    const { model } = this.compiled;
    for (const rule of allRules(model)) {
      for (const [name, values] of candidateValues(rule, this.env))
        for (const value of values) add(name, value);
    }
    // a fact stands after those it is made of: going back, what is asked of it is asked of them
    for (const { name, source } of model.facts.toReversed()) {
      if (source.kind !== "is") continue;
      for (const value of found.get(name) ?? []) {
        if (value === null || typeof value === "boolean") continue;
        for (const [part, values] of candidateValues(reaching(source.rule, value), this.env))
          for (const one of values) add(part, one);
      }
    }
    for (const { name, type } of model.facts) {
      if (type.kind === "boolean") for (const value of [true, false]) add(name, value);
      if (type.kind === "string") for (const value of type.values ?? []) add(name, value);
    }
    return new Map([...found].map(([name, values]) => [name, [...values]]));
  }
}

/** That what a fact is made of comes to a value: where that turns, those that it is made of may matter. */
function reaching({ text, expr, names }: Rule, value: Scalar): Rule {
  const { type, start, end } = expr;
  const right = { op: "literal", value, type, start, end } as const;
  const isReached = { op: "compare", sign: "==", left: expr, right, start, end } as const;
  return { text, names, expr: { ...isReached, type: { kind: "boolean" } } };
}

/** Facts that are no combination of others. */
function isChangeable({ source }: FactDef): boolean {
  return source.kind !== "is" && source.kind !== "ratio" && source.kind !== "change";
}

/** Counts of things have no halves. */
function countsThings({ source }: FactDef): boolean {
  if (source.kind === "event") return ["count", "users", "days"].includes(source.aggregate.kind);
  return source.kind === "contacts";
}

/** The roundest number of at most four digits that still lies beyond the threshold. */
function rounded(high: number, low: number): number {
  if (high === 0) return 0;
  const outward = high > low ? Math.ceil : Math.floor;
  const size = Math.floor(Math.log10(Math.abs(high)));
  for (let digits = 2; digits < 4; digits++) {
    const round = toDigits(high, size - digits + 1, outward);
    if (Math.abs(round - high) <= Math.abs(high) * 1e-4) return round;
  }
  return toDigits(high, size - 3, outward);
}

function toDigits(value: number, exponent: number, outward: (value: number) => number): number {
  return Number(`${outward(Number(`${value}e${-exponent}`))}e${exponent}`);
}

function allRules(model: Model): Rule[] {
  return [
    ...(model.touch?.base ?? []).map(({ when }) => when),
    ...(model.touch?.adjust ?? []).map(({ when }) => when),
    ...model.segments.flatMap((segment) =>
      segment.kind === "one"
        ? segment.entries.map(({ rule }) => rule)
        : [segment.when, ...(segment.until ? [segment.until] : [])],
    ),
    ...(model.lifecycle?.stages ?? []).flatMap(({ enter, exit }) => [
      ...(enter ? [enter] : []),
      ...exit.map(({ rule }) => rule),
    ]),
    ...(model.health?.measures ?? []).map(({ score }) => score),
    ...(model.health?.caps ?? []).map(({ when }) => when),
    ...model.facts.flatMap(({ source }) => (source.kind === "is" ? [source.rule] : [])),
  ];
}
