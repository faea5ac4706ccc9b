import type { Evaluator } from "../../core/account/evaluate-accounts.ts";
import type { AccountRecord } from "../../core/account/record.ts";
import type { Decision } from "../../core/decide/index.ts";
import type { EngineEvent, Trigger } from "../../core/schedule/index.ts";
import type { Day, Instant } from "../../core/time/day.ts";
import { localDayIn, startOfDay } from "../../core/time/zone.ts";
import { accountRecord } from "../account-record.ts";
import type { LiveModel } from "../live-model.ts";
import type { DecisionRecord, StoredAccount, StoredEvent } from "../ports.ts";
import type { Replay } from "../replay.ts";
import type { ModelsThen } from "./models-then.ts";
import { touchAfter, touchesThen } from "./touches-then.ts";

/** An account, and the newest decision stored before the day that is asked for. */
export interface Earlier {
  readonly account: StoredAccount;
  /** null: none was. Then the day is decided as the account's first. */
  readonly before: DecisionRecord | null;
}

export interface RollTo {
  readonly models: ModelsThen;
  readonly replay: Replay | null;
  readonly day: Day;
  /** Real now, for today; a past day is over. */
  readonly now: { readonly today: Day; readonly now: Instant };
}

/**
 * What would have been decided on a day of which nothing is stored: from what was remembered
 * after the decision before it, day by day, each by the model that was live on it, with all
 * that had happened by its end. Nothing is written. null: the account was closed on that day.
 */
export async function rollForward(
  { models, replay, day, now }: RollTo,
  accounts: readonly Earlier[],
): Promise<(Decision | null)[]> {
  const zone = (await models.on(day)).model.workspace.timezone;
  const rolling = accounts.map((one) => new Rolling(one, replay, day, localDayIn(zone)));
  const first = Math.min(day, ...rolling.map(({ from }) => from));
  let decisions = new Map<AccountRecord, Decision | null>();
  for (let at = first; at <= day; at++) {
    const live = await models.on(at);
    const due = rolling.filter(({ from }) => from <= at);
    const instant = at === now.today ? now.now : startOfDay(at, live.model.workspace.timezone);
    decisions = evaluateDay(due, { models, live, day: at, now: instant, wantAll: at === day });
  }
  return rolling.map(({ record }) => (record ? (decisions.get(record) ?? null) : null));
}

interface OneDay {
  readonly models: ModelsThen;
  readonly live: LiveModel;
  readonly day: Day;
  readonly now: Instant;
  readonly wantAll: boolean;
}

function evaluateDay(
  due: readonly Rolling[],
  { models, live, day, now, wantAll }: OneDay,
): Map<AccountRecord, Decision | null> {
  const decisions = new Map<AccountRecord, Decision | null>();
  const rollingOf = new Map(due.map((one) => [one.begin(live, day), one]));
  for (const liveFrom of new Set(due.map((one) => one.liveFrom(day)))) {
    const group = [...rollingOf].filter(([, one]) => one.liveFrom(day) === liveFrom);
    const evaluations = live.evaluator.evaluate(
      group.map(([record]) => record),
      {
        today: day,
        now,
        modelVersion: live.stored.version,
        liveFrom,
        wantAll,
        triggers: (record) => rollingOf.get(record)?.news(day) ?? [],
        holdsBack: (record) => rollingOf.get(record)?.isHeldBack(models, day) === true,
      },
    );
    for (const { record, decision, events } of evaluations) {
      decisions.set(record, decision);
      rollingOf.get(record)?.keep(events);
    }
  }
  return decisions;
}

/** One account on its way to the day. */
class Rolling {
  readonly from: Day;
  record: AccountRecord | undefined;
  readonly #account: StoredAccount;
  readonly #before: DecisionRecord | null;
  readonly #liveFrom: Day | null;
  /** What happened, without what evaluating these days makes by itself. */
  readonly #happened: readonly StoredEvent[];
  readonly #made: (EngineEvent & { readonly id: string })[] = [];
  readonly #days: ReadonlyMap<Day, readonly StoredEvent[]>;
  #evaluator: Evaluator | undefined;

  constructor(
    { account, before }: Earlier,
    replay: Replay | null,
    day: Day,
    dayOfInstant: (at: Instant) => Day,
  ) {
    this.from = before ? before.day + 1 : day;
    this.#account = account;
    this.#before = before;
    const isReplayed = replay !== null && account.firstSeenAt <= replay.appliedAt;
    this.#liveFrom = isReplayed ? replay.liveFrom : null;
    this.#happened = account.events.filter((event) => !isMadeSince(account.id, before, event));
    this.#days = byDay(this.#happened, dayOfInstant);
  }

  /** In the replay of the first model: before it went live, no touch is made. */
  liveFrom(day: Day): Day | null {
    return this.#liveFrom !== null && day <= this.#liveFrom ? this.#liveFrom : null;
  }

  /** Made ready for a day: under its model, with what people and channels did with its touches. */
  begin(live: LiveModel, day: Day): AccountRecord {
    const record = this.#recordFor(live);
    for (const event of this.#untilEndOf(day)) {
      const touch = touchAfter(this.#account.touches, event);
      if (touch) record.touches.set(touch.key, touch);
    }
    return record;
  }

  /** Since the day before, or the stored decision; for a first decision there are no touches yet. */
  #untilEndOf(day: Day): readonly StoredEvent[] {
    const before = this.#before;
    if (!before) return [];
    const rest = day === this.from ? (this.#days.get(before.day) ?? []) : [];
    return [...rest.filter(({ at }) => at > before.at), ...(this.#days.get(day) ?? [])];
  }

  /** What may start programs that day; what happened before an account was seen starts nothing. */
  news(day: Day): readonly Trigger[] {
    const isPast = day < this.#account.firstSeen && this.liveFrom(day) === null;
    const events = this.#days.get(day) ?? [];
    return events.filter(({ engine }) => engine || !isPast || this.#before === null);
  }

  isHeldBack(models: ModelsThen, day: Day): boolean {
    return models.holdsBack(this.#account, day);
  }

  keep(made: readonly (EngineEvent & { readonly id: string })[]): void {
    this.#made.push(...made);
  }

  #recordFor(live: LiveModel): AccountRecord {
    const { plan } = live.evaluator.compiled;
    const { record } = this;
    if (record && this.#evaluator === live.evaluator) return record;
    this.#evaluator = live.evaluator;
    const made = this.#made.map((event): StoredEvent => ({
      ...event,
      engine: true,
      pending: false,
    }));
    const events = [...this.#happened, ...made];
    if (record) {
      // another model reads the same history with other eyes; what is remembered stays
      record.history = accountRecord(plan, { ...this.#account, events }).history;
      return record;
    }
    const before = this.#before;
    return (this.record = accountRecord(plan, {
      ...this.#account,
      state: before?.state ?? null,
      events,
      touches: before ? touchesThen(this.#account.touches, this.#account.events, before.at) : [],
    }));
  }
}

/**
 * Whether evaluating the account after a decision made this event: evaluated again, it is made
 * again. Its number tells; after a rollback, which gives numbers once more, its time.
 */
function isMadeSince(
  account: string,
  before: DecisionRecord | null,
  { id, engine, at }: StoredEvent,
): boolean {
  const own = `ts:${account}:`;
  if (!engine || !id.startsWith(own)) return false;
  const number = id.slice(own.length);
  if (!/^\d+$/.test(number)) return false;
  return before === null || at > before.at || Number(number) >= before.state.serial;
}

function byDay(
  events: readonly StoredEvent[],
  dayOfInstant: (at: Instant) => Day,
): Map<Day, StoredEvent[]> {
  const days = new Map<Day, StoredEvent[]>();
  for (const event of events) {
    const day = dayOfInstant(event.at);
    const known = days.get(day);
    if (known) known.push(event);
    else days.set(day, [event]);
  }
  return days;
}
