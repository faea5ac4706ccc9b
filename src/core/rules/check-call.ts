import type { Expr as CelExpr, Expr_Call } from "@bufbuild/cel-spec/cel/expr/syntax_pb.js";
import { nearest } from "../text/nearest.ts";
import { parseDay } from "../time/day.ts";
import { type Checking, needs } from "./checking.ts";
import type { NumberFunction, TextFunction, TextTest } from "./functions/define.ts";
import { CALLS, findFunction, METHODS } from "./functions/registry.ts";
import { KIND_WORDS, isNumeric, meet, type NumericKind } from "./kinds.ts";
import type { Expr } from "./types.ts";

/** A function's call: `min(a, b)` or `plan.startsWith("a")`. */
export function checkCall(c: Checking, node: CelExpr, call: Expr_Call): Expr | undefined {
  const { function: name, target, args } = call;
  if (!target && name === "known") return checkKnown(c, node, args);
  if (!target && name === "date") return checkDate(c, node, args);
  const def = findFunction(name);
  if (def && !target && def.makes === "number") return checkNumbers(c, node, def, args);
  if (def && target && def.makes === "truth") return checkTest(c, node, def, target, args);
  if (def && target && def.makes === "text") return checkText(c, node, def, target, args);
  const parts = target ? [target, ...args] : args;
  for (const part of parts) c.check(part);
  return unknownFunction(c, node, name, target !== undefined);
}

function checkKnown(c: Checking, node: CelExpr, args: readonly CelExpr[]): Expr | undefined {
  const [of] = args.map((arg) => c.check(arg));
  if (!counted(c, node, "known", args.length, 1, 1) || !of) return undefined;
  return { op: "known", of, type: { kind: "boolean" }, ...c.span(node) };
}

/** `date("2026-03-01")` is a literal: there is no reading of dates out of data in rules. */
function checkDate(c: Checking, node: CelExpr, args: readonly CelExpr[]): Expr | undefined {
  const span = c.span(node);
  if (!counted(c, node, "date", args.length, 1, 1)) return undefined;
  const text = textLiteral(args[0]);
  if (text === undefined) {
    return c.report("rule-arguments", "`date` takes a day in quotes.", span, 'date("2026-03-01")');
  }
  const day = parseDay(text);
  if (day === undefined) {
    const said = `${JSON.stringify(text)} is no calendar day.`;
    return c.report("invalid-date", said, span, 'write date("2026-03-01"), year first');
  }
  return { op: "literal", type: { kind: "date" }, value: day, ...span };
}

function checkNumbers(
  c: Checking,
  node: CelExpr,
  def: NumberFunction,
  nodes: readonly CelExpr[],
): Expr | undefined {
  const args = nodes.map((arg) => c.check(arg));
  if (!counted(c, node, def.name, nodes.length, def.atLeast, def.atMost)) return undefined;
  const kind = def.takes === "alike" ? commonKind(c, def, args) : "number";
  if (def.takes !== "alike") {
    const wanted = def.takes === "day" ? "date" : "number";
    const fine = args.map((arg) => needs(c, arg, wanted, `\`${def.name}\``));
    if (fine.includes(false)) return undefined;
  }
  const whole = args.filter((arg) => arg !== undefined);
  if (!kind || whole.length < args.length) return undefined;
  return { op: "call", fn: def.name, args: whole, type: { kind }, ...c.span(node) };
}

/** Numbers, or dates, or times; dates among times make all of them dates. */
function commonKind(
  c: Checking,
  def: NumberFunction,
  args: readonly (Expr | undefined)[],
): NumericKind | undefined {
  let kind: NumericKind | undefined;
  for (const arg of args) {
    if (!arg) return undefined;
    const own = arg.type.kind === "any" ? (kind ?? "any") : arg.type.kind;
    const met = meet(kind ?? own, own);
    if (met !== undefined && met !== "any" && !isNumeric(met)) {
      needs(c, arg, "number", `\`${def.name}\``);
      return undefined;
    }
    if (!met) {
      const said = `\`${def.name}\` is given ${KIND_WORDS[kind ?? own]} and ${KIND_WORDS[own]}.`;
      return c.report("rule-type", said, arg);
    }
    if (met !== "any") kind = met;
  }
  return kind ?? "number";
}

function checkTest(
  c: Checking,
  node: CelExpr,
  def: TextTest,
  target: CelExpr,
  args: readonly CelExpr[],
): Expr | undefined {
  const text = c.check(target);
  const [wanted] = args.map((arg) => c.check(arg));
  if (!counted(c, node, def.name, args.length, 1, 1)) return undefined;
  const fine = [text, wanted].map((part) => needs(c, part, "string", `\`${def.name}\``));
  if (!text || !wanted || fine.includes(false) || !usable(c, def, wanted)) return undefined;
  return {
    op: "call",
    fn: def.name,
    args: [text, wanted],
    type: { kind: "boolean" },
    ...c.span(node),
  };
}

function usable(c: Checking, def: TextTest, wanted: Expr): boolean {
  const literal = wanted.op === "literal" ? String(wanted.value) : undefined;
  if (literal === undefined && def.fixed) {
    c.report("invalid-pattern", `\`${def.name}\` takes its pattern in quotes only.`, wanted);
    return false;
  }
  const refused = literal === undefined ? undefined : def.refuse?.(literal);
  if (refused === undefined) return true;
  c.report("invalid-pattern", `This pattern cannot be used: ${refused}.`, wanted);
  return false;
}

function checkText(
  c: Checking,
  node: CelExpr,
  def: TextFunction,
  target: CelExpr,
  args: readonly CelExpr[],
): Expr | undefined {
  const text = c.check(target);
  for (const arg of args) c.check(arg);
  if (!counted(c, node, def.name, args.length, 0, 0)) return undefined;
  if (!needs(c, text, "string", `\`${def.name}\``) || !text) return undefined;
  return { op: "call", fn: def.name, args: [text], type: { kind: "string" }, ...c.span(node) };
}

function counted(
  c: Checking,
  node: CelExpr,
  name: string,
  count: number,
  atLeast: number,
  atMost: number,
): boolean {
  if (count >= atLeast && count <= atMost) return true;
  const wanted = atLeast === atMost ? `${atLeast}` : `${atLeast} or more`;
  const things = wanted === "1" ? "value" : "values";
  const written = findFunction(name)?.written;
  const said = `\`${name}\` takes ${wanted} ${things} in its brackets, not ${count}.`;
  c.report("rule-arguments", said, c.span(node), written && `write ${written}`);
  return false;
}

/** Parts of CEL that people may know, and what to write instead. */
const LEFT_OUT: ReadonlyMap<string, string> = new Map([
  ["has", "write `known(x)`"],
  ["size", "make it a fact that counts"],
  ["timestamp", 'write date("2026-03-01")'],
  ["duration", "days are plain numbers: days_since(x) > 30"],
  ["int", "all numbers are of one kind: leave it out"],
  ["uint", "all numbers are of one kind: leave it out"],
  ["double", "all numbers are of one kind: leave it out"],
  ["string", "give the trait `type: string`"],
  ["bool", "give the trait `type: boolean`"],
  ["type", "each fact has one type, known beforehand"],
]);

function unknownFunction(c: Checking, node: CelExpr, name: string, isMethod: boolean): undefined {
  const span = c.functionName(node);
  const [own, others] = isMethod ? [METHODS, CALLS] : [CALLS, METHODS];
  const instead = LEFT_OUT.get(name);
  if (instead !== undefined) {
    return c.report("rule-unsupported", `Rules have no \`${name}\`.`, span, instead);
  }
  const written = others.includes(name) ? (findFunction(name)?.written ?? `${name}(x)`) : undefined;
  if (written !== undefined) {
    return c.report("unknown-function", `\`${name}\` is not written so.`, span, `write ${written}`);
  }
  const meant = nearest(name, own) ?? nearest(name, others);
  const hint = meant === undefined ? `there are ${own.join(", ")}` : `did you mean \`${meant}\`?`;
  return c.report("unknown-function", `There is no function \`${name}\`.`, span, hint);
}

function textLiteral(node: CelExpr | undefined): string | undefined {
  if (node?.exprKind.case !== "constExpr") return undefined;
  const { constantKind } = node.exprKind.value;
  return constantKind.case === "stringValue" ? constantKind.value : undefined;
}
