import type { Expr as CelExpr } from "@bufbuild/cel-spec/cel/expr/syntax_pb.js";

/** A part deeper than `limit` below the root, or nothing. Keeps its own stack on purpose. */
export function partDeeperThan(limit: number, root: CelExpr): CelExpr | undefined {
  const open: [CelExpr, number][] = [[root, 1]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [node, depth] = next;
    if (depth > limit) return node;
    for (const part of partsOf(node)) open.push([part, depth + 1]);
  }
  return undefined;
}

/** What the checks descend into; parts that rules leave out are refused where they begin. */
function partsOf(node: CelExpr): readonly CelExpr[] {
  switch (node.exprKind.case) {
    case "callExpr": {
      const { target, args } = node.exprKind.value;
      return target ? [target, ...args] : args;
    }
    case "selectExpr":
      return node.exprKind.value.operand ? [node.exprKind.value.operand] : [];
    case "listExpr":
      return node.exprKind.value.elements;
    case "constExpr":
    case "identExpr":
    case "structExpr":
    case "comprehensionExpr":
    case undefined:
      return [];
  }
}
