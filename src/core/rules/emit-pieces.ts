import { isNumeric, meet, type NumericKind } from "./kinds.ts";
import type { Expr } from "./types.ts";

export type Part<Op extends Expr["op"]> = Expr & { readonly op: Op };

/** What the writers of single kinds of parts ask of the emitter (see RuleEmitter). */
export interface Writer {
  number(expr: Expr, wanted?: NumericKind): string;
  text(expr: Expr): string;
  boolean(expr: Expr): string;
  value(expr: Expr): string;
  /** The name of a constant made so in the prologue; the same for the same making. */
  declare(prefix: string, made: string): string;
}

export function comparedKind(left: Expr, right: Expr): "string" | "boolean" | NumericKind {
  const kind = meet(left.type.kind, right.type.kind);
  if (kind === undefined || kind === "any") throw wrongPlace(left, "comparison over columns");
  return kind;
}

export function numericKind(expr: Expr): NumericKind {
  const { kind } = expr.type;
  if (isNumeric(kind)) return kind;
  throw wrongPlace(expr, "number");
}

export function asDay(variable: string, item: Expr, kind: string): string {
  return item.type.kind === "time" && kind === "date" ? `$day(${variable})` : variable;
}

/** As a balanced tree: a list may be long, and code must not nest as deep. */
export function anyOf(truths: readonly string[]): string {
  if (truths.length <= 1) return truths[0] ?? "0";
  const middle = truths.length >> 1;
  return `$or3(${anyOf(truths.slice(0, middle))}, ${anyOf(truths.slice(middle))})`;
}

export function argument(expr: Part<"call">, index: number): Expr {
  const arg = expr.args[index];
  if (!arg) throw wrongPlace(expr, "argument");
  return arg;
}

/** A negative number in brackets: `1 - -1` is fine, `1--1` would not be. */
export function numeral(value: number): string {
  return value < 0 ? `(${value})` : String(value);
}

/** A text as a JavaScript constant that can end no line and no script. */
export function quoted(text: string): string {
  return JSON.stringify(text)
    .replaceAll("\u2028", "\\u2028")
    .replaceAll("\u2029", "\\u2029")
    .replaceAll("<", "\\u003c");
}

export function wrongPlace(expr: Expr, place: string): Error {
  return new Error(`a rule that cannot run over columns: \`${expr.op}\` as a ${place}`);
}
