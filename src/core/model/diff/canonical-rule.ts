import type { CompareOp, Expr } from "../../rules/types.ts";

/** How a name, and a literal that stands for one (`stage == "onboarding"`), reads in the other model. */
export interface Naming {
  name(name: string): string;
  /** `about`: the name that the literal is compared with. */
  text(literal: string, about: string): string;
  /** A thing of a list: `levels`, `lifecycle.stages`, `segments.value`. */
  thing(list: string, name: string): string;
}

export const AS_WRITTEN: Naming = {
  name: (name) => name,
  text: (literal) => literal,
  thing: (_list, name) => name,
};

/**
 * A rule by its meaning, as text: two rules with the same one are true of the same accounts.
 * Spacing, quotes, brackets, the order of what `&&` and `||` join and the side on which a
 * literal stands are no part of it.
 */
export function canonicalRule(expr: Expr, naming: Naming = AS_WRITTEN): string {
  const write = (part: Expr): string => canonicalRule(part, naming);
  switch (expr.op) {
    case "literal":
      return literal(expr);
    case "name":
      return naming.name(expr.name);
    case "known":
    case "not":
    case "negate":
      return `${expr.op}(${write(expr.of)})`;
    case "and":
    case "or":
      return `${expr.op}(${[...new Set(joined(expr, expr.op).map(write))].toSorted().join(",")})`;
    case "choose":
      return `choose(${write(expr.test)},${write(expr.yes)},${write(expr.no)})`;
    case "compare":
      return compare(expr, naming);
    case "in": {
      const list = expr.list.map((item) => beside(item, expr.item, naming));
      return `in(${write(expr.item)};${[...new Set(list)].toSorted().join(",")})`;
    }
    case "arithmetic":
      return `(${write(expr.left)}${expr.sign}${write(expr.right)})`;
    case "call":
      return `${expr.fn}(${expr.args.map(write).join(",")})`;
  }
}

/** The parts that a chain of one operator joins, in the order of the text. */
export function joined(expr: Expr, op: "and" | "or"): readonly Expr[] {
  return expr.op === op ? [...joined(expr.left, op), ...joined(expr.right, op)] : [expr];
}

const FLIPPED: Readonly<Record<CompareOp, CompareOp>> = {
  "==": "==",
  "!=": "!=",
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
};

/** A comparison with its literal on the right, where most people write it. */
export function literalLast(expr: Expr & { readonly op: "compare" }): Expr & {
  readonly op: "compare";
} {
  const { left, right, sign } = expr;
  return left.op === "literal" && right.op !== "literal"
    ? { ...expr, left: right, right: left, sign: FLIPPED[sign] }
    : expr;
}

function compare(expr: Expr & { readonly op: "compare" }, naming: Naming): string {
  const { left, right, sign } = literalLast(expr);
  return `(${canonicalRule(left, naming)} ${sign} ${beside(right, left, naming)})`;
}

/** A part compared with another: a text beside a name may itself be a name, of a stage or a level. */
function beside(part: Expr, other: Expr, naming: Naming): string {
  if (part.op !== "literal" || typeof part.value !== "string" || other.op !== "name")
    return canonicalRule(part, naming);
  return literal({ ...part, value: naming.text(part.value, other.name) });
}

function literal({ type, value }: Expr & { readonly op: "literal" }): string {
  return `${type.kind}:${JSON.stringify(value)}`;
}
