import type { StageDef } from "../../core/model/types.ts";
import { revenuePlace } from "./revenue-place.ts";
import { type Day, type Instant, parseDay } from "../../core/time/day.ts";
import { AppError } from "../app-error.ts";
import type { EngineContext } from "../context.ts";
import { keptBook } from "../impact/kept-book.ts";
import { takeTurns } from "../impact/take-turns.ts";
import { liveModel } from "../live-model.ts";
import type { BookAccount, CurrentDecision, StageMove } from "../ports.ts";
import { revenueOf } from "../revenue-of.ts";

export interface FlowStage {
  readonly name: string;
  /** Days that it should take; null: the model does not say. */
  readonly expect: number | null;
  readonly accounts: number;
  readonly revenue: number;
  readonly overdue: number;
  /** Days for which accounts have been in it, of those that are; null: there is none. */
  readonly daysSoFar: number | null;
  /** Days that those took that left it in the time looked at; null: nobody did. */
  readonly daysToLeave: number | null;
  /** Its exit criteria, and for how many of the overdue ones each is still open. */
  readonly criteria: readonly {
    readonly name: string;
    readonly rule: string;
    readonly open: number;
    /** Of these it is unknown: what it asks for is missing. */
    readonly unknown: number;
  }[];
}

export interface LifecycleFlow {
  readonly asOf: Instant;
  readonly today: Day;
  /** Moves are counted from this day on. */
  readonly since: Day;
  readonly stages: readonly FlowStage[];
  /** `from` null: accounts that are new. */
  readonly moves: readonly {
    readonly from: string | null;
    readonly to: string;
    readonly accounts: number;
  }[];
}

export interface StuckAccount {
  readonly id: string;
  readonly name: string | null;
  readonly owner: string | null;
  readonly revenue: number | null;
  readonly since: string;
  readonly days: number;
  /** Criteria that are open, with what is known: null: unknown. */
  readonly open: readonly { readonly name: string; readonly met: boolean | null }[];
}

const DAYS = 90;

/** Where accounts stand in their lifecycle, how they got on, and what keeps those that are late. */
export async function lifecycleFlow(context: EngineContext): Promise<LifecycleFlow> {
  const live = await liveModel(context);
  const { today } = live.moment();
  const { pages, asOf } = await keptBook(context).read();
  const stages = live.model.lifecycle?.stages ?? [];
  const counts = new Map(stages.map((stage) => [stage.name, new StageCount(stage)]));
  const revenue = revenuePlace(live.model);
  const overdue: string[] = [];
  for (const { accounts } of pages) {
    await takeTurns(undefined);
    for (const account of accounts) {
      const stage = account.state?.closed ? null : account.state?.decided?.stage;
      if (!stage) continue;
      const isLate = counts.get(stage.name)?.add(account, today - stage.since, revenue);
      if (isLate) overdue.push(account.id);
    }
  }
  for await (const page of context.store.decisions.current(overdue))
    for (const { decision } of page) counts.get(decision.stage?.name ?? "")?.addOverdue(decision);
  const moved = await context.store.decisions.stageMoves(today - DAYS);
  return {
    asOf,
    today,
    since: today - DAYS,
    stages: [...counts.values()].map((count) => count.result(moved)),
    moves: sumMoves(
      moved.filter(({ from, to }) => (from === null || counts.has(from)) && counts.has(to)),
    ),
  };
}

/** The overdue accounts of a stage, of one of its criteria those for which it is open; most revenue first. */
export async function stuckAccounts(
  context: EngineContext,
  stage: string,
  criterion: string | undefined,
  limit: number,
): Promise<{ readonly total: number; readonly accounts: readonly StuckAccount[] }> {
  const live = await liveModel(context);
  const { today } = live.moment();
  const found = live.model.lifecycle?.stages.find(({ name }) => name === stage);
  if (!found) {
    const known = (live.model.lifecycle?.stages ?? []).map(({ name }) => name).join(", ");
    throw new AppError("bad-value", `The model has no stage \`${stage}\`.`, `There are: ${known}.`);
  }
  const ids: string[] = [];
  for (const { accounts } of (await keptBook(context).read()).pages) {
    for (const { id, state } of accounts) {
      const at = state?.closed ? null : state?.decided?.stage;
      if (at?.name === stage && isOverdue(found, today - at.since)) ids.push(id);
    }
  }
  const accounts: StuckAccount[] = [];
  for await (const page of context.store.decisions.current(ids)) {
    for (const one of page) {
      const stuck = stuckOf(one, today, revenueOf(live.model, one.decision));
      if (stuck && (criterion === undefined || stuck.open.some(({ name }) => name === criterion)))
        accounts.push(stuck);
    }
  }
  const ordered = accounts.toSorted(
    (a, b) => (b.revenue ?? 0) - (a.revenue ?? 0) || (a.id < b.id ? -1 : 1),
  );
  return { total: ordered.length, accounts: ordered.slice(0, limit) };
}

function stuckOf(
  { id, name, owner, decision }: CurrentDecision,
  today: Day,
  revenue: number | null,
): StuckAccount | null {
  const { stage } = decision;
  if (!stage) return null;
  const open = Object.entries(stage.exit)
    .filter(([, { met }]) => met !== true)
    .map(([criterion, { met }]) => ({ name: criterion, met }));
  const days = today - (parseDay(stage.since) ?? today);
  return { id, name, owner, revenue, since: stage.since, days, open };
}

function isOverdue({ expect }: StageDef, days: number): boolean {
  return expect !== undefined && days > expect;
}

class StageCount {
  readonly #stage: StageDef;
  readonly #days: number[] = [];
  readonly #open = new Map<string, { open: number; unknown: number }>();
  #revenue = 0;
  #overdue = 0;

  constructor(stage: StageDef) {
    this.#stage = stage;
  }

  /** Answers whether it is overdue. */
  add({ facts }: BookAccount, days: number, revenue: number | null): boolean {
    const worth = revenue === null ? null : facts?.[revenue];
    this.#days.push(days);
    this.#revenue += typeof worth === "number" ? worth : 0;
    const isLate = isOverdue(this.#stage, days);
    if (isLate) this.#overdue += 1;
    return isLate;
  }

  addOverdue({ stage }: CurrentDecision["decision"]): void {
    for (const [name, { met }] of Object.entries(stage?.exit ?? {})) {
      if (met === true) continue;
      const count = this.#open.get(name) ?? { open: 0, unknown: 0 };
      this.#open.set(name, {
        open: count.open + 1,
        unknown: count.unknown + (met === null ? 1 : 0),
      });
    }
  }

  result(moved: readonly StageMove[]): FlowStage {
    const { name, expect, exit } = this.#stage;
    const left = moved.filter(({ from }) => from === name);
    return {
      name,
      expect: expect ?? null,
      accounts: this.#days.length,
      revenue: this.#revenue,
      overdue: this.#overdue,
      daysSoFar: median(this.#days.map((days) => ({ days, accounts: 1 }))),
      daysToLeave: median(left),
      criteria: exit.map((criterion) => ({
        name: criterion.name,
        rule: criterion.rule.text,
        ...(this.#open.get(criterion.name) ?? { open: 0, unknown: 0 }),
      })),
    };
  }
}

/** The day at which half of all accounts are there. */
function median(counts: readonly Pick<StageMove, "days" | "accounts">[]): number | null {
  const known = counts.flatMap(({ days, accounts }) => (days === null ? [] : { days, accounts }));
  const ordered = known.toSorted((a, b) => a.days - b.days);
  const half = ordered.reduce((sum, { accounts }) => sum + accounts, 0) / 2;
  let passed = 0;
  for (const { days, accounts } of ordered) {
    passed += accounts;
    if (passed >= half) return days;
  }
  return null;
}

function sumMoves(moved: readonly StageMove[]): LifecycleFlow["moves"] {
  const sums = new Map<string, { from: string | null; to: string; accounts: number }>();
  for (const { from, to, accounts } of moved) {
    const key = JSON.stringify([from, to]);
    const sum = sums.get(key);
    if (sum) sum.accounts += accounts;
    else sums.set(key, { from, to, accounts });
  }
  return [...sums.values()].toSorted((a, b) => b.accounts - a.accounts);
}
