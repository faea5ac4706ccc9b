import { DAY_MS, type Day, type Instant } from "../time/day.ts";
import { operandsOf } from "./expr-parts.ts";
import { isNumeric, meet } from "./kinds.ts";
import { constant, minus, rootOf } from "./ratio.ts";
import { formsOf } from "./ratio-forms.ts";
import type { Env, Expr, Rule, RuleType, Value } from "./types.ts";

/**
 * The values of each name at which the rule can change its answer: what "what would have to be
 * different?" tries. For a number compared, the threshold and its neighbours on both sides; for
 * a date, the day it turns and the days around it; for a text, what it is compared with and all
 * it can be. A comparison is solved for each name it reads with the other names as in `env`;
 * without `env` only comparisons with constants are. null (unknown) is there for `known(x)`.
 */
export function candidateValues(
  rule: Rule,
  env: Env = NOTHING_KNOWN,
): ReadonlyMap<string, readonly Value[]> {
  const found = new Map<string, Set<Value>>();
  for (const name of rule.names) if (name !== "today") found.set(name, new Set());
  visit(rule.expr, env, (name, values) => {
    for (const value of values) found.get(name)?.add(value);
  });
  return new Map([...found].map(([name, values]) => [name, [...values]]));
}

const NOTHING_KNOWN: Env = {
  get: () => null,
  today: Number.NaN,
  localDay: (at) => Math.floor(at / DAY_MS),
};

type Add = (name: string, values: readonly Value[]) => void;

function visit(expr: Expr, env: Env, add: Add): void {
  if (expr.op === "name") add(expr.name, ofType(expr.type));
  if (expr.op === "compare") compared(expr.left, expr.right, env, add);
  if (expr.op === "in") for (const element of expr.list) compared(expr.item, element, env, add);
  if (expr.op === "call" && expr.type.kind === "boolean") textsCompared(expr.args, env, add);
  if (expr.op === "known")
    for (const name of namedIn(expr.of)) add(name.name, [null, ...anyOf(name.type, env)]);
  for (const part of operandsOf(expr)) visit(part, env, add);
}

function ofType(type: RuleType): readonly Value[] {
  if (type.kind === "boolean") return [true, false];
  return type.kind === "string" ? (type.values ?? []) : [];
}

/** Some value of the type, to see what being known at all would change. */
function anyOf(type: RuleType, env: Env): readonly Value[] {
  switch (type.kind) {
    case "number":
      return [0];
    case "date":
      return Number.isNaN(env.today) ? [] : [env.today];
    case "time":
      return Number.isNaN(env.today) ? [] : [noonOf(env.today, env)];
    case "string":
    case "boolean":
      return ofType(type);
    case "any":
      return [];
  }
}

function compared(left: Expr, right: Expr, env: Env, add: Add): void {
  const kind = meet(left.type.kind, right.type.kind);
  if (kind === "string") textsCompared([left, right], env, add);
  if (kind === undefined || !isNumeric(kind)) return;
  for (const { name, type } of namedIn(left, right)) {
    if (kind === "time") add(name, instantsAround(left, right, env));
    else for (const root of roots(left, right, name, env)) add(name, valuesAround(root, type, env));
  }
}

function roots(left: Expr, right: Expr, name: string, env: Env): readonly number[] {
  const found = new Set<number>();
  for (const x of formsOf(left, name, env)) {
    for (const y of formsOf(right, name, env)) {
      const root = rootOf(minus(x, y) ?? constant(0));
      if (root !== undefined) found.add(root);
    }
  }
  return [...found];
}

function valuesAround(root: number, type: RuleType, env: Env): readonly Value[] {
  if (type.kind === "number") return numbersAround(root);
  if (type.kind !== "date" && type.kind !== "time") return [];
  const days = [Math.floor(root) - 1, Math.floor(root), Math.ceil(root), Math.ceil(root) + 1];
  return type.kind === "date" ? days : days.map((day) => noonOf(day, env));
}

/** Below this a hundredth is a step worth trying: shares, trends, ratings. */
const SMALL = 10;

function numbersAround(root: number): readonly number[] {
  if (!Number.isInteger(root)) {
    const cents = [Math.floor(root * 100) / 100, Math.ceil(root * 100) / 100];
    const steps = Number.isInteger(root * 100)
      ? cents.flatMap((x) => [hundredth(x, -1), hundredth(x, 1)])
      : [];
    return [root, ...cents, ...steps, Math.floor(root), Math.ceil(root)];
  }
  const near = [root, root - 1, root + 1];
  return Math.abs(root) < SMALL ? [...near, hundredth(root, -1), hundredth(root, 1)] : near;
}

function hundredth(x: number, step: 1 | -1): number {
  return Math.round(x * 100 + step) / 100;
}

/** Times with a time: either may move to the other, or just before or after it. */
function instantsAround(left: Expr, right: Expr, env: Env): readonly Value[] {
  const times = namedIn(left, right).map(({ name }) => env.get(name));
  return times.flatMap((at) => (typeof at === "number" ? [at - 1, at, at + 1] : []));
}

/** Some instant of a local day. Zones lie up to 14 hours from Greenwich. */
function noonOf(day: Day, env: Env): Instant {
  const noon = day * DAY_MS + DAY_MS / 2;
  return noon + (day - env.localDay(noon)) * (DAY_MS / 2);
}

/** Each text name may become what stands on the other side. */
function textsCompared(sides: readonly Expr[], env: Env, add: Add): void {
  const names = namedIn(...sides).filter(({ type }) => type.kind === "string");
  const values = [...sides.flatMap(literalTexts), ...names.map(({ name }) => env.get(name))];
  for (const { name } of names)
    add(
      name,
      values.filter((value) => typeof value === "string"),
    );
}

function literalTexts(expr: Expr): readonly Value[] {
  return expr.op === "literal" ? [expr.value] : operandsOf(expr).flatMap(literalTexts);
}

type Named = Expr & { readonly op: "name" };

/** The names in some parts, each once; today is not anybody's to change. */
function namedIn(...parts: readonly Expr[]): readonly Named[] {
  const found = new Map<string, Named>();
  const look = (expr: Expr): void => {
    if (expr.op === "name" && expr.name !== "today") found.set(expr.name, expr);
    else operandsOf(expr).forEach(look);
  };
  parts.forEach(look);
  return [...found.values()];
}
