import type { Described } from "./portfolio-data.ts";

/** Columns with texts of their own: `column.level` and so on. */
const NAMED = [
  "level",
  "base_level",
  "stage",
  "health",
  "health_band",
  "held",
  "days_in_stage",
  "days_at_level",
  "account_id",
  "account_name",
  "account_age_days",
  "days_since_touch",
  "days_since_human_touch",
  "account.owner",
  "account.created_at",
  "account.decided_on",
  "touch.next",
  "touch.next_title",
  "touch.next_any",
  "level.since",
  "level.pinned",
  "level.pinned_until",
  "stage.since",
  "stage.status",
  "stage.exit_count",
  "stage.exit_met",
  "stage.exit_open",
  "health.coverage",
  "programs",
  "segments",
] as const;
export type NamedColumn = (typeof NAMED)[number];

const INITIALS = /^(arr|mrr|acv|nps|csat|ces|grr|nrr|qbr|roi|id|api)$/i;

/** A fact's name as a heading: `renewal_date` → Renewal date, `arr` → ARR. */
export function headingOf(name: string): string {
  const words = name
    .replace(/^(segments|experiments)\./, "")
    .split("_")
    .map((word) => (INITIALS.test(word) ? word.toUpperCase() : word));
  const text = words.join(" ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export function namedColumn(name: string): NamedColumn | undefined {
  return NAMED.find((one) => one === name);
}

/** What is shown before anybody chooses. */
export function usualColumns({ revenue, renewal }: Described): readonly string[] {
  return [
    "level",
    "stage",
    "health",
    ...(revenue === null ? [] : [revenue]),
    ...(renewal === null ? [] : [renewal]),
    "account.owner",
    "touch.next",
    "segments",
  ];
}

/** Also asked for: what cells show beside their own value. */
const ALONG: { readonly [column: string]: readonly string[] } = {
  level: ["level.pinned", "held"],
  stage: ["stage.status"],
  health: ["health_band"],
  "touch.next": ["touch.next_title"],
};

export function columnsToAsk(columns: readonly string[]): readonly string[] {
  return [...new Set(columns.flatMap((name) => [name, ...(ALONG[name] ?? []), "account.owner"]))];
}

export const NAME_WIDTH = 220;
const WIDTHS: { readonly [column: string]: number } = {
  level: 105,
  stage: 118,
  health: 132,
  "account.owner": 140,
  "touch.next": 190,
  segments: 260,
  programs: 200,
  "stage.exit_open": 220,
};
const USUAL_WIDTH = 118;

export function widthOf(column: string, widths: ReadonlyMap<string, number>): number {
  return widths.get(column) ?? (column === "name" ? NAME_WIDTH : (WIDTHS[column] ?? USUAL_WIDTH));
}

export function readWidths(text: string | undefined): ReadonlyMap<string, number> {
  const widths = new Map<string, number>();
  for (const one of (text ?? "").split(",")) {
    const [, column, width] = /^(.+):(\d{2,4})$/.exec(one) ?? [];
    if (column !== undefined) widths.set(column, Math.min(800, Math.max(60, Number(width))));
  }
  return widths;
}

export function writeWidths(widths: ReadonlyMap<string, number>): string | undefined {
  const text = [...widths].map(([column, width]) => `${column}:${Math.round(width)}`).join(",");
  return text === "" ? undefined : text;
}
