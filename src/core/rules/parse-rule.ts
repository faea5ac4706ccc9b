import { parse } from "@bufbuild/cel";
import type { Expr as CelExpr } from "@bufbuild/cel-spec/cel/expr/syntax_pb.js";
import { partDeeperThan } from "./cel-depth.ts";
import { CelSpans, type Positions } from "./cel-spans.ts";
import { CheckExpr } from "./check-expr.ts";
import { KIND_WORDS } from "./kinds.ts";
import { deep, MAX_DEPTH, tooDeep, tooLong } from "./limits.ts";
import { scan } from "./scan.ts";
import { syntaxProblem } from "./syntax-problem.ts";
import type { Expr, ParsedRule, RuleKind, RuleProblem, Scope } from "./types.ts";

/**
 * Reads one rule: CEL text → typed expression, or everything that is wrong with it at once.
 *
 * `expected` is what the place of the rule needs: `"boolean"` for conditions, `"number"` for
 * scores, a list where several kinds do. Problems carry offsets into `text` (UTF-16 units, as
 * JavaScript counts them) and a code of RULE_CODES. Never throws on any text.
 */
export function parseRule(
  text: string,
  scope: Scope,
  expected: RuleKind | readonly RuleKind[],
): ParsedRule {
  const parsed = parseCel(text);
  if ("problem" in parsed) return { problems: [parsed.problem] };
  const spans = new CelSpans(text, parsed.positions);
  const tooFar = partDeeperThan(MAX_DEPTH, parsed.root);
  if (tooFar) {
    const { start, end } = spans.span(tooFar);
    return { problems: [deep(`more than ${MAX_DEPTH} deep`, start, end)] };
  }
  const checker = new CheckExpr(text, scope, spans);
  const expr = checker.check(parsed.root);
  const problems = [...checker.problems];
  if (expr) problems.push(...wrongResult(expr, expected));
  if (!expr || problems.length > 0) return { problems: problems.toSorted(byPlace) };
  return { rule: { text, expr, names: [...checker.names] }, problems: [] };
}

type Parsed =
  | { readonly root: CelExpr; readonly positions: Positions }
  | { readonly problem: RuleProblem };

function parseCel(text: string): Parsed {
  const long = tooLong(text);
  if (long) return { problem: long };
  const tokens = scan(text);
  const nested = tooDeep(tokens);
  if (nested) return { problem: nested };
  try {
    // The parser wants every comment to end with a line.
    const { expr, sourceInfo } = parse(`${text}\n`);
    return { root: expr, positions: sourceInfo?.positions ?? {} };
  } catch (error) {
    return { problem: syntaxProblem(text, tokens, offsetOf(error)) };
  }
}

/** Where the CEL parser gave up: its errors carry the place, but are not exported as types. */
function offsetOf(error: unknown): number | undefined {
  const { location } = error as { location?: { start?: { offset?: number } } };
  return location?.start?.offset;
}

function wrongResult(expr: Expr, expected: RuleKind | readonly RuleKind[]): RuleProblem[] {
  const kinds: readonly RuleKind[] = typeof expected === "string" ? [expected] : expected;
  const { kind } = expr.type;
  if (kind === "any" || kinds.includes(kind)) return [];
  const wanted = kinds.map((one) => KIND_WORDS[one]).join(" or ");
  const message = `This rule gives ${KIND_WORDS[kind]}, but ${wanted} is needed here.`;
  return [{ code: "rule-type", message, start: expr.start, end: expr.end }];
}

function byPlace(a: RuleProblem, b: RuleProblem): number {
  return a.start - b.start || a.end - b.end;
}
