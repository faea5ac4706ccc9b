import { type Day, formatDay } from "../../core/time/day.ts";
import type { EngineContext } from "../context.ts";
import { todayOf } from "./book-today.ts";
import { firstDay, lastDay } from "./periods.ts";

/** What comes up for renewal in the quarter that runs and those after it, by health. */
export interface Renewals {
  readonly today: Day;
  /** The fact that says when; null: the model names none. */
  readonly fact: string | null;
  readonly from: Day;
  readonly to: Day;
  /** From the worst to the best, then unknown. */
  readonly bands: readonly string[];
  readonly months: readonly {
    readonly from: Day;
    readonly to: Day;
    readonly bands: readonly {
      readonly band: string;
      readonly accounts: number;
      readonly revenue: number;
      /** The rule that finds these accounts. */
      readonly where: string;
    }[];
  }[];
  /** Open accounts of which no renewal is known. */
  readonly unknown: number;
  /** Whose renewal is past. */
  readonly past: number;
}

export async function renewals(context: EngineContext, quarters = 2): Promise<Renewals> {
  const { book, today } = await todayOf(context);
  const { model } = book;
  const fact = model.workspace.renewal ?? null;
  const to = quartersEnd(today, quarters);
  const bands = [...(model.health?.bands ?? []).map(({ name }) => name), "unknown"];
  const months = monthsOf(today, to).map((month) => ({
    ...month,
    bands: bands.map((band) => ({
      band,
      accounts: 0,
      revenue: 0,
      where: fact === null ? "" : whereOf(fact, month, band),
    })),
  }));
  const answer = { today, fact, from: today, to, bands, months, unknown: 0, past: 0 };
  if (fact === null) return answer;
  const rows = book.find({ state: "decided" }, today);
  const [days, band] = [book.column(fact), book.column("health_band")];
  const worth = model.workspace.revenue === undefined ? null : book.column(model.workspace.revenue);
  for (const row of rows) {
    const day = days[row] ?? Number.NaN;
    if (Number.isNaN(day)) answer.unknown += 1;
    else if (day < today) answer.past += 1;
    const month = months.find((one) => day >= one.from && day <= one.to);
    const cell = month?.bands.find((one) => one.band === (book.text(band[row] ?? -1) ?? "unknown"));
    if (!cell) continue;
    cell.accounts += 1;
    const revenue = worth?.[row] ?? Number.NaN;
    if (!Number.isNaN(revenue)) cell.revenue += revenue;
  }
  return answer;
}

/** The end of the quarter in which the last of so many quarters from today on lies. */
function quartersEnd(today: Day, quarters: number): Day {
  let end = lastDay(today, "quarter");
  for (let n = 1; n < quarters; n++) end = lastDay(end + 1, "quarter");
  return end;
}

/** The first begins today: what lies behind is no renewal to come. */
function monthsOf(today: Day, to: Day): { from: Day; to: Day }[] {
  const months: { from: Day; to: Day }[] = [];
  for (let from = today; from <= to; from = lastDay(from, "month") + 1) {
    months.push({ from: Math.max(from, firstDay(from, "month")), to: lastDay(from, "month") });
  }
  return months;
}

function whereOf(fact: string, { from, to }: { from: Day; to: Day }, band: string): string {
  const day = (one: Day) => `date("${formatDay(one)}")`;
  return `${fact} >= ${day(from)} && ${fact} <= ${day(to)} && health_band == "${band}"`;
}
