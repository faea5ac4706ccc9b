import { coverageOf } from "../core/allocate/coverage.ts";
import { frameOf } from "../core/allocate/frame.ts";
import { WorkReader } from "../core/allocate/planned-work.ts";
import type { Decision } from "../core/decide/index.ts";
import type { Model } from "../core/model/index.ts";
import { because } from "../core/scenario/index.ts";
import type { Day } from "../core/time/day.ts";
import type { AccountInNeed } from "./accounts-in-need.ts";
import { todayOf } from "./book-history/book-today.ts";
import { Known } from "./book-history/known.ts";
import type { BookNow } from "./book-view/book-now.ts";
import { WEEKS_AHEAD } from "./capacity.ts";
import { readMembers, readWork } from "./capacity/read-book.ts";
import { standingsIn } from "./capacity/staffed-book.ts";
import type { EngineContext } from "./context.ts";
import { workspaceCalendar } from "./holidays.ts";
import { findNeeds, worstNeeds } from "./worst-needs.ts";

export { revenueOf } from "./revenue-of.ts";
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

/** Accounts that made the same move for the same reason. */
export interface MoverGroup {
  readonly what: "level" | "stage";
  readonly from: string | null;
  readonly to: string | null;
  readonly why: string;
  readonly accounts: number;
  readonly examples: readonly string[];
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
  const work = await readWork(context, new WorkReader(model, team, today), counts.known);
  const frame = frameOf(today, WEEKS_AHEAD, workspaceCalendar(model.workspace), model.workspace);
  const coverage = coverageOf({ levels: model.levels, accounts: counts.owned, work, team, frame });
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
    movers: await known.get(context.store, String(since), book.change, () =>
      movers(context, since),
    ),
    week: { from: monday, to: monday + 6, work: workThisWeek(work, team, frame) },
    inNeed: await worstNeeds(context, model, needs, inNeed),
    needing: needs.length,
  };
}

const UNKNOWN_BAND = { name: "unknown" };
const known = new Known<MoverGroup[]>();

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
    ...standingsIn(book, rows, model),
  };
}

async function movers(context: EngineContext, since: Day): Promise<MoverGroup[]> {
  const groups = new Map<string, MoverGroup & { accounts: number; examples: string[] }>();
  for await (const page of context.store.decisions.moves(since)) {
    for (const { before, after, name } of page) {
      for (const move of movesOf(before.decision, after.decision)) {
        const key = JSON.stringify(move);
        let group = groups.get(key);
        if (!group) groups.set(key, (group = { ...move, accounts: 0, examples: [] }));
        group.accounts += 1;
        if (group.examples.length < 3) group.examples.push(name ?? after.decision.account);
      }
    }
  }
  return [...groups.values()].toSorted(
    (a, b) => b.accounts - a.accounts || (a.why < b.why ? -1 : 1),
  );
}

export type Move = Pick<MoverGroup, "what" | "from" | "to" | "why">;

/** What changed of level and stage between two decisions of an account, and why. */
export function movesOf(before: Decision, after: Decision): Move[] {
  const moves: Move[] = [];
  const [fromLevel, toLevel] = [before.level?.name ?? null, after.level?.name ?? null];
  if (fromLevel !== toLevel)
    moves.push({ what: "level", from: fromLevel, to: toLevel, why: whyLevel(before, after) });
  const [fromStage, toStage] = [before.stage?.name ?? null, after.stage?.name ?? null];
  if (fromStage !== toStage)
    moves.push({ what: "stage", from: fromStage, to: toStage, why: whyStage(before, after) });
  return moves;
}

/** The reasons that are new or gone, in a CS leader's words. */
function whyLevel(before: Decision, after: Decision): string {
  if (after.level?.pinned) return `pinned by hand: ${after.level.pinned.reason}`;
  if (before.level?.pinned) return "a pin ended";
  const was = because(before);
  const is = because(after);
  const came = is.filter((name) => !was.includes(name));
  const went = was.filter((name) => !is.includes(name));
  const parts = [...came, ...went.map((name) => `no longer: ${name}`)];
  if (before.level?.base !== after.level?.base) parts.push(baseRule(after));
  return parts.join("; ") || (before.level?.held ? "the hold ran out" : "the model changed");
}

function baseRule(decision: Decision): string {
  const won = decision.level?.steps.find(({ name, applied }) => name === undefined && applied);
  return won ? `base ${won.after ?? ""}: ${won.rule}` : "another base level";
}

function whyStage(before: Decision, after: Decision): string {
  const last = after.stage?.moves.at(-1);
  if (last?.because === "exit") return "exit criteria hold";
  if (last?.because === "enter") return `${after.stage?.name ?? "the stage"} begins`;
  if (!last) return "set by hand";
  // only where the stage it was in is gone does an account begin anew
  return before.stage ? `the model has no stage ${before.stage.name}` : "first stage";
}
