import type { Expr, Scalar } from "../../rules/types.ts";

/**
 * Whether a rule can be true, and can be not true, when one name has a fixed value and
 * everything else is anybody's guess. Says yes where it cannot tell.
 */
export interface Possible {
  readonly true: boolean;
  readonly notTrue: boolean;
}

const EITHER: Possible = { true: true, notTrue: true };

export function possible(expr: Expr, name: string, value: Scalar): Possible {
  const of = (part: Expr): Possible => possible(part, name, value);
  switch (expr.op) {
    case "literal":
      return { true: expr.value === true, notTrue: expr.value !== true };
    case "not": {
      const inner = of(expr.of);
      return { true: inner.notTrue, notTrue: inner.true };
    }
    case "and": {
      const [left, right] = [of(expr.left), of(expr.right)];
      return { true: left.true && right.true, notTrue: left.notTrue || right.notTrue };
    }
    case "or": {
      const [left, right] = [of(expr.left), of(expr.right)];
      return { true: left.true || right.true, notTrue: left.notTrue && right.notTrue };
    }
    case "compare":
      return comparison(expr, name, value);
    case "in":
      return membership(expr, name, value);
    default:
      return EITHER;
  }
}

function comparison(expr: Extract<Expr, { op: "compare" }>, name: string, value: Scalar): Possible {
  const [left, right] = [expr.left, expr.right];
  const other = isName(left, name) ? right : isName(right, name) ? left : undefined;
  if (other?.op !== "literal" || (expr.sign !== "==" && expr.sign !== "!=")) return EITHER;
  return certainly((other.value === value) === (expr.sign === "=="));
}

function membership(expr: Extract<Expr, { op: "in" }>, name: string, value: Scalar): Possible {
  if (!isName(expr.item, name) || expr.list.some((item) => item.op !== "literal")) return EITHER;
  return certainly(expr.list.some((item) => item.op === "literal" && item.value === value));
}

function isName(expr: Expr, name: string): boolean {
  return expr.op === "name" && expr.name === name;
}

function certainly(holds: boolean): Possible {
  return { true: holds, notTrue: !holds };
}
