import { COMPARISONS } from "./comparisons.ts";
import { anyOf, asDay, comparedKind, type Part, type Writer, wrongPlace } from "./emit-pieces.ts";
import { isHeavy } from "./heavy.ts";
import { isNumeric } from "./kinds.ts";
import type { Expr } from "./types.ts";

/** JavaScript true when the comparison is known to be as `wanted`. */
export function compare(w: Writer, expr: Part<"compare">, wanted: boolean): string {
  const kind = comparedKind(expr.left, expr.right);
  const { left, right, sign } = expr;
  if (isNumeric(kind)) {
    const [x, y] = [w.number(left, kind), w.number(right, kind)];
    const comparison = COMPARISONS[sign];
    return wanted ? comparison.emitHolds(x, y) : comparison.emitFails(x, y);
  }
  if (kind === "boolean") return `(${compareTruth(w, expr)} === ${wanted ? 1 : 0})`;
  const [a, b] = [w.text(left), w.text(right)];
  if ((sign === "==") !== wanted) return `$differCode(${a}, ${b})`;
  const isKnown = left.op === "literal" || right.op === "literal";
  return isKnown ? `(${a} === ${b})` : `$sameCode(${a}, ${b})`;
}

/** FALSE, TRUE or UNKNOWN at once; names each side once. */
export function compareTruth(w: Writer, expr: Part<"compare">): string {
  const kind = comparedKind(expr.left, expr.right);
  const { left, right, sign } = expr;
  if (isNumeric(kind)) {
    return COMPARISONS[sign].emitTruth(w.number(left, kind), w.number(right, kind));
  }
  const same =
    kind === "boolean"
      ? `$same3(${w.boolean(left)}, ${w.boolean(right)})`
      : `$sameCode3(${w.text(left)}, ${w.text(right)})`;
  return sign === "==" ? same : `$not3(${same})`;
}

/** As `compare`. The item is worked out once, as `$v` of a function. */
export function isIn(w: Writer, expr: Part<"in">, wanted: boolean): string {
  if (isHeavy(expr)) return `(${w.boolean(expr)} === ${wanted ? 1 : 0})`;
  const { item, list } = expr;
  const tests = list.map((element) => {
    const kind = comparedKind(item, element);
    const e = isNumeric(kind) ? w.number(element, kind) : w.text(element);
    const v = asDay("$v", item, kind);
    // NaN equals nothing, but two unknown texts are both -1.
    const isSure = kind !== "string" || element.op === "literal";
    if (wanted) return isSure ? `${v} === ${e}` : `$sameCode(${v}, ${e})`;
    return kind === "string" ? `$differCode($v, ${e})` : `$differ(${v}, ${e})`;
  });
  const isKnown = item.type.kind === "string" ? "$v >= 0" : "$known($v)";
  const test = wanted ? tests.join(" || ") || "false" : [isKnown, ...tests].join(" && ");
  return itemFunction(w, item, test);
}

/** FALSE, TRUE or UNKNOWN at once; names the item and each element once. */
export function inTruth(w: Writer, expr: Part<"in">): string {
  const { item, list } = expr;
  const tests = list.map((element) => {
    const kind = comparedKind(item, element);
    if (kind === "boolean") return `$same3($v, ${w.boolean(element)})`;
    if (kind === "string") return `$sameCode3($v, ${w.text(element)})`;
    if (!isNumeric(kind)) throw wrongPlace(element, "element");
    return COMPARISONS["=="].emitTruth(asDay("$v", item, kind), w.number(element, kind));
  });
  const { kind } = item.type;
  const isKnown = kind === "boolean" ? "$v !== 2" : kind === "string" ? "$v >= 0" : "$known($v)";
  return itemFunction(w, item, `${isKnown} ? ${anyOf(tests)} : 2`);
}

function itemFunction(w: Writer, item: Expr, test: string): string {
  const made = w.declare("$f", `($v, i, $today) => ${test}`);
  return `${made}(${w.value(item)}, i, $today)`;
}
