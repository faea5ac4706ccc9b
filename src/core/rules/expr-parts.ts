import type { Expr } from "./types.ts";

/** Parts never change, and rules are told of thousands of accounts. */
const NAMES = new WeakMap<Expr, readonly string[]>();

/** Names read in a part, in order of appearance, possibly repeated. */
export function namesIn(expr: Expr): readonly string[] {
  let names = NAMES.get(expr);
  if (!names) {
    names = expr.op === "name" ? [expr.name] : operandsOf(expr).flatMap(namesIn);
    NAMES.set(expr, names);
  }
  return names;
}

/** The parts that a part is made of, whatever joins them. */
export function operandsOf(expr: Expr): readonly Expr[] {
  switch (expr.op) {
    case "literal":
    case "name":
      return [];
    case "known":
    case "not":
    case "negate":
      return [expr.of];
    case "and":
    case "or":
    case "compare":
    case "arithmetic":
      return [expr.left, expr.right];
    case "choose":
      return [expr.test, expr.yes, expr.no];
    case "in":
      return [expr.item, ...expr.list];
    case "call":
      return expr.args;
  }
}
