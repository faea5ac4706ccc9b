import { comparedKind, type Part, type Writer } from "./emit-pieces.ts";
import { operandsOf } from "./expr-parts.ts";
import { functionOf } from "./functions/registry.ts";
import { isHeavy } from "./heavy.ts";
import { isNumeric } from "./kinds.ts";
import type { Expr } from "./types.ts";

/** What the bit form asks of the emitter beside values. */
export interface BitWriter extends Writer {
  isTrue(expr: Expr): string;
  isFalse(expr: Expr): string;
}

/** A longer list is better left at its first match. */
const SHORT_LIST = 8;

/**
 * 1 where a condition is known to be as `wanted`, else 0, without a branch.
 *
 * A processor guesses which way `a && b` goes and loses some twenty cycles where it guesses
 * wrong. Over a book it does so all the time, since nothing tells from one customer what the
 * next is like. `a & b` works out both sides and is several times as fast. Only parts that cost
 * more than a wrong guess (texts looked at, `? :`) are still passed over where they don't matter.
 */
export function bit(w: BitWriter, expr: Expr, wanted: boolean): string {
  if (!isLight(expr)) return `(${wanted ? w.isTrue(expr) : w.isFalse(expr)} ? 1 : 0)`;
  switch (expr.op) {
    case "not":
      return bit(w, expr.of, !wanted);
    case "and":
    case "or": {
      const sign = (expr.op === "and") === wanted ? "&" : "|";
      return `(${bit(w, expr.left, wanted)} ${sign} ${bit(w, expr.right, wanted)})`;
    }
    case "compare":
      return comparisonBit(w, expr, wanted);
    case "in":
      return listBit(w, expr, wanted);
    default:
      return `+${wanted ? w.isTrue(expr) : w.isFalse(expr)}`;
  }
}

function comparisonBit(w: BitWriter, expr: Part<"compare">, wanted: boolean): string {
  const { left, right, sign } = expr;
  const isSame = (sign === "==") === wanted;
  if (comparedKind(left, right) !== "string" || isSame) {
    return `+${wanted ? w.isTrue(expr) : w.isFalse(expr)}`;
  }
  const known = [left, right].filter(({ op }) => op !== "literal");
  return allOf([
    `+(${w.text(left)} !== ${w.text(right)})`,
    ...known.map((side) => `+(${w.text(side)} >= 0)`),
  ]);
}

/** The item is written once for each element: it is named once a row (see row-locals.ts). */
function listBit(w: BitWriter, { item, list }: Part<"in">, wanted: boolean): string {
  const sameAs = (element: Expr): [string, string] => {
    const kind = comparedKind(item, element);
    return isNumeric(kind)
      ? [w.number(item, kind), w.number(element, kind)]
      : [w.text(item), w.text(element)];
  };
  const pairs = list.map(sameAs);
  if (wanted) return `(${pairs.map(([x, y]) => `+(${x} === ${y})`).join(" | ") || "0"})`;
  const isKnown = item.type.kind === "string" ? `${w.text(item)} >= 0` : `$known(${w.value(item)})`;
  return allOf([`+(${isKnown})`, ...pairs.map(([x, y]) => `+(${x} !== ${y})`)]);
}

function allOf(bits: readonly string[]): string {
  return `(${bits.join(" & ")})`;
}

const LIGHT = new WeakMap<Expr, boolean>();

function isLight(expr: Expr): boolean {
  let light = LIGHT.get(expr);
  if (light === undefined) {
    light = isLightItself(expr) && operandsOf(expr).every(isLight);
    LIGHT.set(expr, light);
  }
  return light;
}

function isLightItself(expr: Expr): boolean {
  if (isHeavy(expr)) return false;
  if (expr.op === "call") return functionOf(expr.fn).makes === "number";
  if (expr.op !== "in") return true;
  return expr.list.length <= SHORT_LIST && expr.list.every(({ op }) => op === "literal");
}
