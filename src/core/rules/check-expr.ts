import type { Expr as CelExpr } from "@bufbuild/cel-spec/cel/expr/syntax_pb.js";
import type { CelSpans, Span } from "./cel-spans.ts";
import { checkCall } from "./check-call.ts";
import { checkName } from "./check-name.ts";
import { checkSign, isSign } from "./check-sign.ts";
import type { Checking } from "./checking.ts";
import type { RuleCode } from "./codes.ts";
import type { Expr, RuleProblem, RuleType, Scalar, Scope } from "./types.ts";

const QUOTED = 40;

/** Checks and types one parsed rule. Goes on after a problem, to find all of them at once. */
export class CheckExpr implements Checking {
  readonly scope: Scope;
  readonly problems: RuleProblem[] = [];
  /** Names read so far, in order of appearance. */
  readonly names = new Set<string>();
  readonly #text: string;
  readonly #spans: CelSpans;

  constructor(text: string, scope: Scope, spans: CelSpans) {
    this.#text = text;
    this.scope = scope;
    this.#spans = spans;
  }

  check(node: CelExpr): Expr | undefined {
    switch (node.exprKind.case) {
      case "constExpr":
        return this.#literal(node, node.exprKind.value.constantKind);
      case "identExpr":
      case "selectExpr":
        return this.#name(node);
      case "callExpr":
        return isSign(node.exprKind.value.function)
          ? checkSign(this, node, node.exprKind.value)
          : checkCall(this, node, node.exprKind.value);
      case "listExpr":
        for (const element of node.exprKind.value.elements) this.check(element);
        return this.#unsupported(node, "A list stands only behind `in`.", 'x in ["a", "b"]');
      case "structExpr":
        return this.#unsupported(node, "Rules have no maps and no messages.");
      case "comprehensionExpr":
        return this.#unsupported(
          node,
          "Rules have no loops over lists.",
          "make it a fact over events or contacts",
        );
      case undefined:
        return this.#unsupported(node, "This cannot stand in a rule.");
    }
  }

  span(node: CelExpr): Span {
    return this.#spans.span(node);
  }

  functionName(node: CelExpr): Span {
    return this.#spans.functionName(node);
  }

  quote({ start, end }: Span): string {
    const text = this.#text.slice(start, end).replaceAll(/\s+/g, " ");
    return text.length <= QUOTED ? text : `${text.slice(0, QUOTED)}…`;
  }

  report(code: RuleCode, message: string, { start, end }: Span, hint?: string): undefined {
    const plain = { code, message, start, end };
    this.problems.push(hint === undefined ? plain : { ...plain, hint });
  }

  #name(node: CelExpr): Expr | undefined {
    const expr = checkName(this, node);
    if (expr?.op === "name") this.names.add(expr.name);
    return expr;
  }

  #literal(
    node: CelExpr,
    constant: { case?: string | undefined; value?: unknown },
  ): Expr | undefined {
    const { value } = constant;
    switch (constant.case) {
      case "boolValue":
        return this.#value(node, { kind: "boolean" }, value === true);
      case "stringValue":
        return this.#value(node, { kind: "string" }, String(value));
      case "int64Value":
      case "doubleValue":
        if (Number.isFinite(Number(value)))
          return this.#value(node, { kind: "number" }, Number(value));
        return this.report("rule-type", "This number is too large.", this.span(node));
      case "uint64Value":
        return this.#unsupported(node, "Numbers have no `u`.", `write ${String(value)}`);
      case "nullValue":
        return this.#unsupported(
          node,
          "`null` is not a value.",
          "write `!known(x)` for “x is unknown”",
        );
      default:
        return this.#unsupported(node, "Rules have no bytes.", 'write the text without b: "…"');
    }
  }

  #value(node: CelExpr, type: RuleType, value: Scalar): Expr {
    return { op: "literal", type, value, ...this.span(node) };
  }

  #unsupported(node: CelExpr, message: string, hint?: string): undefined {
    return this.report("rule-unsupported", message, this.span(node), hint);
  }
}
