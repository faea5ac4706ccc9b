import type { Expr as CelExpr, Expr_Call } from "@bufbuild/cel-spec/cel/expr/syntax_pb.js";
import { checkCompare, checkIn } from "./check-compare.ts";
import { type Checking, needs } from "./checking.ts";
import { KIND_WORDS, meet } from "./kinds.ts";
import type { ArithmeticOp, CompareOp, Expr, RuleType } from "./types.ts";
import { possibleTexts } from "./possible-texts.ts";

type Check = (c: Checking, node: CelExpr, args: readonly CelExpr[]) => Expr | undefined;

/** CEL's names for its signs. */
const SIGNS: ReadonlyMap<string, Check> = new Map<string, Check>([
  ["_&&_", (c, node, args) => both(c, node, args, "and")],
  ["_||_", (c, node, args) => both(c, node, args, "or")],
  ["!_", not],
  ["_?_:_", choose],
  ["-_", negate],
  ["@in", (c, node, [item, list]) => checkIn(c, node, item, list)],
  ...(["+", "-", "*", "/"] as const).map((sign) => sum(sign)),
  ...(["==", "!=", "<", "<=", ">", ">="] as const).map((sign) => comparison(sign)),
  ["_%_", (c, node, args) => leftOut(c, node, args, "Rules have no `%`.")],
  ["_[_]", (c, node, args) => leftOut(c, node, args, "Rules have no `[…]` behind a name.")],
]);

export function checkSign(c: Checking, node: CelExpr, call: Expr_Call): Expr | undefined {
  return SIGNS.get(call.function)?.(c, node, call.args);
}

export function isSign(name: string): boolean {
  return SIGNS.has(name);
}

function both(
  c: Checking,
  node: CelExpr,
  args: readonly CelExpr[],
  op: "and" | "or",
): Expr | undefined {
  const [left, right] = pair(c, args);
  const who = op === "and" ? "`&&`" : "`||`";
  const fine = [needs(c, left, "boolean", who), needs(c, right, "boolean", who)];
  if (!left || !right || fine.includes(false)) return undefined;
  return { op, left, right, type: { kind: "boolean" }, ...c.span(node) };
}

function not(c: Checking, node: CelExpr, [arg]: readonly CelExpr[]): Expr | undefined {
  const of = arg && c.check(arg);
  if (!needs(c, of, "boolean", "`!`") || !of) return undefined;
  return { op: "not", of, type: { kind: "boolean" }, ...c.span(node) };
}

function negate(c: Checking, node: CelExpr, [arg]: readonly CelExpr[]): Expr | undefined {
  const of = arg && c.check(arg);
  if (!needs(c, of, "number", "`-`") || !of) return undefined;
  return { op: "negate", of, type: { kind: "number" }, ...c.span(node) };
}

function choose(c: Checking, node: CelExpr, args: readonly CelExpr[]): Expr | undefined {
  const [test, yes, no] = args.map((arg) => c.check(arg));
  const fine = needs(c, test, "boolean", "`?`");
  if (!test || !yes || !no || !fine) return undefined;
  const type = branchType(yes, no);
  if (type) return { op: "choose", test, yes, no, type, ...c.span(node) };
  const said = `One branch of \`? :\` is ${KIND_WORDS[yes.type.kind]}, the other ${KIND_WORDS[no.type.kind]}.`;
  return c.report("rule-type", said, { start: yes.start, end: no.end });
}

function branchType(yes: Expr, no: Expr): RuleType | undefined {
  const kind = meet(yes.type.kind, no.type.kind);
  if (kind !== "string") return kind && { kind };
  const [some, others] = [possibleTexts(yes), possibleTexts(no)];
  if (!some || !others) return { kind };
  return { kind, values: [...new Set([...some, ...others])] };
}

function sum(sign: ArithmeticOp): readonly [string, Check] {
  const check: Check = (c, node, args) => {
    const [left, right] = pair(c, args);
    if (!left || !right) return undefined;
    const days = [left, right].some(({ type }) => type.kind === "date" || type.kind === "time");
    if (days) return noDaySums(c, node);
    const fine = [left, right].map((side) => needs(c, side, "number", `\`${sign}\``));
    if (fine.includes(false)) return undefined;
    return { op: "arithmetic", sign, left, right, type: { kind: "number" }, ...c.span(node) };
  };
  return [`_${sign}_`, check];
}

function noDaySums(c: Checking, node: CelExpr): undefined {
  const hint = "compare `days_until(x)` or `days_since(x)` with a number of days";
  return c.report(
    "rule-type",
    "Dates and times cannot be added or subtracted.",
    c.span(node),
    hint,
  );
}

function comparison(sign: CompareOp): readonly [string, Check] {
  return [`_${sign}_`, (c, node, [left, right]) => checkCompare(c, node, sign, left, right)];
}

function leftOut(c: Checking, node: CelExpr, args: readonly CelExpr[], message: string): undefined {
  for (const arg of args) c.check(arg);
  return c.report("rule-unsupported", message, c.span(node));
}

function pair(
  c: Checking,
  [left, right]: readonly CelExpr[],
): [Expr | undefined, Expr | undefined] {
  return [left && c.check(left), right && c.check(right)];
}
