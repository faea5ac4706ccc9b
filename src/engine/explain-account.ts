import type { Decision } from "../core/decide/index.ts";
import {
  explainDecision,
  type Explanation,
  type NearestChanges,
  nearestChanges,
} from "../core/explain/index.ts";
import type { Model } from "../core/model/index.ts";
import type { Touch } from "../core/schedule/index.ts";
import { type Day, formatDay, type Instant } from "../core/time/day.ts";
import { startOfDay } from "../core/time/zone.ts";
import { accountRecord } from "./account-record.ts";
import { AppError } from "./app-error.ts";
import type { EngineContext } from "./context.ts";
import { findAccount } from "./find-account.ts";
import { type LiveModel, liveModel } from "./live-model.ts";
import { lookBack } from "./looking-back/decisions-then.ts";
import { touchesThen } from "./looking-back/touches-then.ts";
import type { StoredAccount } from "./ports.ts";

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
  /** All there are; for a past day, as they stood at its end. */
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
  refuseTomorrow(day, today);
  const { decision, stored, model } = await decisionOn(context, live, account, day);
  const record = accountRecord(live.evaluator.compiled.plan, account);
  return {
    account: { id: account.id, name: account.name, owner: account.owner },
    people: await peopleNames(context),
    model,
    explanation: explainDecision(model, decision, stored),
    changes: at === undefined ? nearestChanges(live.evaluator.compiled, record, today) : undefined,
    touches:
      at === undefined || at === today
        ? account.touches
        : touchesThen(account.touches, account.events, endOf(at, model.workspace.timezone)),
  };
}

function endOf(day: Day, zone: string): Instant {
  return startOfDay(day + 1, zone) - 1;
}

/** What people are called, by their ids. */
export async function peopleNames({ store }: EngineContext): Promise<ReadonlyMap<string, string>> {
  return new Map((await store.team.list()).map(({ id, name }) => [id, name ?? id]));
}

/** Tomorrow is not known. */
export function refuseTomorrow(day: Day, today: Day): void {
  if (day <= today) return;
  throw new AppError("bad-value", `${formatDay(day)} has not come yet.`, "Give a day up to today.");
}

/** Neither is an account before anything was known of it. */
export function refuseDay(id: string, known: Day, day: Day): never {
  throw new AppError(
    "not-decided",
    `${id} was not known on ${formatDay(day)}: nothing is known of it before ${formatDay(known)}.`,
    "Give a day from then on.",
  );
}

export function refuseClosed(id: string, day: Day): never {
  throw new AppError(
    "not-decided",
    `${id} is closed on ${formatDay(day)}, so nothing is decided about it.`,
    "Ask for a day on which it was open.",
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
  { id }: StoredAccount,
  day: Day,
): Promise<DecisionOn> {
  const past = await lookBack(context, live, day);
  for await (const [then] of past.of([id])) {
    if (then?.kind === "not-known") refuseDay(id, then.since, day);
    if (then?.kind !== "decided") break;
    const { decision, stored } = then;
    const { model } = await past.models.version(decision.model.version);
    return { decision, stored, model };
  }
  return refuseClosed(id, day);
}
