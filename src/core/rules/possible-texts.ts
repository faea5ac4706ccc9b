import type { Expr } from "./types.ts";

/** All texts that a part can come to, where that is known: an enumerated fact, a text in quotes. */
export function possibleTexts(expr: Expr): readonly string[] | undefined {
  if (expr.op === "literal" && typeof expr.value === "string") return [expr.value];
  return expr.type.kind === "string" ? expr.type.values : undefined;
}
