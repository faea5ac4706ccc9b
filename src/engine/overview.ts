import { coverageOf } from "../core/allocate/coverage.ts";
import { frameOf } from "../core/allocate/frame.ts";
import type { Model } from "../core/model/index.ts";
import type { Day } from "../core/time/day.ts";
import type { AccountInNeed } from "./accounts-in-need.ts";
import { todayOf } from "./book-history/book-today.ts";
import type { BookNow } from "./book-view/book-now.ts";
import { WEEKS_AHEAD } from "./capacity.ts";
import { readMembers } from "./capacity/read-book.ts";
import { staffedBook } from "./capacity/staffed-book.ts";
import type { EngineContext } from "./context.ts";
import { workspaceCalendar } from "./holidays.ts";
import { type MoverGroup, movers } from "./movers.ts";
import { findNeeds, worstNeeds } from "./worst-needs.ts";

import { type WorkLine, workThisWeek } from "./week-work.ts";

export interface Share {
  readonly name: string;
  readonly accounts: number;
  readonly revenue: number;
  /** Part of all accounts, 0 to 1. */
  readonly share: number;
}

/** Where accounts are now, and where they are at home: raises pass, base levels are staffed for. */
export interface LevelShare extends Share {
  /** Accounts whose base level this is, and their part of all. */
  readonly base: number;
  readonly baseShare: number;
  /** The part of the book that the model expects here, by base level, where it says so. */
  readonly expected: readonly [number, number] | null;
  /** What the level asks for that the team cannot do, in one sentence; null: it can. */
  readonly finding: string | null;
}

export interface Overview {
  readonly today: Day;
  readonly model: Model;
  readonly version: number;
  readonly accounts: number;
  readonly revenue: number;
  readonly levels: readonly LevelShare[];
  readonly stages: readonly (Share & {
    readonly overdue: number;
    /** Days after which an account is overdue in it; null: it may take as long as it likes. */
    readonly expect: number | null;
  })[];
  /** Health bands, the worst first, then unknown; none: the model has no health. */
  readonly bands: readonly Share[];
  readonly moversSince: Day;
  readonly movers: readonly MoverGroup[];
  readonly week: { readonly from: Day; readonly to: Day; readonly work: readonly WorkLine[] };
  readonly inNeed: readonly AccountInNeed[];
  /** How many are in need in all. */
  readonly needing: number;
}

const MOVER_DAYS = 30;
const IN_NEED = 5;

export interface OverviewOptions {
  /** Movers since the day after this one; 30 days back where it is left out. */
  readonly since?: Day;
  /** How many accounts in need are named. */
  readonly inNeed?: number;
}

/** The book's picture: where accounts stand, who moved and why, this week's work, who needs help. */
export async function overview(
  context: EngineContext,
  options: OverviewOptions = {},
): Promise<Overview> {
  const { book, today } = await todayOf(context);
  const { model, modelVersion: version } = book;
  const { since = today - MOVER_DAYS, inNeed = IN_NEED } = options;
  const counts = countBook(book, model, today);
  const needs = findNeeds(book, model, today);
  const team = await readMembers(context);
  const { accounts, work } = await staffedBook(context, book, team, today);
  const frame = frameOf(today, WEEKS_AHEAD, workspaceCalendar(model.workspace), model.workspace);
  const coverage = coverageOf({ levels: model.levels, accounts, work, team, frame });
  const findings = new Map(coverage.map(({ level, finding }) => [level, finding]));
  const monday = frame.weeks[0] ?? today;
  return {
    today,
    model,
    version,
    accounts: counts.accounts,
    revenue: counts.revenue,
    levels: model.levels.map(({ name, share }) => {
      const home = counts.bases(name);
      return {
        ...counts.levels(name),
        base: home.accounts,
        baseShare: home.share,
        expected: share ?? null,
        finding: findings.get(name) ?? null,
      };
    }),
    stages: (model.lifecycle?.stages ?? []).map(({ name, expect }) => ({
      ...counts.stages(name),
      overdue: counts.overdue(name),
      expect: expect ?? null,
    })),
    bands: [...(model.health?.bands ?? []), UNKNOWN_BAND].flatMap(
      ({ name }) => counts.bands(name) ?? [],
    ),
    moversSince: since,
    movers: (await movers(context, book, since)).map(
      ({ what, from, to, why, accounts: moved, examples }) => ({
        what,
        from,
        to,
        why,
        accounts: moved,
        examples,
      }),
    ),
    week: { from: monday, to: monday + 6, work: workThisWeek(work, team, frame) },
    inNeed: await worstNeeds(context, model, needs, inNeed),
    needing: needs.length,
  };
}

const UNKNOWN_BAND = { name: "unknown" };

function countBook(book: BookNow, model: Model, today: Day) {
  const rows = book.find({ state: "decided" }, today);
  const all = rows.length;
  const sharesOf = (column: string, of: Int32Array = rows) =>
    new Map(book.shares(of, column).map(({ value, ...one }) => [value, one]));
  const spread = (column: string) => {
    const shares = sharesOf(column);
    return (name: string): Share => {
      const { accounts, revenue } = shares.get(name) ?? { accounts: 0, revenue: 0 };
      return { name, accounts, revenue, share: all === 0 ? 0 : accounts / all };
    };
  };
  const late = rows.filter((row) => book.value("stage.status", row) === "overdue");
  const overdue = sharesOf("stage", late);
  return {
    accounts: all,
    revenue: book.revenueOf(rows) ?? 0,
    levels: spread("level"),
    bases: spread("base_level"),
    stages: spread("stage"),
    bands: model.health ? spread("health_band") : () => null,
    overdue: (name: string) => overdue.get(name)?.accounts ?? 0,
  };
}
