import type { CompareOp, Expr, Scalar } from "../../rules/types.ts";

/**
 * Whether `b` is certainly true whenever `a` is. Only what can be shown from comparisons of one
 * name with fixed values, and from && and ||; false means no more than "not shown". Sound with
 * unknown values too: a comparison that is true has a known name.
 */
export function implies(a: Expr, b: Expr): boolean {
  return shown(a, b, { left: MAX_STEPS });
}

/** Ways through two long rules grow fast; what takes longer is not shown. */
const MAX_STEPS = 2000;

function shown(a: Expr, b: Expr, steps: { left: number }): boolean {
  steps.left -= 1;
  if (steps.left < 0) return false;
  if (isTrue(b) || same(a, b, steps)) return true;
  if (b.op === "and") return shown(a, b.left, steps) && shown(a, b.right, steps);
  if (a.op === "or") return shown(a.left, b, steps) && shown(a.right, b, steps);
  if (b.op === "or" && (shown(a, b.left, steps) || shown(a, b.right, steps))) return true;
  if (a.op === "and") return shown(a.left, b, steps) || shown(a.right, b, steps);
  const left = testOf(a);
  const right = testOf(b);
  if (!left || !right || left.name !== right.name) return false;
  return testImplies(left, right);
}

function isTrue(expr: Expr): boolean {
  return expr.op === "literal" && expr.value === true;
}

/** One name against fixed values. */
interface Test {
  readonly name: string;
  readonly sign: CompareOp | "in" | "known";
  readonly values: readonly Scalar[];
}

function testOf(expr: Expr): Test | undefined {
  switch (expr.op) {
    case "name":
      return { name: expr.name, sign: "==", values: [true] };
    case "not":
      return expr.of.op === "name"
        ? { name: expr.of.name, sign: "==", values: [false] }
        : undefined;
    case "known":
      return expr.of.op === "name" ? { name: expr.of.name, sign: "known", values: [] } : undefined;
    case "in": {
      const values = expr.list.map(literal);
      if (expr.item.op !== "name" || values.some((value) => value === undefined)) return undefined;
      return { name: expr.item.name, sign: "in", values: values.filter((v) => v !== undefined) };
    }
    case "compare": {
      const [left, right] = [literal(expr.left), literal(expr.right)];
      if (expr.left.op === "name" && right !== undefined) {
        return { name: expr.left.name, sign: expr.sign, values: [right] };
      }
      if (expr.right.op === "name" && left !== undefined) {
        return { name: expr.right.name, sign: TURNED[expr.sign], values: [left] };
      }
      return undefined;
    }
    default:
      return undefined;
  }
}

const TURNED: Readonly<Record<CompareOp, CompareOp>> = {
  "==": "==",
  "!=": "!=",
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
};

function literal(expr: Expr): Scalar | undefined {
  if (expr.op === "literal") return expr.value;
  if (expr.op !== "negate") return undefined;
  const value = literal(expr.of);
  return typeof value === "number" ? -value : undefined;
}

function testImplies(a: Test, b: Test): boolean {
  if (b.sign === "known") return true;
  if (a.sign === "known") return false;
  if (a.sign === "in" || a.sign === "==") {
    return a.values.length > 0 && a.values.every((value) => meets(value, b));
  }
  if (b.sign === "in" || b.sign === "==") return false;
  const [least, bound] = [a.values[0], b.values[0]];
  if (typeof least !== "number" || typeof bound !== "number") return false;
  if (a.sign === "!=") return b.sign === "!=" && least === bound;
  return boundImplies(a.sign, least, b.sign, bound);
}

function meets(value: Scalar, test: Test): boolean {
  if (test.sign === "known") return true;
  if (test.sign === "in" || test.sign === "==") return test.values.includes(value);
  const bound = test.values[0];
  if (test.sign === "!=") return bound !== undefined && value !== bound;
  if (typeof value !== "number" || typeof bound !== "number") return false;
  return compare(value, test.sign, bound);
}

function compare(value: number, sign: "<" | "<=" | ">" | ">=", bound: number): boolean {
  switch (sign) {
    case "<":
      return value < bound;
    case "<=":
      return value <= bound;
    case ">":
      return value > bound;
    case ">=":
      return value >= bound;
  }
}

/** `x > 5` implies `x >= 5`, `x > 4`, `x != 5`; never the other way round. */
function boundImplies(
  signA: "<" | "<=" | ">" | ">=",
  a: number,
  signB: Exclude<CompareOp, "==">,
  b: number,
): boolean {
  const upA = signA === ">" || signA === ">=";
  const strictA = signA === ">" || signA === "<";
  if (signB === "!=") return upA ? a > b || (strictA && a === b) : a < b || (strictA && a === b);
  const upB = signB === ">" || signB === ">=";
  if (upA !== upB) return false;
  const beyond = upA ? a > b : a < b;
  return beyond || (a === b && (strictA || signB === ">=" || signB === "<="));
}

/** The same expression, wherever it stands. */
function same(a: Expr, b: Expr, steps: { left: number }): boolean {
  steps.left -= 1;
  if (steps.left < 0 || a.op !== b.op) return false;
  const [left, right] = [partsOf(a), partsOf(b)];
  if (left.own !== right.own || left.inner.length !== right.inner.length) return false;
  return left.inner.every((part, i) => {
    const other = right.inner[i];
    return other !== undefined && same(part, other, steps);
  });
}

/** What an expression is by itself, and the expressions in it. */
function partsOf(expr: Expr): {
  readonly own: Scalar | undefined;
  readonly inner: readonly Expr[];
} {
  switch (expr.op) {
    case "literal":
      return { own: expr.value, inner: [] };
    case "name":
      return { own: expr.name, inner: [] };
    case "known":
    case "not":
    case "negate":
      return { own: undefined, inner: [expr.of] };
    case "and":
    case "or":
      return { own: undefined, inner: [expr.left, expr.right] };
    case "compare":
    case "arithmetic":
      return { own: expr.sign, inner: [expr.left, expr.right] };
    case "choose":
      return { own: undefined, inner: [expr.test, expr.yes, expr.no] };
    case "in":
      return { own: undefined, inner: [expr.item, ...expr.list] };
    case "call":
      return { own: expr.fn, inner: expr.args };
  }
}
