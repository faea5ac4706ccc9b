import { operandsOf } from "./expr-parts.ts";
import { meet } from "./kinds.ts";
import type { Expr } from "./types.ts";

const KNOWN = new WeakMap<Expr, boolean>();

/**
 * Does a part hold something that needs a truth in all its three values: `? :`, truths compared
 * with each other, `known` of a condition? Written as one expression for "is true" and another
 * for "is false", such parts would double with every level of nesting, in length and in time.
 */
export function isHeavy(expr: Expr): boolean {
  let heavy = KNOWN.get(expr);
  if (heavy === undefined) {
    heavy = needsTruth(expr) || operandsOf(expr).some(isHeavy);
    KNOWN.set(expr, heavy);
  }
  return heavy;
}

function needsTruth(expr: Expr): boolean {
  switch (expr.op) {
    case "choose":
      return true;
    case "compare":
      return meet(expr.left.type.kind, expr.right.type.kind) === "boolean";
    case "in":
      return expr.item.type.kind === "boolean";
    case "known":
      return expr.of.type.kind === "boolean" && expr.of.op !== "name";
    case "literal":
    case "name":
    case "not":
    case "and":
    case "or":
    case "arithmetic":
    case "negate":
    case "call":
      return false;
  }
}
