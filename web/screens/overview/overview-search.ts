import { oneOf, type RawSearch } from "../../lib/search.ts";

const PERIODS = ["30", "90", "365", "quarter"] as const;
export type Period = (typeof PERIODS)[number];
const KINDS = ["level", "stage", "health"] as const;
export type FlowKind = (typeof KINDS)[number];

/** What the screen's address says after `?`: with it the same view opens again. */
export interface OverviewSearch {
  /** How far back: days, or the quarter that runs. */
  readonly period?: Period | undefined;
  /** Between what accounts move. */
  readonly flows?: FlowKind | undefined;
  /** How renewals are counted. */
  readonly renewals?: "accounts" | "revenue" | undefined;
  /** The open drawer: what its rows are (`rows.ts`). */
  readonly rows?: string | undefined;
}

export function readOverviewSearch(raw: RawSearch): OverviewSearch {
  return {
    period: oneOf(raw["period"], PERIODS),
    flows: oneOf(raw["flows"], KINDS),
    renewals: oneOf(raw["renewals"], ["accounts", "revenue"]),
    rows: raw["rows"] === "" ? undefined : raw["rows"],
  };
}

const DAY_MS = 86_400_000;

/** The first day of a period that ends today; of a quarter the day before it begins. */
export function periodStart(period: Period, today: string): string {
  if (period !== "quarter") return daysBefore(today, Number(period));
  const [year = 0, month = 1] = today.split("-").map(Number);
  const first = Math.floor((month - 1) / 3) * 3;
  return dayText(Date.UTC(year, first, 1) - DAY_MS);
}

export function daysBefore(today: string, days: number): string {
  return dayText(Date.parse(`${today}T00:00:00Z`) - days * DAY_MS);
}

function dayText(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
