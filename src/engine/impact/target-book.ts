import { BookDecider } from "../../core/decide/index.ts";
import type { DecideState } from "../../core/decide/state.ts";
import type { Day } from "../../core/time/day.ts";
import type { LiveModel } from "../live-model.ts";
import { fillRows, type KnownColumns, knownFacts } from "../plan/known-facts.ts";
import type { BookAccount } from "../ports.ts";

/** How an account stands by a model, as its stored facts tell. */
export interface Told {
  /** null: it is closed. */
  readonly decided: DecideState | null;
  readonly revenue: number | null;
}

/** Rows decided at once. */
const SIZE = 256;

/**
 * Decides accounts by a model that is not live from the facts that their stored decisions hold,
 * in columns and without their events.
 */
export class TargetBook {
  readonly #live: LiveModel;
  readonly #today: Day;
  readonly #columns: KnownColumns | undefined;
  readonly #decider: BookDecider;

  constructor(live: LiveModel, target: LiveModel, today: Day) {
    this.#live = live;
    this.#today = today;
    this.#columns = knownFacts(target.model, live.model);
    this.#decider = new BookDecider(target.evaluator.compiled, SIZE);
  }

  /** In their order; null: only an evaluation from its events can tell. */
  tell(accounts: readonly BookAccount[]): (Told | null)[] {
    const told: (Told | null)[] = [];
    for (let start = 0; start < accounts.length; start += SIZE)
      told.push(...this.#tellSome(accounts.slice(start, start + SIZE)));
    return told;
  }

  #tellSome(accounts: readonly BookAccount[]): (Told | null)[] {
    if (!this.#columns) return accounts.map(() => null);
    const decider = this.#decider;
    fillRows(this.#columns, decider.book, accounts);
    accounts.forEach(({ state }, row) => {
      decider.state.load(row, state?.decided ?? null, state?.pin ?? null, this.#today);
    });
    decider.runOnFacts(0, accounts.length, this.#today);
    return accounts.map((account, row) =>
      this.#isKnown(account) ? this.#told(account, row) : null,
    );
  }

  /** Decided today by the live model, with all the news there is. */
  #isKnown({ state, decidedOn, decidedModel, waiting, facts }: BookAccount): boolean {
    if (state === null || waiting || decidedOn !== this.#today) return false;
    if (decidedModel !== this.#live.stored.version || state.stageSet !== undefined) return false;
    return state.closed || facts !== null;
  }

  #told({ state }: BookAccount, row: number): Told {
    if (state?.closed === true) return { decided: null, revenue: null };
    const { revenue } = this.#decider.compiled.model.workspace;
    const worth = revenue === undefined ? null : this.#decider.book.get(revenue, row);
    return {
      decided: this.#decider.state.save(row, this.#today),
      revenue: typeof worth === "number" ? worth : null,
    };
  }
}
