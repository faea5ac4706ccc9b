import type { AccountRecord } from "../account/record.ts";
import { BookDecider, type CompiledModel, rowEnv } from "../decide/index.ts";
import type { FactDef } from "../model/types.ts";
import { candidateValues } from "../rules/index.ts";
import type { Rule, Value } from "../rules/types.ts";
import type { Day } from "../time/day.ts";

/** One fact changed alone, and the level that would then be asked for. */
export interface NearestChange {
  readonly fact: string;
  readonly from: Value;
  readonly to: Value;
  readonly level: string;
}

export interface NearestChanges {
  /** Towards more attention, and less; undefined where no single fact does it. */
  readonly up: NearestChange | undefined;
  readonly down: NearestChange | undefined;
}

/** Steps by which a number is moved away from its value, as shares of it. */
const STRIDES = [0.01, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1, 2, 4, 9, 19];
/** Halvings that narrow a number down between the last value without and the first with effect. */
const HALVINGS = 24;

/**
 * What would have to be different for another level: every fact that is no combination of
 * others is moved alone, through the same evaluator, and the smallest move that changes the
 * level asked for (before any hold) wins. Numbers are compared by relative size; a yes or no,
 * a word or a date changed counts as more than any number up to a doubling.
 */
export function nearestChanges(
  compiled: CompiledModel,
  record: AccountRecord,
  today: Day,
): NearestChanges {
  const trial = new Trial(compiled, record, today);
  const present = trial.levelWith(undefined);
  if (present === undefined) return { up: undefined, down: undefined };
  let up: Found | undefined;
  let down: Found | undefined;
  for (const fact of compiled.model.facts) {
    if (!isChangeable(fact)) continue;
    for (const found of trial.moves(fact, present)) {
      if (found.level < present && (!up || found.cost < up.cost)) up = found;
      if (found.level > present && (!down || found.cost < down.cost)) down = found;
    }
  }
  return { up: up && trial.tell(up), down: down && trial.tell(down) };
}

interface Found {
  readonly fact: FactDef;
  readonly value: Value;
  readonly level: number;
  readonly cost: number;
}

function isChangeable({ source }: FactDef): boolean {
  return source.kind !== "is" && source.kind !== "ratio" && source.kind !== "change";
}

class Trial {
  readonly #compiled: CompiledModel;
  readonly #decider: BookDecider;
  readonly #record: AccountRecord;
  readonly #today: Day;
  readonly #actual = new Map<string, Value>();
  readonly #candidates: ReadonlyMap<string, readonly Value[]>;

  constructor(compiled: CompiledModel, record: AccountRecord, today: Day) {
    this.#compiled = compiled;
    this.#decider = new BookDecider(compiled, 1);
    this.#record = record;
    this.#today = today;
    this.levelWith(undefined);
    for (const { name } of compiled.model.facts)
      this.#actual.set(name, this.#decider.book.get(name, 0));
    this.#candidates = this.#allCandidates();
  }

  /** The level asked for when one fact has another value; undefined: the model has no levels. */
  levelWith(
    change: { readonly fact: FactDef; readonly value: Value } | undefined,
  ): number | undefined {
    const { book, state } = this.#decider;
    this.#decider.read([this.#record.history], this.#today);
    if (change) book.set(change.fact.name, 0, change.value);
    state.load(0, this.#record.state.decided, null, this.#today);
    this.#decider.run(0, 1, this.#today);
    const base = state.base[0] as number;
    return base < 0
      ? undefined
      : (this.#decider.touch.ladder(0, this.#today).at(-1)?.after ?? base);
  }

  /** Values of one fact that change the level, the nearest of each direction. */
  *moves(fact: FactDef, present: number): Generator<Found> {
    const actual = this.#actual.get(fact.name) ?? null;
    if (fact.type.kind === "number" && typeof actual === "number") {
      yield* this.#numberMoves(fact, actual, present);
      return;
    }
    for (const value of this.#candidates.get(fact.name) ?? []) {
      if (value === null || value === actual) continue;
      const level = this.levelWith({ fact, value });
      if (level !== undefined && level !== present) yield { fact, value, level, cost: 2 };
    }
  }

  tell({ fact, value, level }: Found): NearestChange {
    return {
      fact: fact.name,
      from: this.#actual.get(fact.name) ?? null,
      to: value,
      level: this.#compiled.model.levels[level]?.name ?? "",
    };
  }

  *#numberMoves(fact: FactDef, actual: number, present: number): Generator<Found> {
    // what comes in whole numbers is told in whole numbers: 4,999 and not 4,999.9999
    const isWhole = countsThings(fact) || Number.isInteger(actual);
    for (const sign of [1, -1]) {
      let last = actual;
      for (const value of this.#ladder(fact, actual, sign, isWhole)) {
        const level = this.levelWith({ fact, value });
        if (level !== undefined && level !== present) {
          const nearest = this.#narrow(fact, last, value, present, isWhole);
          const reached = this.levelWith({ fact, value: nearest }) as number;
          yield {
            fact,
            value: nearest,
            level: reached,
            cost: Math.abs(nearest - actual) / Math.max(Math.abs(actual), 1),
          };
          break;
        }
        last = value;
      }
    }
  }

  /** Values on one side of the actual one, nearest first. */
  #ladder(fact: FactDef, actual: number, sign: number, isWhole: boolean): number[] {
    const reach = Math.max(Math.abs(actual), 1);
    const strides = STRIDES.map((share) => actual + sign * share * reach);
    const named = (this.#candidates.get(fact.name) ?? []).filter(
      (value) => typeof value === "number",
    );
    const all = [...strides, ...named].map((value) =>
      isWhole ? (sign > 0 ? Math.ceil(value) : Math.floor(value)) : value,
    );
    return [...new Set(all)]
      .filter((value) => (value - actual) * sign > 0 && (value >= 0 || actual < 0))
      .toSorted((a, b) => (a - b) * sign);
  }

  #narrow(
    fact: FactDef,
    without: number,
    withEffect: number,
    present: number,
    isWhole: boolean,
  ): number {
    let low = without;
    let high = withEffect;
    for (let i = 0; i < HALVINGS; i++) {
      const middle = isWhole ? Math.trunc((low + high) / 2) : (low + high) / 2;
      if (middle === low || middle === high) break;
      if (this.levelWith({ fact, value: middle }) === present) low = middle;
      else high = middle;
    }
    return isWhole ? high : rounded(high, low);
  }

  #allCandidates(): ReadonlyMap<string, readonly Value[]> {
    const env = rowEnv(this.#decider, 0, this.#today);
    const found = new Map<string, Set<Value>>();
    const add = (name: string, value: Value): void => {
      const values = found.get(name) ?? new Set();
      found.set(name, values.add(value));
    };
    for (const rule of allRules(this.#compiled)) {
      for (const [name, values] of candidateValues(rule, env))
        for (const value of values) add(name, value);
    }
    for (const { name, type } of this.#compiled.model.facts) {
      if (type.kind === "boolean") for (const value of [true, false]) add(name, value);
      if (type.kind === "string") for (const value of type.values ?? []) add(name, value);
    }
    return new Map([...found].map(([name, values]) => [name, [...values]]));
  }
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

function allRules(compiled: CompiledModel): Rule[] {
  const { model } = compiled;
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
  ];
}
