import { formatDay } from "../../time/day.ts";
import type { CompareOp, Expr, Rule } from "../../rules/types.ts";
import { AS_WRITTEN, canonicalRule, joined, literalLast, type Naming } from "./canonical-rule.ts";
import { number, written } from "./parts.ts";

export interface RuleWords {
  /** Names of the earlier rule as the later model has them. */
  readonly naming: Naming;
  /** The unit of a fact of the later model. */
  unitOf(fact: string): string | undefined;
}

/**
 * What a rule asks for now that it did not before, to be put behind whose rule it is: `needs arr
 * of at least 60,000 USD, was 100,000`. A threshold that moved is told by its numbers, a
 * condition more or less by itself, anything else by both texts.
 */
export function tellRuleChange(before: Rule, after: Rule, words: RuleWords): string {
  const pieces = compare(before.expr, after.expr, { before, after, words, way: "needs" });
  if (pieces && pieces.length > 0 && pieces.length <= MOST_PIECES) return pieces.join("; ");
  return `now has the rule ${written(after.text)}, was ${written(before.text)}`;
}

/** Whether they differ in literals only. */
export function sameButLiterals(before: Rule, after: Rule, naming: Naming): boolean {
  return shape(before.expr, naming) === shape(after.expr, AS_WRITTEN);
}

const MOST_PIECES = 3;
const LITERAL = /(number|string|boolean|date|time):("(?:[^"\\]|\\.)*"|[-\w.]+)/g;

function shape(expr: Expr, naming: Naming): string {
  return canonicalRule(expr, naming).replaceAll(LITERAL, "$1");
}

interface Place {
  readonly before: Rule;
  readonly after: Rule;
  readonly words: RuleWords;
  /** What a condition here does to the whole: all are needed, or one of several is taken. */
  readonly way: "needs" | "takes";
}

/** The differences in words; undefined where they are not of the kinds that can be told so. */
function compare(before: Expr, after: Expr, place: Place): readonly string[] | undefined {
  const { naming } = place.words;
  if (canonicalRule(before, naming) === canonicalRule(after)) return [];
  for (const op of ["and", "or"] as const)
    if (before.op === op || after.op === op) return compareJoined(before, after, op, place);
  if (before.op === "compare" && after.op === "compare") return threshold(before, after, place);
  if (before.op === "in" && after.op === "in") return members(before, after, place);
  return undefined;
}

function compareJoined(
  before: Expr,
  after: Expr,
  op: "and" | "or",
  place: Place,
): readonly string[] | undefined {
  const { naming } = place.words;
  const way = op === "or" ? "takes" : place.way;
  const had = new Set(joined(before, op).map((part) => canonicalRule(part, naming)));
  const has = new Set(joined(after, op).map((part) => canonicalRule(part)));
  const gone = joined(before, op).filter((part) => !has.has(canonicalRule(part, naming)));
  const come = joined(after, op).filter((part) => !had.has(canonicalRule(part)));
  if (gone.length === come.length) return pairwise(gone, come, { ...place, way });
  // a lone rule that became one of several keeps its own place in the sentence
  if (gone.length > 0 && come.length > 0) return undefined;
  const verb = way === "needs" ? "need" : "take";
  return [
    ...come.map((part) => `now also ${verb}s ${slice(part, place.after)}`),
    ...gone.map((part) => `no longer ${verb}s ${slice(part, place.before)}`),
  ];
}

function pairwise(
  gone: readonly Expr[],
  come: readonly Expr[],
  place: Place,
): readonly string[] | undefined {
  const pieces: string[] = [];
  for (const [index, part] of gone.entries()) {
    const told = compare(part, come[index] as Expr, place);
    if (!told) return undefined;
    pieces.push(...told);
  }
  return pieces;
}

type Comparison = Expr & { readonly op: "compare" };

function threshold(a: Comparison, b: Comparison, place: Place): readonly string[] | undefined {
  const [before, after] = [literalLast(a), literalLast(b)];
  if (canonicalRule(before.left, place.words.naming) !== canonicalRule(after.left))
    return undefined;
  if (before.right.op !== "literal" || after.right.op !== "literal") return undefined;
  const unit = unitOf(after.left, place.words);
  const subject = plain(after.left, place.after);
  const now = bound(after.sign, literalText(after.right), unit);
  const sameSign = before.sign === after.sign;
  const was = sameSign
    ? literalText(before.right)
    : bound(before.sign, literalText(before.right), unit).replace(/^of /, "");
  return [`${place.way} ${subject} ${now}, was ${was}`];
}

type Membership = Expr & { readonly op: "in" };

function members(
  before: Membership,
  after: Membership,
  place: Place,
): readonly string[] | undefined {
  const { naming } = place.words;
  if (canonicalRule(before.item, naming) !== canonicalRule(after.item)) return undefined;
  const had = new Set(before.list.map((part) => canonicalRule(part, naming)));
  const has = new Set(after.list.map((part) => canonicalRule(part)));
  const come = after.list.filter((part) => !had.has(canonicalRule(part)));
  const gone = before.list.filter((part) => !has.has(canonicalRule(part, naming)));
  const subject = plain(after.item, place.after);
  const names = (parts: readonly Expr[], of: Rule): string =>
    parts.map((part) => (part.op === "literal" ? literalText(part) : plain(part, of))).join(", ");
  return [
    ...(come.length > 0 ? [`now also takes ${names(come, place.after)} as ${subject}`] : []),
    ...(gone.length > 0 ? [`no longer takes ${names(gone, place.before)} as ${subject}`] : []),
  ];
}

function bound(sign: CompareOp, value: string, unit: string | undefined): string {
  const amount = unit === undefined ? value : `${value} ${unit}`;
  switch (sign) {
    case ">=":
      return `of at least ${amount}`;
    case ">":
      return `of more than ${amount}`;
    case "<=":
      return `of at most ${amount}`;
    case "<":
      return `below ${amount}`;
    case "==":
      return `to be ${amount}`;
    case "!=":
      return `to be other than ${amount}`;
  }
}

function unitOf(expr: Expr, words: RuleWords): string | undefined {
  if (expr.op === "name") return words.unitOf(expr.name);
  return expr.op === "call" && expr.fn.startsWith("days_") ? "days" : undefined;
}

function literalText({ type, value }: Expr & { readonly op: "literal" }): string {
  if (type.kind === "date" && typeof value === "number") return formatDay(value);
  return typeof value === "number" ? number(value) : String(value);
}

function slice(part: Expr, { text }: Rule): string {
  return written(text.slice(part.start, part.end));
}

function plain(part: Expr, rule: Rule): string {
  return slice(part, rule).slice(1, -1);
}
