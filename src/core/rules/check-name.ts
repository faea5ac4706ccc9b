import type { Expr as CelExpr } from "@bufbuild/cel-spec/cel/expr/syntax_pb.js";
import { nearest } from "../text/nearest.ts";
import type { Checking } from "./checking.ts";
import { FUNCTION_NAMES } from "./functions/registry.ts";
import type { Expr, Scope } from "./types.ts";

/** `arr`, `segments.value`, `properties.a.b`: what stands for a value of the account. */
export function checkName(c: Checking, node: CelExpr): Expr | undefined {
  if (node.exprKind.case === "selectExpr" && node.exprKind.value.testOnly) {
    return c.report("rule-unsupported", "Rules have no `has`.", c.span(node), "write `known(x)`");
  }
  const name = dottedName(node);
  if (name === undefined) return notAName(c, node);
  const span = c.span(node);
  const meaning = c.scope.lookup(name);
  if (!meaning) {
    return c.report("unknown-name", `There is no \`${name}\`.`, span, hintFor(name, c.scope));
  }
  if ("laterBlock" in meaning) {
    const said = `\`${name}\` exists only from the block \`${meaning.laterBlock}\` on.`;
    return c.report("later-block", said, span, "a rule reads its own block and those before it");
  }
  return { op: "name", name, type: meaning.found, ...span };
}

/** A chain of names joined by dots; undefined when its beginning is anything else. */
export function dottedName(node: CelExpr): string | undefined {
  const parts: string[] = [];
  let at: CelExpr | undefined = node;
  while (at?.exprKind.case === "selectExpr" && !at.exprKind.value.testOnly) {
    parts.unshift(at.exprKind.value.field);
    at = at.exprKind.value.operand;
  }
  if (at?.exprKind.case !== "identExpr") return undefined;
  return [at.exprKind.value.name, ...parts].join(".");
}

function notAName(c: Checking, node: CelExpr): undefined {
  const { operand } = node.exprKind.case === "selectExpr" ? node.exprKind.value : {};
  if (operand && !c.check(operand)) return undefined;
  return c.report("rule-unsupported", "Only names have parts behind a dot.", c.span(node));
}

function hintFor(name: string, scope: Scope): string | undefined {
  if (/^(true|false)$/i.test(name)) return `write ${name.toLowerCase()}`;
  if (FUNCTION_NAMES.has(name)) return `a function needs brackets: ${name}(…)`;
  const dot = name.lastIndexOf(".");
  const [owner, part] = [name.slice(0, Math.max(dot, 0)), name.slice(dot + 1)];
  const whole = dot > 0 ? scope.lookup(owner) : undefined;
  if (whole && "found" in whole && whole.found.kind === "string") {
    if (whole.found.values?.includes(part)) return `write ${owner} == ${JSON.stringify(part)}`;
  }
  const names = scope.names();
  const inside = names.find((other) => other.endsWith(`.${part}`));
  const meant = nearest(name, names) ?? inside ?? nearest(part, names);
  return meant === undefined ? undefined : `did you mean \`${meant}\`?`;
}
