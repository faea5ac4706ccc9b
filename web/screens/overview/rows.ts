import { oneOf } from "../../lib/search.ts";
import type { FlowKind } from "./overview-search.ts";

/** The rows behind a figure, as the address says them: a link opens the same drawer again. */
export type Rows =
  | {
      readonly of: "moved";
      readonly kind: FlowKind;
      readonly from: string;
      readonly to: string;
      /** `-`: not in the book. */
      readonly was: string;
      readonly is: string;
    }
  | { readonly of: "need" }
  | {
      readonly of: "touches";
      readonly from: string;
      readonly to: string;
      readonly human?: boolean | undefined;
      /** Empty: of no level. */
      readonly level?: string | undefined;
      readonly outcome?: Outcome | undefined;
    };

const OUTCOMES = ["done", "open", "missed", "off"] as const;
export type Outcome = (typeof OUTCOMES)[number];
const ANY = "*";

export function rowsText(rows: Rows): string {
  if (rows.of === "need") return rows.of;
  const parts =
    rows.of === "moved"
      ? [rows.of, rows.kind, rows.from, rows.to, rows.was, rows.is]
      : [
          rows.of,
          rows.from,
          rows.to,
          rows.human === undefined ? ANY : rows.human ? "human" : "automated",
          rows.level ?? ANY,
          rows.outcome ?? ANY,
        ];
  return parts.map(encodeURIComponent).join("~");
}

/** null: nothing that opens; somebody has changed the address. */
export function readRows(text: string | undefined): Rows | null {
  if (text === undefined) return null;
  const [of, ...parts] = text.split("~").map((part) => decodeURIComponent(part));
  if (of === "moved") {
    const [kind, from = "", to = "", was = "", is = ""] = parts;
    const known = oneOf(kind, ["level", "stage", "health"]);
    return known ? { of, kind: known, from, to, was, is } : null;
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

/** The rule as an address of the portfolio. */
export function portfolioHref(where: string): string {
  return `/portfolio?where=${encodeURIComponent(where)}`;
}
