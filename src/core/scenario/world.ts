import { Evaluator } from "../account/evaluate-accounts.ts";
import type { AccountRecord } from "../account/record.ts";
import { NEW_ACCOUNT } from "../account/state.ts";
import { type CompiledModel, compileModel, type Decision } from "../decide/index.ts";
import { type EventInput, readDay } from "../facts/index.ts";
import type { Model } from "../model/types.ts";
import { type Touch, touchJson, type Trigger, type WorkCalendar } from "../schedule/index.ts";
import type { Day, Instant } from "../time/day.ts";
import { localDay, parseInstant, startOfDay } from "../time/zone.ts";
import { AccountInputs, type Told } from "./account-inputs.ts";
import type { TouchView } from "./match-touches.ts";
import { ScenarioError } from "./scenario-error.ts";
import { SimulatedSends } from "./simulate-sends.ts";

/** One account of the simulated world. */
export interface Inhabitant {
  readonly inputs: AccountInputs;
  readonly record: AccountRecord;
  /** What happened since it was last evaluated. */
  news: Trigger[];
}

export type CalendarOf = (model: Model) => WorkCalendar;

/**
 * A small world for scenarios: accounts in memory, a clock that only goes forward, and the same
 * evaluator as in live runs. As time passes, local midnights run their passes and automated
 * touches are sent when their windows open.
 */
export class World {
  readonly accounts = new Map<string, Inhabitant>();
  /** Those that went live, the present one last. */
  readonly models: Model[];
  readonly #calendarOf: CalendarOf;
  readonly #sends = new SimulatedSends();
  #evaluator: Evaluator;
  #clock: Instant | undefined;
  #modelVersion = 1;

  constructor(model: Model, calendarOf: CalendarOf) {
    this.models = [model];
    this.#calendarOf = calendarOf;
    this.#evaluator = new Evaluator(compileModel(model), calendarOf(model), 16);
  }

  get compiled(): CompiledModel {
    return this.#evaluator.compiled;
  }

  get model(): Model {
    return this.compiled.model;
  }

  get zone(): string {
    return this.model.workspace.timezone;
  }

  get now(): Instant {
    if (this.#clock === undefined)
      throw new ScenarioError("the first step has to say when it is: `at: 2026-03-02T09:00:00Z`");
    return this.#clock;
  }

  get today(): Day {
    return localDay(this.now, this.zone);
  }

  get told(): Told {
    return { now: this.now, today: this.today };
  }

  instant(text: string): Instant {
    const at = parseInstant(text, this.zone);
    if (at !== undefined) return at;
    const day = readDay(text, this.zone);
    if (day === undefined)
      throw new ScenarioError(`\`${text}\` is no time; write 2026-03-02T09:00:00Z`);
    return startOfDay(day, this.zone);
  }

  day(text: string): Day {
    const day = readDay(text, this.zone);
    if (day === undefined) throw new ScenarioError(`\`${text}\` is no day; write 2026-03-02`);
    return day;
  }

  /** Moves the clock; midnights and sends in between happen in their order. */
  moveTo(at: Instant): void {
    if (this.#clock === undefined) {
      this.#clock = at;
      return;
    }
    if (at < this.#clock) {
      throw new ScenarioError(
        `the clock never goes back: it is ${new Date(this.#clock).toISOString()}, the step says ${new Date(at).toISOString()}`,
      );
    }
    for (;;) {
      const midnight = startOfDay(this.today + 1, this.zone);
      const send = this.#sends.next(this);
      const next = Math.min(midnight, send ?? Number.POSITIVE_INFINITY);
      if (next > at) break;
      this.#clock = next;
      if (next === midnight) this.evaluate([...this.accounts.keys()]);
      else this.#send();
    }
    this.#clock = at;
  }

  /** A new account, first seen now. */
  add(id: string, createdAt: Day | null): Inhabitant {
    const inputs = new AccountInputs(this.compiled.plan, id, this.told, createdAt);
    const record: AccountRecord = {
      history: inputs.history,
      isNew: true,
      state: NEW_ACCOUNT,
      touches: new Map(),
      owner: null,
    };
    const one: Inhabitant = { inputs, record, news: [] };
    this.accounts.set(id, one);
    return one;
  }

  account(id: string): Inhabitant {
    const found = this.accounts.get(id);
    if (!found)
      throw new ScenarioError(`there is no account \`${id}\` yet: a \`group\` step makes one`);
    return found;
  }

  /** Something happened to an account. */
  happen(id: string, event: EventInput): void {
    const one = this.account(id);
    one.inputs.addEvent(event);
    one.news.push(event);
  }

  /** Decides accounts again at the present clock, then sends what may go now. */
  decide(ids: readonly string[]): void {
    this.evaluate(ids);
    this.#send();
  }

  evaluate(ids: readonly string[]): void {
    const { today } = this;
    const batch = ids.map((id) => this.account(id));
    // what a clock that runs ahead reported for tomorrow is news tomorrow
    const hasCome = ({ at }: Trigger): boolean => localDay(at, this.zone) <= today;
    const news = new Map(batch.map((one) => [one.record, one.news.filter(hasCome)]));
    const evaluations = this.#evaluator.evaluate(
      batch.map(({ record }) => record),
      {
        today,
        now: this.now,
        modelVersion: this.#modelVersion,
        liveFrom: null,
        wantAll: false,
        triggers: (record) => news.get(record) ?? [],
      },
    );
    evaluations.forEach(({ events }, index) => {
      const one = batch[index] as Inhabitant;
      one.news = one.news.filter((event) => !hasCome(event));
      for (const event of events) one.inputs.keep({ ...event, engine: true });
    });
  }

  /** The account's decision as of now; deciding again without news changes nothing. */
  decision(id: string): Decision | null {
    const { record } = this.account(id);
    const [evaluation] = this.#evaluator.evaluate([record], {
      today: this.today,
      now: this.now,
      modelVersion: this.#modelVersion,
      liveFrom: null,
      wantAll: true,
      triggers: () => [],
    });
    return evaluation?.decision ?? null;
  }

  /** Programs with a run now open, one for each run. */
  programs(id: string): string[] {
    return this.account(id).record.state.schedule.runs.map(({ program }) => program);
  }

  touches(id: string): TouchView[] {
    return [...this.account(id).record.touches.values()].map(
      (touch) => touchJson(touch) as TouchView,
    );
  }

  putTouch(id: string, touch: Touch): void {
    this.account(id).record.touches.set(touch.key, touch);
  }

  /** Another model goes live: what was told is read anew, what is remembered stays. */
  apply(model: Model): void {
    this.#evaluator = new Evaluator(compileModel(model), this.#calendarOf(model), 16);
    this.#modelVersion += 1;
    this.models.push(model);
    for (const { inputs, record } of this.accounts.values())
      record.history = inputs.rebuild(this.compiled.plan);
    this.decide([...this.accounts.keys()]);
  }

  #send(): void {
    const changed = this.#sends.sendNow(this);
    if (changed.length > 0) this.evaluate(changed);
  }
}
