import { evaluatorOf } from "./evaluate.ts";
import { namesIn } from "./expr-parts.ts";
import { constant, divided, minus, negative, plus, type Ratio, times, VARIABLE } from "./ratio.ts";
import type { ArithmeticOp, Env, Expr } from "./types.ts";

/** More forms than this in one comparison are no longer worth trying. */
const MAX_FORMS = 64;

const COMBINE: Readonly<Record<ArithmeticOp, (x: Ratio, y: Ratio) => Ratio | undefined>> = {
  "+": plus,
  "-": minus,
  "*": times,
  "/": divided,
};

/**
 * How a part can depend on one name, all others being as in `env`: one form for each way through
 * `? :`, min, max and the like. A date or a time counts as its day.
 */
export function formsOf(expr: Expr, name: string, env: Env): readonly Ratio[] {
  if (!namesIn(expr).includes(name)) return fixed(expr, env);
  switch (expr.op) {
    case "name":
      return [VARIABLE];
    case "negate":
      return formsOf(expr.of, name, env).map(negative);
    case "choose":
      return [...formsOf(expr.yes, name, env), ...formsOf(expr.no, name, env)].slice(0, MAX_FORMS);
    case "arithmetic":
      return pairs(
        formsOf(expr.left, name, env),
        formsOf(expr.right, name, env),
        COMBINE[expr.sign],
      );
    case "call":
      return callForms(expr, name, env);
    default:
      return [];
  }
}

function fixed(expr: Expr, env: Env): readonly Ratio[] {
  const value = evaluatorOf(expr)(env);
  if (typeof value !== "number") return [];
  return [constant(expr.type.kind === "time" ? env.localDay(value) : value)];
}

function callForms(expr: Expr & { readonly op: "call" }, name: string, env: Env): readonly Ratio[] {
  const forms = expr.args.flatMap((arg) => formsOf(arg, name, env)).slice(0, MAX_FORMS);
  switch (expr.fn) {
    case "min":
    case "max":
    case "clamp":
      return forms;
    case "abs":
      return [...forms, ...forms.map(negative)];
    case "round":
      return pairs(forms, [constant(-0.5), constant(0), constant(0.5)], plus);
    case "days_until":
      return pairs(forms, [constant(env.today)], minus);
    case "days_since":
      return pairs([constant(env.today)], forms, minus);
    case "startsWith":
    case "endsWith":
    case "contains":
    case "matches":
    case "lowerAscii":
      return [];
  }
}

function pairs(
  left: readonly Ratio[],
  right: readonly Ratio[],
  combine: (x: Ratio, y: Ratio) => Ratio | undefined,
): readonly Ratio[] {
  const found: Ratio[] = [];
  for (const x of left) {
    for (const y of right) {
      const form = combine(x, y);
      if (form) found.push(form);
      if (found.length >= MAX_FORMS) return found;
    }
  }
  return found;
}
