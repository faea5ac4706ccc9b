import type { Expr as CelExpr } from "@bufbuild/cel-spec/cel/expr/syntax_pb.js";
import type { Span } from "./cel-spans.ts";
import type { RuleCode } from "./codes.ts";
import { fits, KIND_WORDS } from "./kinds.ts";
import type { Expr, RuleKind, Scope } from "./types.ts";

/** What the checks of operators, comparisons and calls share while one rule is checked. */
export interface Checking {
  readonly scope: Scope;
  /** The typed part; undefined when something in it is wrong, which has then been reported. */
  check(node: CelExpr): Expr | undefined;
  /** The part itself, without brackets around it. */
  span(node: CelExpr): Span;
  /** The function's name in a call. */
  functionName(node: CelExpr): Span;
  /** The text there, shortened for a message. */
  quote(span: Span): string;
  report(code: RuleCode, message: string, span: Span, hint?: string): undefined;
}

/** Reports a part of a wrong kind; `who` needs it: "`&&`", "`min`". */
export function needs(c: Checking, expr: Expr | undefined, wanted: RuleKind, who: string): boolean {
  if (!expr) return false;
  if (fits(expr.type.kind, wanted)) return true;
  const needed = wanted === "date" ? "a date or a time" : KIND_WORDS[wanted];
  const said = `\`${c.quote(expr)}\` is ${KIND_WORDS[expr.type.kind]}, but ${who} needs ${needed}.`;
  c.report("rule-type", said, expr);
  return false;
}
