import type { Expr } from "../../../src/core/rules/types.ts";
import { parseRule } from "../../../src/core/rules/parse-rule.ts";
import type { Condition, Operator } from "./write-conditions.ts";
import { type RuleName, scopeOf } from "../../ui/rule-field/rule-names.ts";

/** Which operators make sense for a name. */
export function operatorsFor({ type, values }: RuleName): readonly Operator[] {
  switch (type) {
    case "number":
      return [">=", "<=", ">", "<", "==", "!=", "known", "unknown"];
    case "boolean":
      return ["is", "isNot", "known", "unknown"];
    case "string":
      return values
        ? ["==", "!=", "in", "known", "unknown"]
        : ["==", "!=", "contains", "in", "known", "unknown"];
    case "date":
    case "time":
      return ["within", "before", "known", "unknown"];
  }
}

/** The rule's parts, where all of them are of the simple kind and all have to hold; else null. */
export function readConditions(
  text: string,
  names: readonly RuleName[],
): readonly Condition[] | null {
  if (text.trim() === "") return [];
  const { rule } = parseRule(text, scopeOf(names), "boolean");
  if (!rule) return null;
  const conditions = parts(rule.expr).map(conditionOf);
  return conditions.every((one) => one !== null) ? conditions : null;
}

function parts(expr: Expr): Expr[] {
  return expr.op === "and" ? [...parts(expr.left), ...parts(expr.right)] : [expr];
}

function conditionOf(expr: Expr): Condition | null {
  switch (expr.op) {
    case "name":
      return { name: expr.name, operator: "is", value: null };
    case "not":
      if (expr.of.op === "name") return { name: expr.of.name, operator: "isNot", value: null };
      return expr.of.op === "known" ? knownOf(expr.of.of, "unknown") : null;
    case "known":
      return knownOf(expr.of, "known");
    case "compare":
      return comparison(expr.left, expr.sign, expr.right);
    case "in": {
      const { item, list } = expr;
      const values = list.map((one) => (one.op === "literal" ? one.value : null));
      return item.op === "name" && values.every((one) => typeof one === "string")
        ? { name: item.name, operator: "in", value: values }
        : null;
    }
    case "call": {
      const [of, what] = expr.args;
      return expr.fn === "contains" &&
        of?.op === "name" &&
        what?.op === "literal" &&
        typeof what.value === "string"
        ? { name: of.name, operator: "contains", value: what.value }
        : null;
    }
    default:
      return null;
  }
}

function knownOf(of: Expr, operator: "known" | "unknown"): Condition | null {
  return of.op === "name" ? { name: of.name, operator, value: null } : null;
}

function comparison(left: Expr, sign: Operator, right: Expr): Condition | null {
  const value = literal(right);
  if (value === null) return null;
  if (left.op === "name") return { name: left.name, operator: sign, value };
  if (left.op !== "call" || typeof value !== "number") return null;
  const [of] = left.args;
  if (of?.op !== "name") return null;
  if (left.fn === "days_until" && sign === "<=")
    return { name: of.name, operator: "within", value };
  if (left.fn === "days_since" && sign === ">=")
    return { name: of.name, operator: "before", value };
  return null;
}

function literal(expr: Expr): string | number | null {
  if (expr.op === "negate") {
    const of = literal(expr.of);
    return typeof of === "number" ? -of : null;
  }
  if (expr.op !== "literal") return null;
  // dates are numbers too: they are shown as they were written, in the rule
  if (expr.type.kind === "date" || expr.type.kind === "time") return null;
  return typeof expr.value === "boolean" ? null : expr.value;
}
