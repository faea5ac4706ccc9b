import type { ArithmeticOp, CompareOp, Expr, Rule } from "../../src/core/rules/types.ts";
import type { FactName } from "./sixty-rules.ts";

/**
 * "Is this rule known to be true?" without a third value, as engines that know none need to be
 * asked: nothing negated but single questions, and what has to be known said. It is what somebody
 * who moves the sixty rules to another engine would have to write.
 */
export type Question =
  | { readonly kind: "all" | "any"; readonly of: readonly Question[] }
  | {
      readonly kind: "compare";
      readonly sign: CompareOp;
      readonly sum: Sum;
      readonly number: number;
      /** Facts that have to be known, and those of them that must not be 0. */
      readonly facts: readonly FactName[];
      readonly under: readonly FactName[];
    }
  | { readonly kind: "flag"; readonly fact: FactName; readonly is: boolean }
  /** `is` false: known, and none of these. */
  | {
      readonly kind: "text";
      readonly fact: FactName;
      readonly among: readonly string[];
      readonly is: boolean;
    }
  | { readonly kind: "known"; readonly fact: FactName; readonly is: boolean };

export type Sum =
  | { readonly kind: "fact"; readonly fact: FactName }
  | { readonly kind: "today" }
  | { readonly kind: "of"; readonly sign: ArithmeticOp; readonly left: Sum; readonly right: Sum };

export function questionOf(rule: Rule): Question {
  return ask(rule.expr, true);
}

function ask(expr: Expr, wanted: boolean): Question {
  switch (expr.op) {
    case "not":
      return ask(expr.of, !wanted);
    case "and":
    case "or": {
      const kind = (expr.op === "and") === wanted ? "all" : "any";
      const of = [expr.left, expr.right]
        .map((side) => ask(side, wanted))
        .flatMap((one) => (one.kind === kind ? one.of : [one]));
      return { kind, of };
    }
    case "name":
      return { kind: "flag", fact: factOf(expr), is: wanted };
    case "known":
      return { kind: "known", fact: factOf(expr.of), is: wanted };
    case "in":
      return { kind: "text", fact: factOf(expr.item), among: expr.list.map(textOf), is: wanted };
    case "compare":
      return comparison(expr, wanted);
    default:
      throw new Error(`no question is made of ${expr.op}`);
  }
}

function comparison(expr: Extract<Expr, { op: "compare" }>, wanted: boolean): Question {
  if (expr.left.type.kind === "string") {
    const is = (expr.sign === "==") === wanted;
    return { kind: "text", fact: factOf(expr.left), among: [textOf(expr.right)], is };
  }
  const facts = new Set<FactName>();
  const under = new Set<FactName>();
  const sum = sumOf(expr.left, facts, under);
  const sign = wanted ? expr.sign : OPPOSITE[expr.sign];
  const number = numberOf(expr.right);
  return { kind: "compare", sign, sum, number, facts: [...facts], under: [...under] };
}

const OPPOSITE: Readonly<Record<CompareOp, CompareOp>> = {
  "<": ">=",
  "<=": ">",
  ">": "<=",
  ">=": "<",
  "==": "!=",
  "!=": "==",
};

function sumOf(expr: Expr, facts: Set<FactName>, under: Set<FactName>): Sum {
  if (expr.op === "name") {
    facts.add(factOf(expr));
    return { kind: "fact", fact: factOf(expr) };
  }
  if (expr.op === "arithmetic") {
    if (expr.sign === "/") under.add(factOf(expr.right));
    const [left, right] = [sumOf(expr.left, facts, under), sumOf(expr.right, facts, under)];
    return { kind: "of", sign: expr.sign, left, right };
  }
  if (expr.op === "call" && expr.args[0]) {
    const day = sumOf(expr.args[0], facts, under);
    const today: Sum = { kind: "today" };
    if (expr.fn === "days_since") return { kind: "of", sign: "-", left: today, right: day };
    if (expr.fn === "days_until") return { kind: "of", sign: "-", left: day, right: today };
  }
  throw new Error(`no sum is made of ${expr.op}`);
}

function numberOf(expr: Expr): number {
  if (expr.op === "negate") return -numberOf(expr.of);
  if (expr.op === "literal" && typeof expr.value === "number") return expr.value;
  throw new Error("a comparison with something else than a number");
}

function textOf(expr: Expr): string {
  if (expr.op === "literal" && typeof expr.value === "string") return expr.value;
  throw new Error("a list of something else than texts");
}

function factOf(expr: Expr): FactName {
  if (expr.op === "name") return expr.name as FactName;
  throw new Error("a question about something else than a fact");
}

/** A sum as most languages write it, with their own way to write a fact. */
export function written(sum: Sum, fact: (name: string) => string): string {
  if (sum.kind === "fact") return fact(sum.fact);
  if (sum.kind === "today") return fact("today");
  return `(${written(sum.left, fact)} ${sum.sign} ${written(sum.right, fact)})`;
}
