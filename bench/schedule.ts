import { loadavg } from "node:os";
import { Evaluator } from "../src/core/account/evaluate-accounts.ts";
import type { AccountRecord } from "../src/core/account/record.ts";
import { dayOf } from "../src/core/time/day.ts";
import { startOfDay } from "../src/core/time/zone.ts";
import { workspaceCalendar } from "../src/engine/holidays.ts";
import { sampleAccount } from "./sample-account.ts";
import { picksOf } from "./sample-history.ts";
import { lightRecord } from "./sample-record.ts";
import { fourTiersCompiled } from "./template-model.ts";
import { type Spread, spread } from "./timing.ts";

export interface ScheduleOptions {
  readonly accounts: number;
  readonly seed: number;
  /** Each turn plans other accounts; together they are all of them. */
  readonly turns: number;
  /** Accounts before the first turn, in which code is compiled. */
  readonly warmUp: number;
}

export interface ScheduleFigures extends ScheduleOptions {
  readonly load: number;
  readonly touches: number;
  /** Accounts of which the first planning left something to do on the same day. */
  readonly unsettled: number;
  /** Microseconds of an account: decided and its touches of a year planned. */
  readonly planned: Spread;
  /** The same again on the same day, with nothing new. */
  readonly reconciled: Spread;
  /** Deciding alone, which is part of both. */
  readonly decided: Spread;
}

const TODAY = dayOf(2026, 3, 2);
/** Planned, reconciled and forgotten together, so that memory does not grow with the book. */
const BATCH = 250;

/**
 * Touches of templates/four-tiers-hybrid for a year ahead, of made-up accounts that are seen for
 * the first time; then the same accounts again, of which nothing has become known since.
 */
export function measureSchedule(options: ScheduleOptions): ScheduleFigures {
  const { accounts, turns, warmUp } = options;
  const plant = new Plant(options.seed);
  plant.work(accounts, warmUp);
  const figures = Array.from({ length: turns }, (_, turn) => {
    const from = Math.floor((accounts * turn) / turns);
    return plant.work(from, Math.floor((accounts * (turn + 1)) / turns) - from);
  });
  const of = (name: "planned" | "reconciled" | "decided"): Spread =>
    spread(figures.map((one) => (one[name] * 1000) / one.accounts));
  const sum = (name: "touches" | "unsettled"): number =>
    figures.reduce((total, one) => total + one[name], 0);
  return {
    ...options,
    load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
    touches: sum("touches"),
    unsettled: sum("unsettled"),
    planned: of("planned"),
    reconciled: of("reconciled"),
    decided: of("decided"),
  };
}

interface Worked {
  accounts: number;
  touches: number;
  unsettled: number;
  planned: number;
  reconciled: number;
  decided: number;
}

class Plant {
  readonly #seed: number;
  readonly #compiled = fourTiersCompiled((text) =>
    text.replace("plan_ahead: 60d", "plan_ahead: 365d"),
  );
  readonly #picks = picksOf(this.#compiled.plan);
  readonly #evaluator: Evaluator;

  constructor(seed: number) {
    this.#seed = seed;
    const { workspace } = this.#compiled.model;
    if (workspace.planAhead !== 365) throw new Error("the template no longer says plan_ahead: 60d");
    this.#evaluator = new Evaluator(this.#compiled, workspaceCalendar(workspace), BATCH);
  }

  work(from: number, accounts: number): Worked {
    const sums: Worked = {
      accounts,
      touches: 0,
      unsettled: 0,
      planned: 0,
      reconciled: 0,
      decided: 0,
    };
    for (let start = from; start < from + accounts; start += BATCH) {
      this.#batch(start, Math.min(BATCH, from + accounts - start), sums);
    }
    return sums;
  }

  #batch(from: number, size: number, sums: Worked): void {
    const { zone, records } = this.#records(from, size);
    const occasion = {
      today: TODAY,
      now: startOfDay(TODAY, zone),
      modelVersion: 1,
      liveFrom: null,
      wantAll: false,
      triggers: () => [],
    };
    sums.planned += processorMs(() => this.#evaluator.evaluate(records, occasion));
    sums.touches += records.reduce((total, { touches }) => total + touches.size, 0);
    sums.reconciled += processorMs(() => {
      for (const { touches, events } of this.#evaluator.evaluate(records, occasion)) {
        if (touches.length > 0 || events.length > 0) sums.unsettled += 1;
      }
    });
    const { decider } = this.#evaluator;
    sums.decided += processorMs(() => {
      decider.read(
        records.map(({ history }) => history),
        TODAY,
      );
      records.forEach(({ state }, row) => {
        decider.state.load(row, state.decided, state.pin, TODAY);
      });
      decider.run(0, size, TODAY);
      for (let row = 0; row < size; row++) decider.state.save(row, TODAY);
    });
  }

  #records(from: number, size: number): { zone: string; records: AccountRecord[] } {
    const { plan, model } = this.#compiled;
    const zone = model.workspace.timezone;
    const options = { seed: this.#seed, today: TODAY, zone };
    const records = Array.from({ length: size }, (_, place) =>
      lightRecord(plan, sampleAccount(from + place, options), this.#picks),
    );
    return { zone, records };
  }
}

function processorMs(work: () => void): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
