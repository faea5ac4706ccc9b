import {
  armOf,
  BookDecider,
  changeEvents,
  contactExperiment,
  type CompiledModel,
  type Decision,
  decisionOf,
  rowEnv,
  sameDecision,
} from "../decide/index.ts";
import { ownerKindOf, ownerOfTouches, withOwningLevel } from "../allocate/owner-kind.ts";
import type { DecideState } from "../decide/state.ts";
import type { ContactHistory } from "../facts/index.ts";
import type { Rest } from "../schedule/resting.ts";
import type { ExperimentDef, Model } from "../model/types.ts";
import { evaluateRule } from "../rules/index.ts";
import type { Env, Value } from "../rules/types.ts";
import { planAccount } from "../schedule/index.ts";
import type {
  EngineEvent,
  HeldBack,
  PlanNote,
  PlanOutput,
  Run,
  Touch,
  Trigger,
  WorkCalendar,
} from "../schedule/types.ts";
import { matchesPattern } from "../facts/index.ts";
import type { Day } from "../time/day.ts";
import type { AccountRecord, Occasion } from "./record.ts";
import type { AccountState } from "./state.ts";

/** What one evaluation of one account came to. */
export interface Evaluation {
  readonly record: AccountRecord;
  /** Complete when the decision changed or was asked for; null when closed. */
  readonly decision: Decision | null;
  /** Whether it differs from the decision before. */
  readonly changed: boolean;
  /** Engine events made, with their ids. */
  readonly events: readonly (EngineEvent & { readonly id: string })[];
  /** New and changed touches, whole. */
  readonly touches: readonly Touch[];
  readonly notes: readonly PlanNote[];
  /** Runs that `--existing new` kept from beginning. */
  readonly heldBack: readonly HeldBack[];
}

/**
 * An evaluation's own events may start programs and change facts, so it is repeated until
 * nothing new comes of it. A model in which that never ends is stopped here; what is left
 * takes effect at the next evaluation.
 */
const MOST_ROUNDS = 8;

/**
 * Evaluates accounts on one day: facts → health → lifecycle → segments → touch → programs →
 * touches. The one evaluator: live runs, replay, scenarios and what-if all come through here.
 * Records are brought up to date in place.
 */
export class Evaluator {
  readonly compiled: CompiledModel;
  readonly #calendar: WorkCalendar;
  readonly #size: number;
  readonly #rests = new WeakMap<AccountRecord, Rest>();
  #decider: BookDecider | undefined;

  constructor(compiled: CompiledModel, calendar: WorkCalendar, batchSize = 256) {
    this.compiled = compiled;
    this.#calendar = calendar;
    this.#size = batchSize;
  }

  evaluate(records: readonly AccountRecord[], occasion: Occasion): Evaluation[] {
    const results: Evaluation[] = [];
    for (let start = 0; start < records.length; start += this.#size) {
      results.push(...this.#evaluateBatch(records.slice(start, start + this.#size), occasion));
    }
    return results;
  }

  /** The book of a batch as the last run left it, for explanations. */
  get decider(): BookDecider {
    this.#decider ??= new BookDecider(this.compiled, this.#size);
    return this.#decider;
  }

  #evaluateBatch(records: readonly AccountRecord[], occasion: Occasion): Evaluation[] {
    const results = new Map<AccountRecord, Evaluation>();
    let news = new Map(records.map((record) => [record, occasion.triggers(record)]));
    for (let round = 0; news.size > 0 && round < MOST_ROUNDS; round++) {
      const next = new Map<AccountRecord, readonly Trigger[]>();
      const batch = [...news.keys()];
      this.#run(batch, occasion);
      batch.forEach((record, row) => {
        const step = this.#evaluateRow(record, row, news.get(record) ?? [], occasion);
        results.set(record, merge(results.get(record), step.evaluation));
        if (step.again && record.told) record.told.isOutgrown = true;
        else if (step.again) next.set(record, step.again);
      });
      news = next;
    }
    return records.map((record) => results.get(record) as Evaluation);
  }

  #run(batch: readonly AccountRecord[], { today }: Occasion): void {
    const { decider } = this;
    const areTold = batch[0]?.told !== undefined;
    if (areTold) fillTold(decider, batch);
    else {
      decider.read(
        batch.map(({ history }) => history),
        today,
      );
    }
    batch.forEach(({ state }, row) => {
      decider.state.load(row, withStageSet(state, today), state.pin, today);
    });
    if (areTold) decider.runOnFacts(0, batch.length, today);
    else decider.run(0, batch.length, today);
  }

  #evaluateRow(
    record: AccountRecord,
    row: number,
    triggers: readonly Trigger[],
    occasion: Occasion,
  ): { evaluation: Evaluation; again: readonly Trigger[] | undefined } {
    const before = record.state;
    const isClosed = record.history.closedOn(occasion.today);
    const decided = isClosed ? null : this.#decided(before, row, occasion.today);
    if (decided) occasion.look?.(record, this.decider, row);
    const isClosing = isClosed && !before.closed && wasOpen(record, occasion.today);
    const happened = [
      ...(isClosing ? ["account:closed"] : []),
      ...(before.closed && !isClosed ? ["account:opened"] : []),
    ].map((name) => ownEvent(name, occasion));
    const moves = (
      decided
        ? changeEvents(this.compiled.model, before.closed ? null : before.decided, decided)
        : []
    ).map((name) => ownEvent(name, occasion));
    const own = [...happened, ...moves];
    const holdsBack = occasion.holdsBack?.(record) === true;
    const asOwn = holdsBack ? asTriggerOfModel : asTrigger;
    const plan = this.#plan(
      record,
      row,
      [...triggers, ...happened.map(asTrigger), ...moves.map(asOwn)],
      decided,
      isClosing,
      occasion,
    );
    const events = number([...own, ...plan.events], record);
    for (const event of events) record.history.addEvent({ ...event, engine: true });
    for (const touch of plan.touches) record.touches.set(touch.key, touch);
    record.state = {
      decided,
      schedule: plan.state,
      pin: before.pin,
      closed: isClosed,
      serial: before.serial + events.length,
    };
    const changed = occasion.countsOnly
      ? false
      : decided
        ? !sameDecision(before.decided, decided) || !sameRuns(before.schedule.runs, plan.state.runs)
        : isClosed !== before.closed;
    const wanted = decided && (changed || occasion.wantAll);
    return {
      evaluation: {
        record,
        decision: wanted ? this.#decision(record, row, occasion) : null,
        changed,
        events,
        touches: plan.touches,
        notes: plan.notes,
        heldBack: plan.heldBack,
      },
      again: this.#again(own, plan.events)?.map(asOwn),
    };
  }

  #decided(before: AccountState, row: number, today: Day): DecideState {
    const { model } = this.compiled;
    const { state, touch } = this.decider;
    const handsOver = (): boolean =>
      touch
        .ladder(row, today)
        .some(({ adjustment, applied }) => applied && model.touch?.adjust[adjustment]?.handOver);
    const was = before.closed ? null : before.decided;
    return withOwningLevel(model, was, state.save(row, today), handsOver);
  }

  /** What has to be looked at once more: events that facts count or programs start on. */
  #again(
    own: readonly EngineEvent[],
    planned: readonly EngineEvent[],
  ): readonly EngineEvent[] | undefined {
    const counts = [...own, ...planned].some(
      ({ name }) => this.compiled.plan.sourcesFor(name, true).length > 0,
    );
    const starts = planned.some(({ name }) =>
      this.compiled.model.programs.some(({ on }) => on && matchesPattern(on.pattern, name, true)),
    );
    return counts || starts ? planned : undefined;
  }

  #plan(
    record: AccountRecord,
    row: number,
    triggers: readonly Trigger[],
    decided: DecideState | null,
    isClosing: boolean,
    occasion: Occasion,
  ): PlanOutput {
    const { history, state } = record;
    const env = rowEnv(this.decider, row, occasion.today);
    const contacts = history.contacts(occasion.today);
    const envs = new Map<string, Env>();
    const rest = occasion.mayRest ? this.#rests.get(record) : undefined;
    const output = planAccount(this.compiled.model, this.#calendar, {
      account: {
        id: history.identity.id,
        timezone: history.identity.timezone,
        held: this.decider.state.held[row] === 1,
        baseLevel: decided?.level?.base ?? null,
        closed: decided === null,
        closing: isClosing,
        owner: ownerOfTouches(
          ownerKindOf(this.compiled.model, decided?.level ?? null),
          record.owner,
        ),
      },
      today: occasion.today,
      now: occasion.now,
      ...(occasion.present === undefined ? {} : { present: occasion.present }),
      modelVersion: occasion.modelVersion,
      holds: (program) => this.decider.programs.holds(program, row),
      env: (contact) => {
        if (!contact) return env;
        let own = envs.get(contact.id);
        if (!own)
          envs.set(contact.id, (own = withContact(this.compiled.model, env, contacts, contact.id)));
        return own;
      },
      contacts: history.contactsAsOf(occasion.today),
      triggers,
      state: state.schedule,
      touches: [...record.touches.values()],
      liveFrom: occasion.liveFrom,
      ...(occasion.holdsBack?.(record) === true ? { holdsBack: true } : {}),
      ...(occasion.mayRest ? { mayRest: true } : {}),
      ...(rest ? { rest } : {}),
    });
    if (occasion.mayRest) {
      if (output.rest) this.#rests.set(record, output.rest);
      else if (output !== rest?.output) this.#rests.delete(record);
    }
    return output;
  }

  #decision(record: AccountRecord, row: number, occasion: Occasion): Decision {
    return decisionOf(this.decider, row, {
      today: occasion.today,
      modelVersion: occasion.modelVersion,
      pin: record.state.pin,
      runs: record.state.schedule.runs,
      by: ownerKindOf(this.compiled.model, record.state.decided?.level ?? null),
    });
  }
}

function fillTold({ book }: BookDecider, batch: readonly AccountRecord[]): void {
  for (const { column, read } of batch[0]?.told?.columns ?? []) {
    const put = book.setter(column);
    batch.forEach(({ told }, row) => put(row, told ? read(told) : null));
  }
}

/** A stage that a person has set, as if it had been so; the one it was in is left today. */
function withStageSet({ decided, stageSet }: AccountState, today: Day): DecideState | null {
  if (!decided || stageSet === undefined) return decided;
  const before = decided.stage;
  const left = [
    ...(decided.day === today ? (before?.left ?? []) : []),
    ...(before ? [before.name] : []),
  ];
  const stage = { name: stageSet, since: today, left: left.filter((name) => name !== stageSet) };
  const notStored = Array.from({ length: today - decided.day }, () => "none" as const);
  return { ...decided, day: today, stage, health: [...decided.health, ...notStored] };
}

/** An account that was closed before anybody looked at it has not just been closed. */
function wasOpen({ history, state }: AccountRecord, today: Day): boolean {
  return state.decided !== null || !history.closedOn(today - 1);
}

/** The account's values, and beside them what is known of a contact and its arms. */
export function withContact(
  model: Model,
  env: Env,
  contacts: readonly ContactHistory[],
  id: string,
): Env {
  const known = contacts.find(({ input }) => input.id === id);
  const arm = (experiment: ExperimentDef): Value => {
    const isIn = !experiment.among || evaluateRule(experiment.among, own) === true;
    return isIn ? armOf(experiment, id) : null;
  };
  const get = (name: string): Value => {
    if (name.startsWith("contact.")) return known?.value(name.slice(8), env.today) ?? null;
    const experiment = contactExperiment(model, name);
    return experiment ? arm(experiment) : env.get(name);
  };
  const own: Env = { today: env.today, localDay: (at) => env.localDay(at), get };
  return own;
}

/** Planning gives back the very runs it was given where nothing in them has changed. */
function sameRuns(before: readonly Run[], after: readonly Run[]): boolean {
  return before === after || JSON.stringify(before) === JSON.stringify(after);
}

function ownEvent(name: string, { now }: Occasion): EngineEvent {
  return { name, at: now, user: null, properties: {} };
}

function asTriggerOfModel(event: EngineEvent): Trigger {
  return { ...asTrigger(event), ofModel: true };
}

function asTrigger({ name, at, user, properties }: EngineEvent): Trigger {
  return { name, at, user, properties, engine: true };
}

/** Ids that are the same whenever the same evaluation is made again. */
function number(
  events: readonly EngineEvent[],
  record: AccountRecord,
): (EngineEvent & { id: string })[] {
  const { id } = record.history.identity;
  return events.map((event, index) => ({
    ...event,
    id: `ts:${id}:${record.state.serial + index}`,
  }));
}

function merge(first: Evaluation | undefined, second: Evaluation): Evaluation {
  if (!first) return second;
  return {
    record: second.record,
    decision: second.decision ?? first.decision,
    changed: first.changed || second.changed,
    events: [...first.events, ...second.events],
    touches: [
      ...new Map([...first.touches, ...second.touches].map((touch) => [touch.key, touch])).values(),
    ],
    notes: second.notes,
    heldBack: [...first.heldBack, ...second.heldBack],
  };
}
