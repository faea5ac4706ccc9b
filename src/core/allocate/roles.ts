import type { Member } from "./types.ts";

/**
 * What somebody's role is in the model's words: `csm`, `pool`, `sales`, `support`, `marketing`,
 * `cs_ops`, `product`; any other role in lower case. Whoever has none is taken for a CSM.
 */
export function roleOf({ role }: Pick<Member, "role">): string {
  const words = (role ?? "csm")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  const text = words.join("_");
  const known = KNOWN.find(([, names]) => names.some((name) => `_${text}_`.includes(`_${name}_`)));
  return known?.[0] ?? text;
}

/** The first that a role names counts: a `Pool CSM` is of the pool, `Customer Success Operations` no CSM. */
const KNOWN: readonly (readonly [string, readonly string[]])[] = [
  ["pool", ["pool", "pooled", "scaled"]],
  ["cs_ops", ["cs_ops", "cs_operations", "csops", "customer_success_operations"]],
  ["csm", ["csm", "customer_success"]],
  ["sales", ["sales", "account_executive", "account_manager"]],
  ["support", ["support"]],
  ["marketing", ["marketing"]],
  ["product", ["product"]],
];
