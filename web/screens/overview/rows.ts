import { oneOf } from "../../lib/search.ts";
import type { FlowKind } from "./overview-search.ts";

/** The rows behind a figure, as the address says them: a link opens the same drawer again. */
export type Rows =
  | {
      readonly of: "moved";
      readonly kind: FlowKind;
      readonly from: string;
      readonly to: string;
      /** `-`: not in the book; undefined: wherever. */
      readonly was?: string | undefined;
      readonly is?: string | undefined;
    }
  | { readonly of: "need" }
  | {
      readonly of: "movers";
      readonly since: string;
      readonly what: "level" | "stage";
      /** null: none. */
      readonly from: string | null;
      readonly to: string | null;
      readonly why: string;
    }
  | {
      readonly of: "touches";
      readonly from: string;
      readonly to: string;
      readonly human?: boolean | undefined;
      /** Empty: of no level. */
      readonly level?: string | undefined;
      readonly outcome?: Outcome | undefined;
    };

const OUTCOMES = ["done", "open", "missed", "off", "planned"] as const;
export type Outcome = (typeof OUTCOMES)[number];
const ANY = "*";

export function rowsText(rows: Rows): string {
  return partsOf(rows)
    .map((part) => encodeURIComponent(part).replaceAll("~", "%7E"))
    .join("~");
}

function partsOf(rows: Rows): readonly string[] {
  if (rows.of === "need") return [rows.of];
  if (rows.of === "moved")
    return [rows.of, rows.kind, rows.from, rows.to, rows.was ?? ANY, rows.is ?? ANY];
  if (rows.of === "movers")
    return [rows.of, rows.since, rows.what, rows.from ?? ANY, rows.to ?? ANY, rows.why];
  return [
    rows.of,
    rows.from,
    rows.to,
    rows.human === undefined ? ANY : rows.human ? "human" : "automated",
    rows.level ?? ANY,
    rows.outcome ?? ANY,
  ];
}

/** null: nothing that opens; somebody has changed the address. */
export function readRows(text: string | undefined): Rows | null {
  if (text === undefined) return null;
  const [of, ...parts] = text.split("~").map(decoded);
  if (of === "moved") {
    const [kind, from = "", to = "", was = "", is = ""] = parts;
    const known = oneOf(kind, ["level", "stage", "health"]);
    return known ? { of, kind: known, from, to, was: named(was), is: named(is) } : null;
  }
  if (of === "movers") {
    const [since = "", kind, from = "", to = "", why = ""] = parts;
    const what = oneOf(kind, ["level", "stage"]);
    return what ? { of, since, what, from: named(from) ?? null, to: named(to) ?? null, why } : null;
  }
  if (of === "need") return { of };
  if (of !== "touches") return null;
  const [from = "", to = "", who = ANY, level = ANY, outcome] = parts;
  return {
    of,
    from,
    to,
    human: who === ANY ? undefined : who === "human",
    level: level === ANY ? undefined : level,
    outcome: oneOf(outcome, OUTCOMES),
  };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function named(part: string): string | undefined {
  return part === ANY ? undefined : part;
}

/** The rule as an address of the portfolio. */
export function portfolioHref(where: string): string {
  return `/portfolio?where=${encodeURIComponent(where)}`;
}
