import { loadavg } from "node:os";
import { Evaluator } from "../src/core/account/evaluate-accounts.ts";
import type { AccountRecord } from "../src/core/account/record.ts";
import { type BookDecider, type CompiledModel, decisionOf } from "../src/core/decide/index.ts";
import type { EventInput } from "../src/core/facts/types.ts";
import { type Day, dayOf, type Instant } from "../src/core/time/day.ts";
import { startOfDay } from "../src/core/time/zone.ts";
import { workspaceCalendar } from "../src/engine/holidays.ts";
import { DIFFERENT, SampleFacts } from "./large-book.ts";
import { Random } from "./random.ts";
import { recordWithEvents } from "./sample-record.ts";
import { fourTiersCompiled } from "./template-model.ts";
import { type Spread, spread, timeInTurns } from "./timing.ts";

export interface ChangeOptions {
  readonly sizes: readonly number[];
  /** How many events come in a turn, each of another account. */
  readonly events: number;
  readonly seed: number;
  readonly turns: number;
  readonly warmUps: number;
}

export interface ChangeFigures extends ChangeOptions {
  readonly load: number;
  /** Microseconds from an event to the new decision, by size of the book. */
  readonly books: readonly { readonly accounts: number; readonly us: Spread }[];
  /** The same through the whole evaluation of one account, its touches planned anew. */
  readonly planned: Spread;
  /** How many events led to another decision than before. */
  readonly changed: number;
}

const TODAY: Day = dayOf(2026, 3, 2);

/** Events of which each touches other facts; the second takes the colour from an account's health. */
const NEWS: readonly Pick<EventInput, "name" | "user" | "properties">[] = [
  { name: "report_view", user: "u1", properties: { feature_adoption_score: 0.6 } },
  { name: "Ticket Opened", user: "u2", properties: { priority: "critical" } },
  { name: "monitoring_run", user: "u1", properties: {} },
  { name: "Help Article Viewed", user: "u3", properties: {} },
];

/**
 * One event after another comes into a decided book of made-up accounts in memory: it is added to
 * the account's history, the account's facts are read anew, and it is decided.
 */
export function measureChange(options: ChangeOptions): ChangeFigures {
  const { sizes, events, seed, turns, warmUps } = options;
  const compiled = fourTiersCompiled();
  const facts = new SampleFacts(compiled, Math.max(...sizes), seed, [TODAY]);
  const books = sizes.map((size) => new LiveColumns(facts, size, options));
  const whole = new LiveRecords(compiled, options);
  const nothing = (): void => {};
  const times = timeInTurns(
    [...books, whole].map((one) => ({ prepare: nothing, run: () => one.takeAll() })),
    { turns, warmUps },
  );
  const us = times.map((all) => spread(all.map((ms) => (ms * 1000) / events)));
  return {
    ...options,
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
    books: books.map(({ accounts }, index) => ({ accounts, us: us[index] as Spread })),
    planned: us.at(-1) as Spread,
    changed: whole.changed,
  };
}

/** A whole book as columns, and the histories of those accounts of which news will come. */
class LiveColumns {
  readonly accounts: number;
  readonly #decider: BookDecider;
  readonly #live: readonly { readonly row: number; readonly record: AccountRecord }[];
  #turn = 0;

  constructor(facts: SampleFacts, accounts: number, { events, seed }: ChangeOptions) {
    this.accounts = accounts;
    this.#decider = facts.decider(accounts);
    facts.put(0, this.#decider);
    this.#decider.run(0, accounts, TODAY);
    const options = optionsOf(facts.compiled, seed);
    const random = new Random(seed, accounts);
    this.#live = Array.from({ length: events }, () => {
      const row = random.whole(0, accounts - 1);
      const place = row % Math.min(accounts, DIFFERENT);
      return { row, record: recordWithEvents(facts.compiled.plan, place, options) };
    });
  }

  takeAll(): void {
    const now = nowIn(this.#decider.compiled);
    this.#turn += 1;
    for (const [index, { row, record }] of this.#live.entries()) {
      record.history.addEvent(newsOf(this.#turn + index, now));
      this.#decider.read([record.history], TODAY, row);
      this.#decider.run(row, row + 1, TODAY);
      const decision = decisionOf(this.#decider, row, {
        today: TODAY,
        modelVersion: 1,
        pin: null,
        runs: [],
        by: null,
      });
      if (decision.level === null) throw new Error("an account without a level");
    }
  }
}

/** Accounts as a worker holds them between its jobs. */
class LiveRecords {
  changed = 0;
  readonly #evaluator: Evaluator;
  readonly #records: readonly AccountRecord[];
  #turn = 0;

  constructor(compiled: CompiledModel, { events, seed }: ChangeOptions) {
    this.#evaluator = new Evaluator(compiled, workspaceCalendar(compiled.model.workspace));
    const options = optionsOf(compiled, seed);
    this.#records = Array.from({ length: events }, (_, place) =>
      recordWithEvents(compiled.plan, place, options),
    );
    this.#evaluator.evaluate(this.#records, this.#occasion([]));
  }

  takeAll(): void {
    const now = nowIn(this.#evaluator.compiled);
    this.#turn += 1;
    for (const [index, record] of this.#records.entries()) {
      const event = newsOf(this.#turn + index, now);
      record.history.addEvent(event);
      const [result] = this.#evaluator.evaluate([record], this.#occasion([event]));
      if (result?.changed) this.changed += 1;
    }
  }

  #occasion(triggers: readonly EventInput[]) {
    return {
      today: TODAY,
      now: nowIn(this.#evaluator.compiled),
      modelVersion: 1,
      liveFrom: null,
      wantAll: true,
      triggers: () => triggers,
    };
  }
}

function optionsOf({ model }: CompiledModel, seed: number) {
  return { seed, today: TODAY, zone: model.workspace.timezone };
}

function nowIn({ model }: CompiledModel): Instant {
  return startOfDay(TODAY, model.workspace.timezone) + 36_000_000;
}

function newsOf(number: number, at: Instant): EventInput {
  const news = NEWS[number % NEWS.length] as (typeof NEWS)[number];
  return { ...news, at, engine: false };
}
