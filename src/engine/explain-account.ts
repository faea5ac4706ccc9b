import { catchUp } from "../core/account/catch-up.ts";
import type { Decision } from "../core/decide/index.ts";
import {
  explainDecision,
  type Explanation,
  type NearestChanges,
  nearestChanges,
} from "../core/explain/index.ts";
import type { Model } from "../core/model/index.ts";
import type { Touch } from "../core/schedule/index.ts";
import { type Day, formatDay } from "../core/time/day.ts";
import { accountRecord } from "./account-record.ts";
import { AppError } from "./app-error.ts";
import type { EngineContext } from "./context.ts";
import { findAccount } from "./find-account.ts";
import { knownSince } from "./known-since.ts";
import { compileStored, type LiveModel, liveModel } from "./live-model.ts";
import type { DecisionRecord, StoredAccount, StoredEvent } from "./ports.ts";

export interface AccountExplanation {
  readonly account: {
    readonly id: string;
    readonly name: string | null;
    readonly owner: string | null;
  };
  /** Names of people by their ids. */
  readonly people: ReadonlyMap<string, string>;
  readonly model: Model;
  readonly explanation: Explanation;
  /** What would have to be different; only for today. */
  readonly changes: NearestChanges | undefined;
  /** Open ones, and those of the last 30 days, by day; only for today. */
  readonly touches: readonly Touch[];
}

/**
 * Why an account is where it is. For a past day: the decision that was stored then, as it was
 * made; for a day without one, worked out from what was remembered before it and marked so.
 */
export async function explainAccount(
  context: EngineContext,
  id: string,
  at?: Day,
): Promise<AccountExplanation> {
  const live = await liveModel(context);
  const account = await findAccount(context, id);
  const { today } = live.moment();
  const day = at ?? today;
  refuseDay(account.id, knownSince(account, live.evaluator.decider), day, today);
  const { decision, stored, model } = await decisionOn(context, live, account, day);
  const record = accountRecord(live.evaluator.compiled.plan, account);
  return {
    account: { id: account.id, name: account.name, owner: account.owner },
    people: await peopleNames(context),
    model,
    explanation: explainDecision(model, decision, stored),
    changes: at === undefined ? nearestChanges(live.evaluator.compiled, record, today) : undefined,
    touches: at === undefined ? account.touches : [],
  };
}

/** What people are called, by their ids. */
export async function peopleNames({ store }: EngineContext): Promise<ReadonlyMap<string, string>> {
  return new Map((await store.team.list()).map(({ id, name }) => [id, name ?? id]));
}

/** Tomorrow is not known, and neither is an account before it was. */
export function refuseDay(id: string, known: Day, day: Day, today: Day): void {
  if (day > today)
    throw new AppError(
      "bad-value",
      `${formatDay(day)} has not come yet.`,
      "Give a day up to today.",
    );
  if (day >= known) return;
  throw new AppError(
    "not-decided",
    `${id} was not known on ${formatDay(day)}: nothing is known of it before ${formatDay(known)}.`,
    "Give a day from then on.",
  );
}

interface DecisionOn {
  readonly decision: Decision;
  readonly stored: boolean;
  /** The model it was made by. */
  readonly model: Model;
}

async function decisionOn(
  context: EngineContext,
  live: LiveModel,
  account: StoredAccount,
  day: Day,
): Promise<DecisionOn> {
  if (account.decidedOn === day) {
    const latest = await latestDecision(context, account.id);
    if (latest) return { decision: latest, stored: true, model: live.model };
  }
  const record = await context.store.decisions.on(account.id, day);
  if (record?.day === day) return storedDecision(context, live, record);
  const decision = computeDecision(live, account, record, day);
  if (!decision) {
    throw new AppError(
      "not-decided",
      `${account.id} is closed on ${formatDay(day)}, so nothing is decided about it.`,
      "Ask for a day on which it was open.",
    );
  }
  return { decision, stored: false, model: live.model };
}

async function latestDecision({ store }: EngineContext, id: string): Promise<Decision | undefined> {
  for await (const page of store.decisions.current([id])) return page[0]?.decision;
  return undefined;
}

async function storedDecision(
  context: EngineContext,
  live: LiveModel,
  record: DecisionRecord,
): Promise<DecisionOn> {
  if (record.modelVersion === live.stored.version)
    return { decision: record.decision, stored: true, model: live.model };
  const version = await context.store.models.version(record.modelVersion);
  const model = version ? compileStored(context, version).model : live.model;
  return { decision: record.decision, stored: true, model };
}

/** The decision of a day, from the last remembered state before it, day by day; nothing is stored. */
export function computeDecision(
  live: LiveModel,
  account: StoredAccount,
  before: DecisionRecord | null,
  day: Day,
): Decision | null {
  const record = accountRecord(live.evaluator.compiled.plan, {
    ...account,
    state: before?.state ?? null,
    // what was planned later than that day is not known on it
    touches: account.touches.filter(({ plannedAt }) => before !== null && plannedAt <= before.at),
    events: account.events.filter(
      (event) => before === null || event.at <= before.at || !isMadeAgain(event),
    ),
  });
  const { now } = live.moment();
  const [result] = catchUp(
    live.evaluator,
    [{ record, from: before ? before.day + 1 : day, liveFrom: null, news: [], cause: null }],
    { today: day, now, modelVersion: live.stored.version },
  );
  return result?.decision ?? null;
}

/** Events that deciding those days again makes by itself; outcomes and answers are not among them. */
function isMadeAgain({ engine, name, properties }: StoredEvent): boolean {
  if (!engine || name.startsWith("survey:")) return false;
  return !(
    name.startsWith("touch:") &&
    (properties["status"] === "done" || properties["status"] === "failed")
  );
}
