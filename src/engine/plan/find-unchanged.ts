import type { AccountState } from "../../core/account/state.ts";
import { BookDecider, factCount } from "../../core/decide/index.ts";
import { runKey } from "../../core/schedule/touch-key.ts";
import type { Run, StepMemory } from "../../core/schedule/types.ts";
import type { Value } from "../../core/rules/types.ts";
import type { Day } from "../../core/time/day.ts";
import type { LiveModel } from "../live-model.ts";
import type { BookAccount, BookPage, BookTouch } from "../ports.ts";
import { fillRows, fillRowsFrom, type KnownColumns, knownFacts } from "./known-facts.ts";
import { contactRules, stepDates } from "./model-rules.ts";
import type { PlanAccount, PlanSide } from "./plan-account.ts";
import { type SameSchedule, sameSchedule } from "./same-schedule.ts";
import { SideBySide } from "./side-by-side.ts";
import type { Renewals, Renewed } from "./renewals.ts";
import type { Existing, TouchChange } from "./types.ts";

export interface Sorted {
  /** Nothing becomes of these. */
  readonly same: readonly PlanAccount[];
  /** Of these, only touches that copy something else now. */
  readonly renewed: readonly {
    readonly account: PlanAccount;
    readonly changes: readonly TouchChange[];
  }[];
  /** These have to be evaluated. */
  readonly ids: readonly string[];
}

/** Rows decided at once. */
const SIZE = 1024;

/**
 * Finds the accounts of which a new model changes nothing, without their events: both models
 * decide them, in columns, from the facts of the decision that is stored today. Who is decided
 * alike, and has no part in a program that is another one, stays as it is. It is proven by a
 * property: a plan with and without it is the same.
 */
export class UnchangedFinder {
  readonly #live: LiveModel;
  readonly #target: LiveModel;
  readonly #today: Day;
  readonly #existing: Existing;
  readonly #old: BookDecider;
  readonly #new: BookDecider;
  readonly #decisions: SideBySide;
  readonly #columns: { readonly old: KnownColumns; readonly new: KnownColumns } | null;
  readonly #schedule: SameSchedule;
  readonly #renewals: Renewals | null;
  /** Names whose values scheduling reads beside programs' own rules. */
  readonly #watched: readonly string[];

  /** @param renewals null: whose touches copy something else has to be evaluated */
  constructor(
    live: LiveModel,
    target: LiveModel,
    today: Day,
    existing: Existing,
    renewals: Renewals | null = null,
  ) {
    this.#live = live;
    this.#target = target;
    this.#today = today;
    this.#existing = existing;
    this.#watched = watchedNames(target);
    const known = {
      old: knownFacts(live.model, live.model, this.#watched),
      new: knownFacts(target.model, live.model, this.#watched),
    };
    this.#columns = known.old && known.new ? { old: known.old, new: known.new } : null;
    this.#old = new BookDecider(live.evaluator.compiled, SIZE);
    this.#new = new BookDecider(target.evaluator.compiled, SIZE, this.#old.book.dict);
    this.#schedule = sameSchedule(live.model, target.model, renewals === null);
    this.#renewals = renewals;
    this.#decisions = new SideBySide(this.#old, this.#new);
  }

  sort({ accounts, touches }: BookPage): Sorted {
    const sorted = {
      same: [] as PlanAccount[],
      renewed: [] as Sorted["renewed"][number][],
      ids: [] as string[],
    };
    for (let start = 0; start < accounts.length; start += SIZE) {
      const batch = accounts.slice(start, start + SIZE);
      const stay = this.#staying(batch, touches.slice(start, start + SIZE));
      batch.forEach((account, row) => {
        const revenues = stay[row];
        const before = touches[start + row] ?? [];
        const after = revenues ? this.#renew(account, before) : null;
        if (!revenues || !after) sorted.ids.push(account.id);
        else {
          const one = unchanged(account, revenues, before, after.touches);
          if (after.changes.length === 0) sorted.same.push(one);
          else sorted.renewed.push({ account: one, changes: after.changes });
        }
      });
    }
    return sorted;
  }

  #renew({ state }: BookAccount, touches: readonly BookTouch[]): Renewed | null {
    if (!this.#renewals) return { touches, changes: [] };
    return this.#renewals.of(state?.schedule ?? null, touches);
  }

  #staying(batch: readonly BookAccount[], touches: BookPage["touches"]): (Revenues | null)[] {
    if (!this.#columns) return batch.map(() => null);
    const { old: known, new: wanted } = this.#columns;
    fillRows(known, this.#old.book, batch);
    fillRowsFrom([known, this.#old.book], wanted, this.#new.book, batch);
    for (const decider of [this.#old, this.#new]) {
      batch.forEach(({ state }, row) => {
        decider.state.load(row, state?.decided ?? null, state?.pin ?? null, this.#today);
      });
      if (decider === this.#old) this.#decisions.note();
      decider.runOnFacts(0, batch.length, this.#today);
    }
    return batch.map((account, row) =>
      this.#stays(account, row) && !this.#mayEnd(account, touches[row] ?? [], row)
        ? this.#revenues(row)
        : null,
    );
  }

  #stays({ state, decidedOn, decidedModel, waiting, facts }: BookAccount, row: number): boolean {
    if (state === null || waiting || decidedOn !== this.#today) return false;
    if (decidedModel !== this.#live.stored.version) return false;
    if (state.closed) return state.schedule.runs.length === 0;
    return (
      facts?.length === factCount(this.#live.model) &&
      this.#isDecidedAlike(state, row) &&
      this.#isScheduledAlike(state, row) &&
      this.#watched.every(
        (name) => this.#value(this.#old, name, row) === this.#value(this.#new, name, row),
      )
    );
  }

  /** Some run may be over since it was planned: by a touch that was dropped without any news. */
  #mayEnd({ state }: BookAccount, touches: readonly BookTouch[], row: number): boolean {
    const { runs = [], steps = {} } = state?.schedule ?? {};
    return runs.some((run) => {
      const { program, contact } = run;
      const isItsOwn = (touch: BookTouch): boolean =>
        touch.program === program && (contact === null || touch.contact === contact);
      return (
        !touches.some(isItsOwn) && !this.#goesOn(run, Object.values(steps[runKey(run)] ?? {}), row)
      );
    });
  }

  /** A series has no end; of other steps a day is still to come. */
  #goesOn(
    { program, status, entered }: Run,
    memories: readonly StepMemory[],
    row: number,
  ): boolean {
    // a step before a date of which no day has come into sight is still to be made
    if (memories.some(({ before }) => before?.numbered.length === 0)) return true;
    const { programs, facts } = this.#live.model;
    const found = programs.find(({ name }) => name === program);
    const isPassed = (days: number): boolean =>
      memories.some(({ before }) => before?.passed.includes(days));
    return (found?.steps ?? []).some(({ timing }) => {
      if (timing.kind === "every") return status !== "finishing";
      if (timing.kind === "after") return entered + timing.days > this.#today;
      if (facts.find(({ name }) => name === timing.date)?.type.kind !== "date") return false;
      const date = this.#value(this.#old, timing.date, row);
      return (
        typeof date === "number" &&
        timing.days.some((days) => date - days > this.#today && !isPassed(days))
      );
    });
  }

  #isDecidedAlike({ decided, stageSet }: AccountState, row: number): boolean {
    if (decided === null || stageSet !== undefined) return false;
    // whose owner goes by another level than the running one
    if (decided.level?.owns !== undefined || decided.level?.handedOver !== undefined) return false;
    const held = this.#old.state.held[row] === 1;
    if (held !== (this.#new.state.held[row] === 1)) return false;
    // a held account's programs are held back when only newcomers start them
    if (held && this.#existing === "new") return false;
    // decided at several rounds, or from what has changed since: not as it is stored
    return this.#decisions.isAlike(row);
  }

  #isScheduledAlike({ schedule }: AccountState, row: number): boolean {
    const { isSame, programs, placeInLive, gone } = this.#schedule;
    if (!isSame) return false;
    if (schedule.runs.some(({ program }) => gone.has(program))) return false;
    return programs.every((isSameProgram, place) => {
      const holds = this.#new.programs.holds(place, row);
      if (isSameProgram) return holds === this.#old.programs.holds(placeInLive[place] ?? -1, row);
      const { name, on } = this.#target.model.programs[place] ?? {};
      // without anything that happens nothing starts on an event
      return !(holds && !on) && !schedule.runs.some(({ program }) => program === name);
    });
  }

  #revenues(row: number): Revenues {
    const of = (decider: BookDecider): number | null => {
      const { revenue } = decider.compiled.model.workspace;
      const value = revenue === undefined ? null : this.#value(decider, revenue, row);
      return typeof value === "number" ? value : null;
    };
    return { before: of(this.#old), after: of(this.#new) };
  }

  #value(decider: BookDecider, name: string, row: number): Value {
    return name === "today" ? this.#today : decider.book.get(name, row);
  }
}

interface Revenues {
  readonly before: number | null;
  readonly after: number | null;
}

function unchanged(
  { id, name, owner, state }: BookAccount,
  revenue: Revenues,
  before: readonly BookTouch[],
  after: readonly BookTouch[],
): PlanAccount {
  const decided = state?.closed === true ? null : (state?.decided ?? null);
  const side = (worth: number | null, touches: readonly BookTouch[]): PlanSide => ({
    decided,
    revenue: decided ? worth : null,
    touches,
  });
  return {
    id,
    name,
    owner,
    isFirst: false,
    before: side(revenue.before, before),
    after: side(revenue.after, after),
  };
}

/** What rules about contacts and steps before a date read of the account. */
function watchedNames({ model }: LiveModel): readonly string[] {
  const names = [...contactRules(model).flatMap((rule) => rule.names), ...stepDates(model)];
  return [...new Set(names)].filter((name) => !name.startsWith("contact."));
}
