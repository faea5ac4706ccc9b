import type { Evaluator } from "../account/evaluate-accounts.ts";
import type { AccountRecord } from "../account/record.ts";
import {
  isOpen,
  type EngineEvent,
  type Touch,
  touchMemory,
  type Trigger,
} from "../schedule/index.ts";
import { localDay, startOfDay } from "../time/zone.ts";
import type { WorkCalendar } from "../schedule/types.ts";
import type { Day } from "../time/day.ts";
import { type Sent, SendDay } from "./send-day.ts";
import type { PastAccount, SimulatedDay, SimulatedTouch, Span, Standings } from "./types.ts";

/**
 * Lives through history with a model, day by day, with the one evaluator. On each day only what
 * had happened by its end is there to be decided by; the model's own touches take place as they
 * fall due (send-day.ts), and what follows from them follows. The records are used up by it.
 */
export function* simulateDays(
  evaluator: Evaluator,
  calendar: WorkCalendar,
  accounts: readonly PastAccount[],
  span: Span,
): Generator<SimulatedDay, void, void> {
  const life = new Life(evaluator, calendar, accounts, span);
  for (let day = span.from - span.warmUp; day <= span.to; day++) {
    const lived = life.live(day);
    if (day >= span.from) yield lived;
  }
}

/** Closed touches that nobody asks for any more are let go of once in so many days. */
const FORGETS_EVERY = 7;

/** A model in which touches call for touches on the same day without end goes on on the next. */
const MOST_ROUNDS = 8;

class Life {
  readonly #evaluator: Evaluator;
  readonly #accounts: readonly PastAccount[];
  readonly #places: ReadonlyMap<AccountRecord, number>;
  readonly #triggers: readonly ReadonlyMap<Day, readonly Trigger[]>[];
  readonly #span: Span;
  readonly #sends: SendDay;
  readonly #standings: Standings;
  readonly #memory: number;
  /** Those that may have touches to take place: all that have any are among them. */
  readonly #waiting: Set<AccountRecord>;

  constructor(
    evaluator: Evaluator,
    calendar: WorkCalendar,
    accounts: readonly PastAccount[],
    span: Span,
  ) {
    const { model } = evaluator.compiled;
    this.#evaluator = evaluator;
    this.#accounts = accounts;
    this.#span = span;
    this.#sends = new SendDay(model, calendar);
    this.#places = new Map(accounts.map(({ record }, place) => [record, place]));
    this.#triggers = accounts.map((one) => byDay(one.triggers, model.workspace.timezone));
    this.#memory = touchMemory(model);
    this.#waiting = new Set(accounts.map(({ record }) => record).filter(waits));
    this.#standings = emptyStandings(accounts.length);
  }

  live(day: Day): SimulatedDay {
    const records = this.#awake(day);
    this.#standings.open.fill(0);
    this.#evaluate(records, day, (record) => this.#happened(record, day));
    const sent = day < this.#span.from ? [] : this.#takePlace(records, day);
    for (const record of this.#waiting) if (!waits(record)) this.#waiting.delete(record);
    if (day % FORGETS_EVERY === 0) for (const record of records) forget(record, day - this.#memory);
    return {
      day,
      standings: this.#standings,
      touches: sent.flatMap((one) => this.#touchesOf(one)),
      dropped: sent.reduce((sum, one) => sum + one.dropped, 0),
    };
  }

  /** Accounts that are known by then and of which anything can come. */
  #awake(day: Day): AccountRecord[] {
    return this.#accounts.flatMap(({ record, since }) =>
      since <= day && !isAtRest(record, day) ? record : [],
    );
  }

  #happened(record: AccountRecord, day: Day): readonly Trigger[] {
    return this.#triggers[this.#places.get(record) ?? -1]?.get(day) ?? [];
  }

  /** The day's touches, and those that come of them on the same day. */
  #takePlace(records: readonly AccountRecord[], day: Day): Sent[] {
    const all: Sent[] = [];
    for (let round = 0, some = records; some.length > 0 && round < MOST_ROUNDS; round++) {
      const sent = this.#sends.send(
        some.filter((record) => this.#waiting.has(record)),
        day,
      );
      this.#follow(sent, day);
      all.push(...sent);
      some = sent.map(({ record }) => record);
    }
    return all;
  }

  /** Touches that took place are events: facts and programs may go by them on the same day. */
  #follow(sent: readonly Sent[], day: Day): void {
    const news = new Map<AccountRecord, readonly Trigger[]>();
    for (const { record, events } of sent) {
      const own = events.map(asTrigger);
      for (const event of own) record.history.addEvent(event);
      news.set(record, own);
    }
    this.#evaluate([...news.keys()], day, (record) => news.get(record) ?? []);
  }

  #evaluate(
    records: readonly AccountRecord[],
    day: Day,
    triggers: (record: AccountRecord) => readonly Trigger[],
  ): void {
    const { model } = this.#evaluator.compiled;
    const { revenue } = model.workspace;
    const { open, level, base, band, revenue: money } = this.#standings;
    const evaluated = this.#evaluator.evaluate(records, {
      today: day,
      now: startOfDay(day, model.workspace.timezone),
      modelVersion: 1,
      // those that are there before the first day are taken over as by a first apply
      liveFrom: day < this.#span.from ? this.#span.from : null,
      wantAll: false,
      countsOnly: true,
      mayRest: true,
      triggers,
      look: (record, { state, book }, row) => {
        const place = this.#places.get(record) ?? -1;
        const worth = revenue === undefined ? null : book.get(revenue, row);
        open[place] = 1;
        level[place] = state.level[row] as number;
        base[place] = state.base[row] as number;
        band[place] = state.band[row] as number;
        money[place] = typeof worth === "number" ? worth : Number.NaN;
      },
    });
    for (const { record, touches } of evaluated) {
      if (touches.some(isWaiting)) this.#waiting.add(record);
    }
  }

  #touchesOf({ record, done }: Sent): SimulatedTouch[] {
    const account = this.#places.get(record) ?? -1;
    return done.map(({ human, channel, by, minutes }) => ({
      account,
      human,
      channel,
      by,
      minutes,
    }));
  }
}

/** Closed, and nothing is left that goes on by itself: until it opens again, nothing comes of it. */
function isAtRest({ history, state, touches }: AccountRecord, day: Day): boolean {
  if (!state.closed || state.schedule.runs.length > 0 || !history.closedOn(day)) return false;
  for (const touch of touches.values()) if (isOpen(touch)) return false;
  return true;
}

/** Due, or held back by a cap. */
function isWaiting({ status }: Touch): boolean {
  return status === "due" || status === "deferred";
}

function waits({ touches }: AccountRecord): boolean {
  for (const touch of touches.values()) if (isWaiting(touch)) return true;
  return false;
}

/** Planning asks for no closed touches that are older than that. */
function forget({ touches, history }: AccountRecord, before: Day): void {
  for (const touch of touches.values()) {
    if (touch.due >= before || isOpen(touch)) continue;
    if (touch.doneAt === null || history.localDay(touch.doneAt) < before) touches.delete(touch.key);
  }
}

function byDay(triggers: readonly Trigger[], zone: string): Map<Day, Trigger[]> {
  const days = new Map<Day, Trigger[]>();
  for (const trigger of triggers) {
    const day = localDay(trigger.at, zone);
    const known = days.get(day);
    if (known) known.push(trigger);
    else days.set(day, [trigger]);
  }
  return days;
}

function asTrigger({ name, at, user, properties }: EngineEvent): Trigger {
  return { name, at, user, properties, engine: true };
}

function emptyStandings(size: number): Standings {
  return {
    open: new Uint8Array(size),
    level: new Int16Array(size).fill(-1),
    base: new Int16Array(size).fill(-1),
    band: new Int16Array(size).fill(-1),
    revenue: new Float64Array(size).fill(Number.NaN),
  };
}
