import { evaluatorOf } from "./evaluate.ts";
import { namesIn } from "./expr-parts.ts";
import type { Env, Expr, Rule, Trace, Value } from "./types.ts";

/**
 * What a rule comes to, and what each of its parts does: the "why" shown to people. Parts are
 * what `&&`, `||`, `!`, `? :` and comparisons join; a chain `a && b && c` is three parts side
 * by side. Bare names and literals beside a comparison are no parts: `actual` shows the names.
 */
export function traceRule(rule: Rule, env: Env): Trace {
  return { ...tracePart(rule.expr, rule.text, env), text: rule.text.trim() };
}

function tracePart(expr: Expr, text: string, env: Env): Trace {
  return {
    text: text.slice(expr.start, expr.end),
    result: evaluatorOf(expr)(env),
    actual: expr.op === "name" ? {} : actualOf(expr, env),
    children: partsOf(expr).map((part) => tracePart(part, text, env)),
  };
}

function partsOf(expr: Expr): readonly Expr[] {
  switch (expr.op) {
    case "and":
    case "or":
      return chain(expr, expr.op);
    case "not":
      return [expr.of];
    case "choose":
      return [expr.test, expr.yes, expr.no];
    case "compare":
      return [expr.left, expr.right].filter(isWorkedOut);
    case "in":
      return [expr.item, ...expr.list].filter(isWorkedOut);
    case "literal":
    case "name":
    case "known":
    case "arithmetic":
    case "negate":
    case "call":
      return [];
  }
}

function isWorkedOut({ op }: Expr): boolean {
  return op !== "name" && op !== "literal";
}

function chain(expr: Expr, op: "and" | "or"): readonly Expr[] {
  if (expr.op !== op) return [expr];
  return [...chain(expr.left, op), ...chain(expr.right, op)];
}

function actualOf(expr: Expr, env: Env): Readonly<Record<string, Value>> {
  const names = new Map<string, Value>();
  for (const name of namesIn(expr)) names.set(name, name === "today" ? env.today : env.get(name));
  // Not by assignment: that would lose a fact called `__proto__`.
  return Object.fromEntries(names);
}
