import type { Expr } from "./types.ts";

/** Names read in a part, in order of appearance, possibly repeated. */
export function namesIn(expr: Expr): readonly string[] {
  return expr.op === "name" ? [expr.name] : operandsOf(expr).flatMap(namesIn);
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
