import { Evaluator } from "../../core/account/evaluate-accounts.ts";
import { compileModel } from "../../core/decide/index.ts";
import type { Model } from "../../core/model/types.ts";
import { EndJudge } from "../../core/simulate/judge-ends.ts";
import { periodsOf, type PeriodLength } from "../../core/simulate/periods.ts";
import { simulateDays } from "../../core/simulate/simulate-days.ts";
import { DayTally } from "../../core/simulate/tally-days.ts";
import type { PastAccount } from "../../core/simulate/types.ts";
import type { Day } from "../../core/time/day.ts";
import { localDay } from "../../core/time/zone.ts";
import { AppError } from "../app-error.ts";
import { awaitedLater } from "../awaited-later.ts";
import { checkModel, type ModelFiles } from "../check-model.ts";
import type { EngineContext, Progress } from "../context.ts";
import { workspaceCalendar } from "../holidays.ts";
import { momentOf } from "../live-model.ts";
import { BookSurvey } from "./book-survey.ts";
import { isOfCustomers, pastAccount } from "./past-account.ts";
import { refuseBook, refuseSpan, requireEvent } from "./refuse.ts";
import type { ModelSimulation, Simulation } from "./simulation.ts";
import { TeamMinutes } from "./team-minutes.ts";

export interface SimulateOptions {
  readonly from: Day;
  readonly to: Day;
  /** Another model to be held beside it. */
  readonly vs?: ModelFiles;
  /** A tracked event's name, or `account:closed`. */
  readonly ended?: string;
  readonly by?: PeriodLength;
  /** So many days before `from` are decided first, without touches; default as a first apply. */
  readonly warmUp?: number;
  readonly onRead?: Progress;
  readonly onDay?: Progress;
}

/** As many days as a first apply looks back. */
const WARM_UP = 90;
const ACCOUNTS_AT_ONCE = 100;

interface Prepared {
  readonly model: Model;
  readonly evaluator: Evaluator;
  readonly accounts: PastAccount[];
}

/**
 * What would have come of the stored history had a model been live: lived through day by day in
 * memory, with nothing read but what customers did and what was known of them, and nothing written.
 */
export async function simulateModel(
  context: EngineContext,
  files: ModelFiles,
  options: SimulateOptions,
): Promise<Simulation> {
  const models = [files, ...(options.vs ? [options.vs] : [])].map(readable);
  const zone = (models[0] as Model).workspace.timezone;
  const { from, to, ended, by = "week", warmUp = WARM_UP } = options;
  const { today } = momentOf(context, zone);
  refuseSpan(from, to, today);
  const events = await context.store.accounts.eventNames();
  if (ended !== undefined) requireEvent(ended, events);
  const prepared = models.map((model): Prepared => ({
    model,
    evaluator: new Evaluator(compileModel(model), workspaceCalendar(model.workspace)),
    accounts: [],
  }));
  const survey = await readBook(context, prepared, options);
  const newest = events.flatMap(({ name, newest: at }) => (isOfCustomers(name) ? at : []));
  const lastEvent = newest.length === 0 ? null : localDay(Math.max(...newest), zone);
  refuseBook(survey, from, to, lastEvent);
  const team = await context.store.team.list();
  const span = { from, to, warmUp };
  const lived: ModelSimulation[] = [];
  for (const [index, one] of prepared.entries()) {
    const days = { done: index * (to - from + 1), all: prepared.length * (to - from + 1) };
    const report = (done: number): void => options.onDay?.(days.done + done, days.all);
    const minutes = new TeamMinutes(team, today, workspaceCalendar(one.model.workspace));
    lived.push({
      ...(await live(one, span, by, ended !== undefined, minutes, report)),
      mayLeak: survey.constants(one.model),
    });
  }
  return {
    from,
    to,
    decidedFrom: from - warmUp,
    by,
    ended: ended ?? null,
    book: {
      accounts: survey.accounts,
      firstDay: survey.firstDay,
      lastEvent,
      withoutCreation: survey.withoutCreation,
      team: new TeamMinutes(team, today, workspaceCalendar((models[0] as Model).workspace)).size,
    },
    models: lived,
  };
}

function readable(files: ModelFiles): Model {
  const { model, diagnostics } = checkModel(files);
  const first = diagnostics.find(({ severity }) => severity === "error");
  if (model && !first) return model;
  throw new AppError(
    "invalid-model",
    `${files.file} has errors and was not simulated: ${first?.message ?? ""}`,
    `\`touchstone validate ${files.file}\` shows all of them with their lines.`,
  );
}

/** Reads the book once, for all models. */
async function readBook(
  { store }: EngineContext,
  models: readonly Prepared[],
  { ended, onRead }: SimulateOptions,
): Promise<BookSurvey> {
  const survey = new BookSurvey();
  const ids = await store.accounts.ids({});
  // the store works in a thread or process of its own: it reads on while these are taken in
  const load = async (start: number) =>
    start < ids.length ? store.accounts.load(ids.slice(start, start + ACCOUNTS_AT_ONCE)) : [];
  let loading = awaitedLater(load(0));
  for (let start = 0; start < ids.length; start += ACCOUNTS_AT_ONCE) {
    const stored = await loading;
    loading = awaitedLater(load(start + ACCOUNTS_AT_ONCE));
    for (const account of stored) {
      for (const [index, { evaluator, accounts }] of models.entries()) {
        const past = pastAccount(evaluator.compiled.plan, account, ended);
        accounts.push(past);
        if (index === 0) survey.add(account, past.since);
      }
    }
    onRead?.(Math.min(start + ACCOUNTS_AT_ONCE, ids.length), ids.length);
  }
  return survey;
}

async function live(
  { model, evaluator, accounts }: Prepared,
  span: { readonly from: Day; readonly to: Day; readonly warmUp: number },
  by: PeriodLength,
  judges: boolean,
  team: TeamMinutes,
  report: (days: number) => void,
): Promise<Omit<ModelSimulation, "mayLeak">> {
  const { from, to } = span;
  const tally = new DayTally(model, periodsOf(from, to, by));
  const ends = accounts.map((account) => account.ends);
  const judge = judges ? new EndJudge(model, ends, from, to) : null;
  const calendar = workspaceCalendar(model.workspace);
  for (const lived of simulateDays(evaluator, calendar, accounts, span)) {
    tally.add(lived);
    judge?.add(lived.day, lived.standings);
    report(lived.day - from + 1);
    // whoever waits for it may stop it
    await new Promise((resolve) => setImmediate(resolve));
  }
  return {
    model,
    periods: tally.periods.map((period) => ({
      ...period,
      capacityMinutes: team.between(period.from, period.to),
    })),
    totals: { ...tally.totals(), capacityMinutes: team.between(from, to) },
    ends: judge ? judge.findings() : null,
  };
}
