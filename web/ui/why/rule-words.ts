import type { Trace, Value } from "../../../src/core/rules/types.ts";

/** What a part of a rule says, taken apart so that it can be told in the reader's language. */
export type Said =
  | { readonly kind: "compare"; readonly left: string; readonly sign: Sign; readonly right: string }
  | { readonly kind: "one_of"; readonly left: string; readonly values: readonly string[] }
  | { readonly kind: "known"; readonly of: string }
  | { readonly kind: "name"; readonly name: string }
  /** `!champion` */
  | { readonly kind: "no"; readonly name: string }
  | { readonly kind: "all" | "any" | "not" | "choose" }
  /** Sums and the like: shown as written. */
  | { readonly kind: "text"; readonly text: string };

const SIGNS = ["==", "!=", "<=", ">=", "<", ">"] as const;
export type Sign = (typeof SIGNS)[number];

const NAME = String.raw`[A-Za-z_][\w.]*`;
const CALL = String.raw`(?:days_since|days_until)\(\s*${NAME}\s*\)`;
const NUMBER = String.raw`-?\d+(?:\.\d+)?`;
const TEXT = String.raw`"[^"]*"|'[^']*'`;
const SIDE = `(?:${CALL}|${NAME}|${NUMBER}|${TEXT})`;
const COMPARE = new RegExp(`^(${SIDE})\\s*(==|!=|<=|>=|<|>)\\s*(${SIDE})$`);
const ONE_OF = new RegExp(`^(${NAME})\\s+in\\s+\\[(.*)\\]$`);
const KNOWN = new RegExp(`^known\\(\\s*(${NAME})\\s*\\)$`);
const NOT_NAME = new RegExp(`^!\\s*\\(?\\s*(${NAME})\\s*\\)?$`);
const ONLY_NAME = new RegExp(`^${NAME}$`);

/** Reads a part by its text; the parts below it tell how it joins them. */
export function said(trace: Pick<Trace, "text" | "children">): Said {
  const text = trace.text.trim();
  const no = NOT_NAME.exec(text);
  if (no?.[1] !== undefined) return { kind: "no", name: no[1] };
  const joined = joinOf(trace);
  if (joined) return { kind: joined };
  const compare = COMPARE.exec(text);
  if (compare?.[1] !== undefined && compare[3] !== undefined)
    return { kind: "compare", left: compare[1], sign: compare[2] as Sign, right: compare[3] };
  const oneOf = ONE_OF.exec(text);
  if (oneOf?.[1] !== undefined)
    return { kind: "one_of", left: oneOf[1], values: listed(oneOf[2] ?? "") };
  const known = KNOWN.exec(text);
  if (known?.[1] !== undefined) return { kind: "known", of: known[1] };
  if (ONLY_NAME.test(text) && text !== "true" && text !== "false")
    return { kind: "name", name: text };
  return { kind: "text", text };
}

/** How a part joins those below it, by what stands between the first two. */
function joinOf({
  text,
  children,
}: Pick<Trace, "text" | "children">): "all" | "any" | "not" | "choose" | null {
  const [first, second, third] = children;
  if (!first) return null;
  if (!second) return text.trim().startsWith("!") && !text.includes("!=") ? "not" : null;
  const start = text.indexOf(first.text) + first.text.length;
  const between = text.slice(start, text.indexOf(second.text, start));
  if (between.includes("&&")) return "all";
  if (between.includes("||")) return "any";
  return third && between.includes("?") ? "choose" : null;
}

function listed(text: string): string[] {
  return text.split(",").map((one) => unquoted(one.trim()));
}

export function unquoted(text: string): string {
  return /^".*"$|^'.*'$/.test(text) ? text.slice(1, -1) : text;
}

/** `"gold"`, `12`, `true` as values; undefined: it is a name. */
export function literal(text: string): Value | undefined {
  if (/^".*"$|^'.*'$/.test(text)) return text.slice(1, -1);
  if (text === "true" || text === "false") return text === "true";
  return new RegExp(`^${NUMBER}$`).test(text) ? Number(text) : undefined;
}

export interface Named {
  readonly name: string;
  /** `days_since(x)` and `days_until(x)`: how many days since or until. */
  readonly days: "since" | "until" | null;
}

export function named(side: string): Named {
  const call = /^days_(since|until)\(\s*([\w.]+)\s*\)$/.exec(side);
  if (call?.[2] === undefined) return { name: side, days: null };
  return { name: call[2], days: call[1] as "since" | "until" };
}

/** `seats_used` -> `seats used`; `segments.value` -> `value`; abbreviations as people write them. */
export function spoken(name: string): string {
  const plain = name
    .replace(/^(?:segments|experiments|contact|properties)\./, "")
    .replaceAll("_", " ");
  return plain.replaceAll(/\b(?:arr|mrr|nps|csat|qbr|crm|api|csm|grr|nrr|sso|id)\b/gi, (one) =>
    one.toUpperCase(),
  );
}

/** Parts that matter: of a rule that holds, those that make it hold; of one that does not, the others. */
export function isDecisive(kind: "all" | "any", parent: Value, part: Value): boolean {
  if (kind === "all") return parent === true || part !== true;
  return parent !== true || part === true;
}
