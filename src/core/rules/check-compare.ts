import type { Expr as CelExpr } from "@bufbuild/cel-spec/cel/expr/syntax_pb.js";
import { nearest } from "../text/nearest.ts";
import { parseDay } from "../time/day.ts";
import type { Checking } from "./checking.ts";
import { dottedName } from "./check-name.ts";
import { isOrder } from "./comparisons.ts";
import { KIND_WORDS, meet } from "./kinds.ts";
import type { CompareOp, Expr } from "./types.ts";

export function checkCompare(
  c: Checking,
  node: CelExpr,
  sign: CompareOp,
  leftNode: CelExpr | undefined,
  rightNode: CelExpr | undefined,
): Expr | undefined {
  if (!leftNode || !rightNode) return undefined;
  const left = checkSide(c, leftNode, rightNode);
  const right = checkSide(c, rightNode, leftNode);
  if (!left || !right) return undefined;
  const span = c.span(node);
  if (!meets(c, left, right)) return undefined;
  if (isOrder(sign) && !hasOrder(c, sign, left, right)) return undefined;
  if (!checkTexts(c, left, right)) return undefined;
  return { op: "compare", sign, left, right, type: { kind: "boolean" }, ...span };
}

export function checkIn(
  c: Checking,
  node: CelExpr,
  itemNode: CelExpr | undefined,
  listNode: CelExpr | undefined,
): Expr | undefined {
  if (!itemNode || !listNode) return undefined;
  const item = c.check(itemNode);
  if (listNode.exprKind.case !== "listExpr") {
    if (!c.check(listNode)) return undefined;
    const said = "`in` needs a list in square brackets.";
    return c.report("rule-type", said, c.span(listNode), 'x in ["a", "b"]');
  }
  const list = listNode.exprKind.value.elements.map((element) =>
    checkSide(c, element, itemNode, item),
  );
  if (!item) return undefined;
  const whole: Expr[] = [];
  for (const element of list) {
    if (element && meets(c, item, element) && checkTexts(c, item, element)) whole.push(element);
  }
  if (whole.length < list.length) return undefined;
  return { op: "in", item, list: whole, type: { kind: "boolean" }, ...c.span(node) };
}

/** A bare word where a text is compared is most often a text whose quotes were forgotten. */
function checkSide(c: Checking, node: CelExpr, otherNode: CelExpr, other?: Expr): Expr | undefined {
  const word = dottedName(node);
  if (word !== undefined && !word.includes(".") && c.scope.lookup(word) === undefined) {
    const texts = (other ?? quietly(c, otherNode))?.type;
    const isText = texts?.kind === "string";
    const enumerated = isText ? texts.values : undefined;
    const meant = enumerated ? nearest(word, enumerated) : undefined;
    if (isText && (meant !== undefined || (!enumerated && !nearest(word, c.scope.names())))) {
      const hint = `texts stand in quotes: ${JSON.stringify(meant ?? word)}`;
      return c.report("unknown-name", `There is no \`${word}\`.`, c.span(node), hint);
    }
  }
  return c.check(node);
}

/** The type of a plain name, without reporting anything. */
function quietly(c: Checking, node: CelExpr): Pick<Expr, "type"> | undefined {
  const name = dottedName(node);
  const meaning = name === undefined ? undefined : c.scope.lookup(name);
  return meaning && "found" in meaning ? { type: meaning.found } : undefined;
}

function meets(c: Checking, left: Expr, right: Expr): boolean {
  if (meet(left.type.kind, right.type.kind)) return true;
  const said =
    `\`${c.quote(left)}\` is ${KIND_WORDS[left.type.kind]} and ` +
    `\`${c.quote(right)}\` is ${KIND_WORDS[right.type.kind]}: they cannot be compared.`;
  const span = { start: left.start, end: right.end };
  c.report("rule-type", said, span, literalHint(left, right) ?? literalHint(right, left));
  return false;
}

/** `arr > "100"`, `renewal_date < "2026-03-01"`, `champion == "true"`. */
function literalHint(literal: Expr, other: Expr): string | undefined {
  if (literal.op !== "literal" || typeof literal.value !== "string") return undefined;
  const text = literal.value;
  const { kind } = other.type;
  if ((kind === "date" || kind === "time") && parseDay(text) !== undefined) {
    return `write date("${text}")`;
  }
  const plain = kind === "number" ? text.trim() !== "" && Number.isFinite(Number(text)) : false;
  if (plain || (kind === "boolean" && /^(true|false)$/.test(text)))
    return `write ${text.trim()} without quotes`;
  return undefined;
}

function hasOrder(c: Checking, sign: CompareOp, left: Expr, right: Expr): boolean {
  const kind = meet(left.type.kind, right.type.kind);
  if (kind !== "string" && kind !== "boolean") return true;
  const span = { start: left.start, end: right.end };
  if (kind === "boolean") {
    c.report("rule-type", `\`${sign}\` compares numbers, dates and times.`, span);
    return false;
  }
  const [name, text] = left.op === "literal" ? [right, left] : [left, right];
  const hint = `write ${c.quote(name)} in [${c.quote(text)}, …] and list every value that is meant`;
  c.report("level-order", `Texts have no order, so \`${sign}\` means nothing here.`, span, hint);
  return false;
}

/** An enumerated fact compared with a text that it can never be. */
function checkTexts(c: Checking, left: Expr, right: Expr): boolean {
  const wrong = [...strangers(left, right), ...strangers(right, left)];
  for (const { literal, owner, values } of wrong) reportStranger(c, literal, owner, values);
  return wrong.length === 0;
}

interface Stranger {
  readonly literal: Expr & { readonly op: "literal" };
  readonly owner: Expr;
  readonly values: readonly string[];
}

function strangers(owner: Expr, other: Expr): Stranger[] {
  const values = owner.type.kind === "string" ? owner.type.values : undefined;
  if (!values) return [];
  const literals = literalsOf(other);
  return literals
    .filter(({ value }) => !values.includes(String(value)))
    .map((literal) => ({ literal, owner, values }));
}

/** Texts in quotes that the part may come to, also in the branches of `? :`. */
function literalsOf(expr: Expr): (Expr & { readonly op: "literal" })[] {
  if (expr.op === "choose") return [...literalsOf(expr.yes), ...literalsOf(expr.no)];
  return expr.op === "literal" ? [expr] : [];
}

const LISTED = 12;

function reportStranger(
  c: Checking,
  literal: Expr & { readonly op: "literal" },
  owner: Expr,
  values: readonly string[],
): void {
  const text = String(literal.value);
  const more = values.length > LISTED ? ", …" : "";
  const listed = values.slice(0, LISTED).join(", ") + more;
  const said = `\`${c.quote(owner)}\` is never ${JSON.stringify(text)}; it can be ${listed}.`;
  const meant = nearest(text, values);
  const hint =
    text === ""
      ? `write !known(${c.quote(owner)})`
      : meant === undefined
        ? undefined
        : `did you mean ${JSON.stringify(meant)}?`;
  c.report("unknown-value", said, literal, hint);
}
